package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What single customers have otherwise than the {@link BillingPolicy} of the house. {@code BillingTermsContract} checks
 * these rules.
 *
 * <p>BT-1 The terms of a customer with a service are what was set last, exactly, and those of no other service.
 * <p>BT-2 The shortest grace period is that of all terms that name one.
 */
public interface BillingTerms {

    /**
     * @param graceDays      for which an invoice stays a draft after it was due; empty for the house's
     * @param netPaymentDays from its date until an invoice is to be paid; empty for the house's, which is at once
     */
    record Terms(Optional<Integer> graceDays, Optional<Integer> netPaymentDays) {

        /** As the house has it. */
        public static final Terms OF_THE_HOUSE = new Terms(Optional.empty(), Optional.empty());

        private static final int MOST_DAYS = 3660;

        public Terms {
            check("invoice_grace_period", graceDays);
            check("net_payment_term", netPaymentDays);
        }

        private static void check(String field, Optional<Integer> days) {
            days.filter(number -> number < 0 || number > MOST_DAYS).ifPresent(number -> {
                throw new InvalidValue(field, "must be between 0 and " + MOST_DAYS + " days: " + number);
            });
        }
    }

    void set(ServiceCustomer holder, Terms terms);

    /** Holders without terms of their own are left out. */
    Map<ServiceCustomer, Terms> of(Collection<ServiceCustomer> holders);

    /** In days; empty if no terms name one. */
    Optional<Integer> shortestGrace();
}
