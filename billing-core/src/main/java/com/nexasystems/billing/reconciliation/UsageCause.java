package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.reconciliation.Actual.Role;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import com.nexasystems.billing.reconciliation.Cause.Kind;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.usage.UsageSeries.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Why another amount was charged for usage: what is tried first leaves the least to chance. */
final class UsageCause {

    private static final int SHIFTS = 24;

    /** What a quantity in hours is rounded to at the finest. */
    private static final int MOST_DIGITS = 5;

    private final Comparison of;
    private final Tariff tariff;
    private final BillerRules rules;
    private final ShadowPeriod period;
    private final BigDecimal used;
    private final BigDecimal usage;
    private final BigDecimal difference;
    private final boolean isAtOtherPrice;

    /**
     * @param usage          what was charged
     * @param isAtOtherPrice whether the plan's price was another one, too
     */
    UsageCause(Comparison of, BigDecimal usage, boolean isAtOtherPrice) {
        this.of = of;
        this.tariff = of.tariff();
        this.rules = of.rules();
        this.period = of.period();
        this.used = of.used();
        this.usage = usage;
        this.difference = of.computed().usage().subtract(usage);
        this.isAtOtherPrice = isAtOtherPrice;
    }

    /** Empty if nothing that is known explains it. */
    Optional<Cause> find() {
        return Stream.<Supplier<Optional<Cause>>>of(this::otherRate, this::countedTwice, this::otherQuota,
                        this::plainlyMissing, this::otherWindow, this::otherPlansQuota, this::missing)
                .map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private Stream<SourceItem> usageItems() {
        return of.items(Role.USAGE);
    }

    /** Units that were billed, where the items say: quantities at the plan's own rate, whatever they are counted in. */
    private Optional<BigDecimal> billedUnits() {
        if (tariff.rate().signum() == 0) {
            return Optional.empty();
        }
        return Optional.of(usage.multiply(tariff.batch()).divide(tariff.rate(), Decimals.DIVISION));
    }

    private Optional<Cause> otherRate() {
        BigDecimal perUnit = tariff.rate().divide(tariff.batch(), Decimals.DIVISION);
        return usageItems().filter(item -> item.unitPrice().isPresent() && item.quantity().isPresent()
                        && item.unitPrice().get().signum() > 0
                        && of.isNear(item.quantity().get().multiply(item.unitPrice().get()), item.amount()))
                .filter(item -> !isSameRate(item.unitPrice().get(), tariff.rate())
                        && !isSameRate(item.unitPrice().get(), perUnit))
                .findFirst().filter(item -> rules.tax() == TaxRule.EXCLUDED && isOverage(item.quantity().get()))
                .map(item -> new Cause(Kind.OTHER_PRICE, difference, "charged at " + Comparison.plain(item.unitPrice().get())
                        + ", the plan's rate is " + Comparison.plain(tariff.rate())));
    }

    private static boolean isSameRate(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().multiply(BigDecimal.valueOf(1000)).compareTo(other.abs()) <= 0;
    }

    private boolean isOverage(BigDecimal quantity) {
        BigDecimal units = tariff.overage(rules.quota(), used);
        return isSameRate(quantity, units) || isSameRate(quantity, units.divide(tariff.batch(), Decimals.DIVISION));
    }

    /** To the last digit of the quantity that was billed, if the items say it; else to the smallest amount. */
    private boolean explains(BigDecimal otherUsed, Tariff by, QuotaRule quota) {
        BigDecimal overage = by.overage(quota, otherUsed);
        return of.isNear(usage, of.usage(by, overage)) && billedQuantity().map(billed -> isTheQuantity(billed, overage)).orElse(true);
    }

    /** Of one item at the plan's rate, in the units that the rate is for. */
    private Optional<BigDecimal> billedQuantity() {
        List<SourceItem> items = usageItems().toList();
        return items.size() != 1 || items.get(0).unitPrice().filter(price -> isSameRate(price, tariff.rate())).isEmpty()
                ? Optional.empty() : items.get(0).quantity().filter(quantity -> quantity.scale() > 1);
    }

    private boolean isTheQuantity(BigDecimal billed, BigDecimal units) {
        BigDecimal lastDigit = BigDecimal.ONE.movePointLeft(Math.min(billed.scale(), MOST_DIGITS));
        return units.divide(tariff.batch(), Decimals.DIVISION).subtract(billed).abs().compareTo(lastDigit) <= 0;
    }

    private Optional<Cause> countedTwice() {
        BillingPeriod window = period.usageIn(rules.zone(), rules.shift());
        List<BigDecimal> twins = of.evidence().get().twins(window.start(), window.end());
        BigDecimal all = twins.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean billed = !twins.isEmpty() && (explains(used.add(all), tariff, rules.quota())
                || twins.stream().anyMatch(twin -> explains(used.add(twin), tariff, rules.quota())));
        if (billed || !twins.isEmpty() && difference.signum() < 0 && isOfTheSize(all)) {
            return Optional.of(new Cause(Kind.USAGE_COUNTED_TWICE, difference, twins.size()
                    + " rows are there for hours that other rows are for, with " + Comparison.plain(all) + " units"));
        }
        return Optional.empty();
    }

    /** Whether units beyond the quota come to about as much as a difference. */
    private boolean isOfTheSize(BigDecimal units) {
        BigDecimal amount = tariff.usage(units);
        return difference.abs().compareTo(amount.add(tariff.minorUnit())) <= 0 && difference.abs().multiply(BigDecimal.valueOf(4))
                .compareTo(amount) >= 0;
    }

    private Optional<Cause> otherQuota() {
        return difference.abs().compareTo(of.mostRounded()) <= 0 ? Optional.empty()
                : Stream.of(QuotaRule.values()).filter(quota -> quota != rules.quota() && explains(used, tariff, quota))
                .filter(quota -> isMuchNearer(tariff.overage(quota, used)))
                .findFirst().map(quota -> new Cause(Kind.QUOTA, difference, "as if the quota were counted "
                        + quota.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    /** An hour is less than a cent: a rule that leaves half of a difference explains none of it. */
    private boolean isMuchNearer(BigDecimal overage) {
        BigDecimal left = of.usage(tariff, overage).subtract(usage).abs();
        return left.add(left).compareTo(difference.abs()) < 0;
    }

    /** No usage at all would be that of every plan with a larger quota: that alone says nothing. */
    private Optional<Cause> otherPlansQuota() {
        boolean tells = usage.signum() > 0 || isAtOtherPrice;
        return !tells ? Optional.empty() : of.others().stream()
                .filter(other -> !other.plan().equals(tariff.plan()) && explains(used, other, rules.quota()))
                .findFirst().map(other -> new Cause(Kind.OTHER_PRICE, difference, "as on plan " + other.plan()));
    }

    /** A record every hour or so, but for a hole that can hold what is missing. */
    private Optional<Cause> plainlyMissing() {
        BillingPeriod window = period.usageIn(rules.zone(), rules.shift());
        List<Point> inside = of.evidence().get().within(window.start(), window.end());
        long hole = of.evidence().get().missing(window.start(), window.end());
        boolean regular = inside.size() > 24 && hole * 4 < window.length().getSeconds();
        if (regular && hole > 0 && difference.signum() < 0 && fits(inside, hole)) {
            return Optional.of(gap(hole));
        }
        return Optional.empty();
    }

    private Cause gap(long hole) {
        return new Cause(Kind.MISSING_USAGE, difference, "billed " + units() + " more than the records have, in which "
                + hole / 3600 + " hours are missing");
    }

    /** At thrice the usual rate, the hours without a record hold what was billed beyond the records. */
    private boolean fits(List<Point> inside, long hole) {
        BigDecimal usual = used.divide(BigDecimal.valueOf(Math.max(1, inside.size()) * of.evidence().get().step()), Decimals.DIVISION);
        BigDecimal most = usual.multiply(BigDecimal.valueOf(hole)).multiply(BigDecimal.valueOf(3));
        return billedUnits().map(billed -> billed.subtract(tariff.overage(rules.quota(), used)))
                .filter(more -> more.compareTo(most) <= 0).isPresent();
    }

    private Optional<Cause> otherWindow() {
        UsageEvidence usages = of.evidence().get();
        for (ZoneId zone : RuleCandidates.ZONES) {
            BillingPeriod window = period.usageIn(zone, rules.shift());
            if (!zone.equals(rules.zone()) && explains(usages.used(window.start(), window.end()), tariff, rules.quota())) {
                return Optional.of(new Cause(Kind.USAGE_WINDOW, difference, "as if the days were those of " + zone));
            }
        }
        // To a cent, one of so many hours nearly always fits.
        for (int hours = 1; hours <= SHIFTS && billedQuantity().isPresent(); hours++) {
            for (int sign : new int[] {1, -1}) {
                BillingPeriod window = period.usageIn(rules.zone(),
                        rules.shift().plusHours((long) sign * hours));
                if (explains(usages.used(window.start(), window.end()), tariff, rules.quota())) {
                    return Optional.of(new Cause(Kind.USAGE_WINDOW, difference, "as if the period were "
                            + sign * hours + " hours later"));
                }
            }
        }
        return Optional.empty();
    }

    /** Whatever is left in usage alone: hours that only one of the two sides has. */
    private Optional<Cause> missing() {
        BillingPeriod window = period.usageIn(rules.zone(), rules.shift());
        if (difference.signum() > 0) {
            return Optional.of(new Cause(Kind.MISSING_USAGE, difference, "billed " + units()
                    + " less than the records have"));
        }
        long hole = of.evidence().get().missing(window.start(), window.end());
        return hole > 0 ? Optional.of(gap(hole)) : Optional.empty();
    }

    private String units() {
        return tariff.rate().signum() == 0 ? Comparison.plain(difference.abs())
                : Comparison.plain(difference.abs().multiply(tariff.batch()).divide(tariff.rate(), Decimals.DIVISION)
                .setScale(0, RoundingMode.HALF_UP)) + " units";
    }
}
