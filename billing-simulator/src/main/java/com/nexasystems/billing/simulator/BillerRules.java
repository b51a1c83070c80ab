package com.nexasystems.billing.simulator;

import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * What a simulated biller charges by. All of it is hidden from who only reads the company's tables.
 *
 * <p>Some rules leave no trace in some companies, and cannot be found out there: proration with anniversaries, whose first
 * periods are whole; and the level of rounding before tax with anniversaries, where all but one item are whole cents.
 *
 * @param level      where amounts are rounded to cents
 * @param mode       how they are
 * @param tax        whether amounts before tax are what they say
 * @param proration  what a subscription pays that begins within its first period
 * @param anchor     where periods begin
 * @param zone       whose midnights bound the periods; all names of UTC are the same
 * @param quota      what counts as used beyond the quota
 * @param usageShift how much later than a period its usage is taken; negative for earlier
 */
public record BillerRules(RoundingLevel level, RoundingMode mode, TaxRule tax, ProrationRule proration, AnchorRule anchor,
                          ZoneId zone, QuotaRule quota, Duration usageShift) {

    /** Where amounts are rounded to cents. */
    public enum RoundingLevel {
        /** Each item by itself. */
        LINE,
        /** The subtotal; items keep 6 decimals, and the last takes what is left of the subtotal. */
        TOTAL
    }

    /** Whether subtotals are before tax. */
    public enum TaxRule {
        EXCLUDED,
        /** Items and subtotal hold the tax, which is put on before rounding, and the tax column is 0. */
        INCLUDED
    }

    /** The flat price of a first period in which the subscription began. The quota is always a whole one. */
    public enum ProrationRule {
        /** The whole price. */
        NONE,
        /** By days of the biller's zone, the day of the beginning included. */
        BY_DAY,
        /** By elapsed seconds, from the instant of the beginning. */
        BY_SECOND
    }

    /** Where periods begin. */
    public enum AnchorRule {
        /** On the first of a month, or of a year for yearly subscriptions. */
        CALENDAR,
        /** On the day of the month on which the subscription began; in shorter months on their last day. */
        ANNIVERSARY
    }

    /** What is charged of the usage of a period. */
    public enum QuotaRule {
        EXACT,
        /** The quota counts for an hour less than it is. */
        OFF_BY_ONE_HOUR,
        /** Nothing up to the quota; beyond it all usage, not only what exceeds it. */
        WHOLE_ONCE_EXCEEDED
    }

    private static final List<RoundingMode> MODES = List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN,
            RoundingMode.HALF_DOWN, RoundingMode.DOWN, RoundingMode.UP);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final List<ZoneId> ZONES = List.of(UTC, ZoneId.of("America/Toronto"),
            ZoneId.of("America/Vancouver"), ZoneId.of("Europe/Paris"), ZoneId.of("Asia/Kolkata"));
    private static final List<Duration> SHIFTS = List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(1),
            Duration.ofDays(-1));
    /** A rule that few billers have is drawn once in so many times. */
    private static final int RARE = 4;

    public BillerRules {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(tax, "tax");
        Objects.requireNonNull(proration, "proration");
        Objects.requireNonNull(anchor, "anchor");
        zone = zone.normalized().equals(ZoneOffset.UTC) ? UTC : zone;
        Objects.requireNonNull(quota, "quota");
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException("a biller rounds by one of " + MODES + ", not " + mode);
        }
        if (usageShift.abs().compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("usage is taken at most a day off, not " + usageShift);
        }
    }

    /** By line, HALF_UP, before tax, prorated by day, calendar months of UTC, exact quota, no shift. */
    public static BillerRules plain() {
        return new BillerRules(RoundingLevel.LINE, RoundingMode.HALF_UP, TaxRule.EXCLUDED, ProrationRule.BY_DAY,
                AnchorRule.CALENDAR, UTC, QuotaRule.EXACT, Duration.ZERO);
    }

    /** Any rules; included tax, another quota and shifted usage in a quarter of the draws each. */
    public static BillerRules random(Random random) {
        return new BillerRules(one(random, List.of(RoundingLevel.values())), one(random, MODES),
                rare(random) ? TaxRule.INCLUDED : TaxRule.EXCLUDED, one(random, List.of(ProrationRule.values())),
                one(random, List.of(AnchorRule.values())), one(random, ZONES),
                rare(random) ? one(random, List.of(QuotaRule.OFF_BY_ONE_HOUR, QuotaRule.WHOLE_ONCE_EXCEEDED))
                        : QuotaRule.EXACT,
                rare(random) ? one(random, SHIFTS) : Duration.ZERO);
    }

    public BillerRules withRounding(RoundingLevel level, RoundingMode mode) {
        return new BillerRules(level, mode, tax, proration, anchor, zone, quota, usageShift);
    }

    public BillerRules withTax(TaxRule tax) {
        return new BillerRules(level, mode, tax, proration, anchor, zone, quota, usageShift);
    }

    public BillerRules withProration(ProrationRule proration) {
        return new BillerRules(level, mode, tax, proration, anchor, zone, quota, usageShift);
    }

    public BillerRules withAnchor(AnchorRule anchor) {
        return new BillerRules(level, mode, tax, proration, anchor, zone, quota, usageShift);
    }

    public BillerRules withZone(ZoneId zone) {
        return new BillerRules(level, mode, tax, proration, anchor, zone, quota, usageShift);
    }

    public BillerRules withQuota(QuotaRule quota) {
        return new BillerRules(level, mode, tax, proration, anchor, zone, quota, usageShift);
    }

    public BillerRules withUsageShift(Duration usageShift) {
        return new BillerRules(level, mode, tax, proration, anchor, zone, quota, usageShift);
    }

    private static boolean rare(Random random) {
        return random.nextInt(RARE) == 0;
    }

    private static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
