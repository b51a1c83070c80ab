package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Refund;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one of our own invoices.
 *
 * @param notes      the oldest first
 * @param payments   money that has come
 * @param refunds    money that went back, by payment
 * @param credits    what credits paid of it that it keeps
 * @param netDays    from its date until it is to be paid
 * @param regrouped  the invoice that its lines stand on
 * @param trail      what was done to it and to what belongs to it, by subject; only what dates and amounts are taken from
 */
record OwnRecord(Invoice invoice, Optional<Customer> customer, List<CreditNote> notes, List<Payment> payments,
                 Map<PaymentId, List<Refund>> refunds, OwnCredits credits, int netDays, Optional<InvoiceId> regrouped,
                 Map<String, List<AuditEntry>> trail) {

    /**
     * What credits paid.
     *
     * @param balance credit notes
     * @param bought  prepaid credits that were paid for
     * @param granted prepaid credits that were given for nothing
     */
    record OwnCredits(Money balance, Money bought, Money granted) {

        boolean isNone() {
            return balance.isZero() && bought.isZero() && granted.isZero();
        }
    }

    Money zero() {
        return Money.zero(invoice.currency());
    }

    /** The last time that this was done to it. */
    Optional<AuditEntry> last(String subject, String action) {
        return trail.getOrDefault(subject, List.of()).stream().filter(entry -> entry.action().equals(action))
                .reduce((first, second) -> second);
    }
}
