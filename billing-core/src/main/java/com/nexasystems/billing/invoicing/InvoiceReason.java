package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * Why an invoice exists. No two invoices have the same reason: that is what makes a billing run safe to repeat.
 *
 * @param subject     the id of the subscription; of an invoice that is not a subscription's, one that follows from the
 *                    customer and a key
 * @param periodStart where the stretch that is billed begins; for a subscription's that bills none the date of the invoice,
 *                    or the next free microsecond; for one that is not a subscription's always the same
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

        /** Whether the customer's coupons, credit notes and prepaid credits count on it. */
        public boolean takesCredits() {
            return this != ONE_OFF && this != CREDITS;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static InvoiceReason of(SubscriptionId subscription, Kind kind, Instant periodStart) {
        return new InvoiceReason(subscription.value(), kind, periodStart);
    }

    /** @param key tells apart the invoices of that kind that the customer has with the service */
    public static InvoiceReason of(ServiceCustomer holder, Kind kind, String key) {
        String text = holder.service() + "/" + holder.customer() + "/" + key;
        return new InvoiceReason(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)), kind, Instant.EPOCH);
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
