package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.reconciliation.Actual.Role;
import com.nexasystems.billing.reconciliation.Tariff.Charged;
import com.nexasystems.billing.shadow.SourceItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A period whose two figures differ, and what causes are looked for in.
 *
 * @param others   what the other plans of the application cost
 * @param used     units that this engine has counted
 * @param evidence asked for only where it is needed
 */
record Comparison(Tariff tariff, List<Tariff> others, BillerRules rules, ShadowPeriod period, BigDecimal used, Charged computed,
                  Actual actual, Supplier<UsageEvidence> evidence) {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    Stream<SourceItem> items(Role role) {
        return actual.of(role).flatMap(line -> line.item().stream());
    }

    /** What a share of a plan's price comes to by the rules. */
    BigDecimal flat(Tariff by, Proration share) {
        return by.charge(rules, by.flat(share), BigDecimal.ZERO).flat();
    }

    /** What units beyond a quota come to by the rules. */
    BigDecimal usage(Tariff by, BigDecimal overage) {
        return by.charge(rules, BigDecimal.ZERO, by.usage(overage)).usage();
    }

    /** Less than half a minor unit a line is what rounding leaves; more is not. */
    BigDecimal mostRounded() {
        return tariff.minorUnit().multiply(HALF).multiply(BigDecimal.valueOf(lines() + 1L));
    }

    int lines() {
        return Math.max(2, actual.lines().size());
    }

    boolean isNear(BigDecimal one, BigDecimal other) {
        return isWithinRounding(one.subtract(other));
    }

    boolean isWithinRounding(BigDecimal difference) {
        return difference.abs().compareTo(tariff.minorUnit()) <= 0;
    }

    static String plain(BigDecimal amount) {
        return (amount.scale() > 6 ? amount.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros() : amount).toPlainString();
    }
}
