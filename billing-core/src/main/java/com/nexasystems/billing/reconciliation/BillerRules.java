package com.nexasystems.billing.reconciliation;

import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rules by which a biller makes charges out of prices and usage.
 *
 * @param rounding  what is rounded to the minor unit
 * @param mode      and how
 * @param zone      at whose midnights the usage of a period begins and ends
 * @param shift     by how much later than that
 */
public record BillerRules(Rounding rounding, RoundingMode mode, TaxRule tax, ProrationRule proration, QuotaRule quota,
                          ZoneId zone, Duration shift) {

    /** What is rounded. */
    public enum Rounding {
        /** Nothing: amounts stay exact, for comparing. */
        NONE,
        LINE, TOTAL
    }

    /** Whether what is called a subtotal has the tax in it. */
    public enum TaxRule {
        EXCLUDED,
        /** Each amount with its tax, before it is rounded. */
        INCLUDED,
        /** The rounded amounts, and the rounded tax on their sum. */
        INCLUDED_AFTER_ROUNDING
    }

    /** What a part of a period costs. */
    public enum ProrationRule {
        /** As much as a whole one. */
        NONE,
        BY_DAY, BY_SECOND
    }

    /** What of the usage is beyond the quota. */
    public enum QuotaRule {
        /** Used less included. */
        BEYOND,
        A_SECOND_EARLY, A_SECOND_LATE, AN_HOUR_EARLY, AN_HOUR_LATE,
        /** All that was used, once it is more than what is included. */
        ALL_ONCE_EXCEEDED;

        /** Seconds by which the quota is larger than the plan says. */
        long seconds() {
            return switch (this) {
                case BEYOND, ALL_ONCE_EXCEEDED -> 0;
                case A_SECOND_EARLY -> -1;
                case A_SECOND_LATE -> 1;
                case AN_HOUR_EARLY -> -3600;
                case AN_HOUR_LATE -> 3600;
            };
        }
    }

    /** The engine's own, before anything is rounded. */
    public static BillerRules engine(ZoneId zone) {
        return new BillerRules(Rounding.NONE, RoundingMode.HALF_UP, TaxRule.EXCLUDED, ProrationRule.BY_DAY,
                QuotaRule.BEYOND, zone, Duration.ZERO);
    }

    public BillerRules rounding(Rounding newRounding, RoundingMode newMode) {
        return new BillerRules(newRounding, newMode, tax, proration, quota, zone, shift);
    }

    public BillerRules with(TaxRule newTax) {
        return new BillerRules(rounding, mode, newTax, proration, quota, zone, shift);
    }

    public BillerRules with(ProrationRule newProration) {
        return new BillerRules(rounding, mode, tax, newProration, quota, zone, shift);
    }

    public BillerRules with(QuotaRule newQuota) {
        return new BillerRules(rounding, mode, tax, proration, newQuota, zone, shift);
    }

    public BillerRules in(ZoneId newZone, Duration newShift) {
        return new BillerRules(rounding, mode, tax, proration, quota, newZone, newShift);
    }

    /** Such as {@code rounded on the total HALF_UP, prorated by day, tax excluded, America/Toronto}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(rounding == Rounding.NONE ? "not rounded"
                : "rounded on " + (rounding == Rounding.LINE ? "each line " : "the total ") + mode);
        parts.add(proration == ProrationRule.NONE ? "not prorated" : "prorated " + words(proration));
        parts.add(switch (tax) {
            case EXCLUDED -> "tax excluded";
            case INCLUDED -> "tax included";
            case INCLUDED_AFTER_ROUNDING -> "tax included after rounding";
        });
        if (quota != QuotaRule.BEYOND) {
            parts.add(quota == QuotaRule.ALL_ONCE_EXCEEDED ? "all usage once the quota is exceeded"
                    : "quota " + words(quota));
        }
        parts.add(zone.getId());
        if (!shift.isZero()) {
            parts.add("usage shifted by " + shift.toString().substring(2));
        }
        return String.join(", ", parts);
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
