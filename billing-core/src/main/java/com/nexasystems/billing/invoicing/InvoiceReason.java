package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * Why an invoice exists. No two invoices have the same reason: that is what makes a billing run safe to repeat.
 *
 * @param subject     the id of the subscription; of an invoice that is not a subscription's, of the customer
 * @param periodStart where the stretch that is billed begins; for a kind that bills none the date of the invoice, or the
 *                    next free microsecond
 */
public record InvoiceReason(UUID subject, Kind kind, Instant periodStart) {

    /** What is billed. The order breaks ties of lists. */
    public enum Kind {
        /** A period of a subscription. */
        SUBSCRIPTION,
        /**
         * Usage alone: the last of a subscription that was billed in advance, or a month of a plan that is billed by
         * the year.
         */
        USAGE,
        /** Usage that came after the last invoice of a terminated subscription; or what is given back, and nothing else. */
        ADJUSTMENT,
        /** Usage before its period is over: of charges in advance, or because a threshold was reached. */
        INTERIM,
        /** What was sold to a customer once. */
        ONE_OFF,
        /** Prepaid credits that a customer buys. */
        CREDITS,
        /** Several invoices of a customer as one. */
        REGROUPED,
        /** What comes with a plan in a fixed number, where it is billed more often than all else. */
        FIXED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static InvoiceReason of(SubscriptionId subscription, Kind kind, Instant periodStart) {
        return new InvoiceReason(subscription.value(), kind, periodStart);
    }

    public static InvoiceReason of(CustomerId customer, Kind kind, Instant at) {
        return new InvoiceReason(customer.value(), kind, at);
    }

    /** The same a microsecond later: two such invoices at one reading of the clock are two invoices. */
    public InvoiceReason next() {
        return new InvoiceReason(subject, kind, periodStart.plus(1, ChronoUnit.MICROS));
    }

    /** The one id an invoice of this reason can have. */
    public InvoiceId invoiceId() {
        String text = subject + "/" + kind.code() + "/" + periodStart;
        return new InvoiceId(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return kind.code() + " of " + subject + " from " + periodStart;
    }
}
