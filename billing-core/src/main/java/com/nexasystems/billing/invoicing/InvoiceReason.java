package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.subscription.SubscriptionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Why an invoice exists. No two invoices have the same reason: that is what makes a billing run safe to repeat.
 *
 * @param periodStart where the stretch that is billed begins; for {@code ADJUSTMENT} the date of the invoice, or the
 *                    next free microsecond
 */
public record InvoiceReason(SubscriptionId subscription, Kind kind, Instant periodStart) {

    /** What is billed. */
    public enum Kind {
        /** A period of a subscription. */
        SUBSCRIPTION,
        /** The last usage of a subscription that was billed in advance. */
        TERMINATION,
        /** Usage that came after the last invoice of a terminated subscription. */
        ADJUSTMENT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The one id an invoice of this reason can have. */
    public InvoiceId invoiceId() {
        String text = subscription + "/" + kind.code() + "/" + periodStart;
        return new InvoiceId(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return kind.code() + " of " + subscription + " from " + periodStart;
    }
}
