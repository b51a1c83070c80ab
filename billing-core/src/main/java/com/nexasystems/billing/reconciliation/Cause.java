package com.nexasystems.billing.reconciliation;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Why a part of a difference is there.
 *
 * @param amount of the difference that it explains: above zero where this engine would have charged more
 * @param note   what it was seen by, with figures
 */
public record Cause(Kind kind, BigDecimal amount, String note) {

    /** The causes that are looked for. */
    public enum Kind {
        /** Hours are missing in the records, or were not billed. */
        MISSING_USAGE,
        /** Hours are in the records, or in the bill, more than once. */
        USAGE_COUNTED_TWICE,
        /** The usage of other hours was billed: another zone's day, or a shift. */
        USAGE_WINDOW,
        QUOTA,
        /** The price of another plan, or of another time. */
        OTHER_PRICE, PRORATION, TAX_INCLUDED, ROUNDING, ONE_OFF_ITEM, CURRENCY, NOT_BILLED, BILLED_TWICE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
