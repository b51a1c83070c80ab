package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.reconciliation.Actual.Line;
import com.nexasystems.billing.reconciliation.Actual.Role;
import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Compared;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A charged period that rules are tried on. */
final class RuleRow {

    /** Nearer than this, only rounding can be the difference. */
    private static final BigDecimal NEAR = new BigDecimal("1.5");

    private final Tariff tariff;
    private final ShadowPeriod period;
    private final BigDecimal used;
    private final Optional<UsageEvidence> evidence;
    private final BigDecimal flat;
    private final BigDecimal usage;
    private final BigDecimal total;
    private final Map<Window, BigDecimal> usedIn = new HashMap<>();
    private final Map<Share, BigDecimal> flats = new HashMap<>();

    private record Window(ZoneId zone, Duration shift) { }

    private record Share(ProrationRule rule, ZoneId zone) { }

    /** @param evidence empty where no other window can change what is charged */
    RuleRow(Compared compared, Optional<UsageEvidence> evidence) {
        this.period = compared.period();
        this.used = compared.used();
        this.evidence = evidence;
        Actual actual = compared.actual();
        this.flat = actual.sum(Role.FLAT);
        this.tariff = atChargedPrice(compared.tariff(), actual);
        this.usage = actual.sum(Role.USAGE);
        this.total = actual.total().subtract(actual.sum(Role.ONE_OFF));
    }

    /**
     * Where a plan's price was another one for a time, its charges still show the rules. The price is the one that the item
     * names; else, of a whole period, what was charged.
     */
    private Tariff atChargedPrice(Tariff plan, Actual actual) {
        List<BigDecimal> named = actual.of(Role.FLAT).flatMap(line -> line.item().stream())
                .filter(item -> item.quantity().filter(quantity -> quantity.compareTo(BigDecimal.ONE) == 0).isPresent())
                .flatMap(item -> item.unitPrice().stream()).filter(price -> price.compareTo(flat) != 0).toList();
        if (isPlansPrice(plan, isPart() ? named.stream().findFirst().orElse(plan.price()) : flat)) {
            return plan;
        }
        return named.size() == 1 ? plan.at(named.get(0)) : isPart() ? plan : plan.at(flat);
    }

    private static boolean isPlansPrice(Tariff plan, BigDecimal amount) {
        return Stream.concat(Stream.of(plan.price()), plan.percents().stream()
                .map(percent -> Tariff.withTax(plan.price(), percent))).anyMatch(price -> isNear(plan, price, amount));
    }

    /** Charged once, in the plan's currency; the usage may be on a later invoice than the plan's price. */
    static boolean isComparable(Compared row) {
        return row.actual().foreign().isEmpty() && row.actual().of(Role.FLAT).findAny().isPresent()
                && Stream.of(Role.values()).allMatch(role -> role == Role.ONE_OFF
                || row.actual().of(role).map(Line::invoice).distinct().count() <= 1);
    }

    /** Whether what is beyond the quota may depend on where the period ends. */
    static boolean hasUsage(Compared row) {
        return row.actual().of(Role.USAGE).findAny().isPresent()
                || row.used().signum() > 0 && row.used().compareTo(row.tariff().quota()) >= 0;
    }

    boolean isPart() {
        return !period.isWhole();
    }

    BigDecimal total() {
        return total;
    }

    BigDecimal expected(BillerRules rules) {
        return tariff.charge(rules, exactFlat(rules), exactUsage(rules)).total();
    }

    boolean isExplained(BillerRules rules) {
        return expected(rules).compareTo(total) == 0;
    }

    boolean isFlatNear(BillerRules rules) {
        return isNear(tariff.charge(rules, exactFlat(rules), BigDecimal.ZERO).flat(), flat);
    }

    boolean isUsageNear(BillerRules rules) {
        return isNear(tariff.charge(rules, BigDecimal.ZERO, exactUsage(rules)).usage(), usage);
    }

    private boolean isNear(BigDecimal one, BigDecimal other) {
        return isNear(tariff, one, other);
    }

    private static boolean isNear(Tariff tariff, BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(tariff.minorUnit().multiply(NEAR)) <= 0;
    }

    private BigDecimal exactFlat(BillerRules rules) {
        return flats.computeIfAbsent(new Share(rules.proration(), rules.zone()), key -> {
            Proration share = period.share(key.rule, key.zone);
            return tariff.flat(share);
        });
    }

    private BigDecimal exactUsage(BillerRules rules) {
        return tariff.usage(tariff.overage(rules.quota(), used(rules)));
    }

    private BigDecimal used(BillerRules rules) {
        return evidence.isEmpty() ? used : usedIn.computeIfAbsent(new Window(rules.zone(), rules.shift()), window -> {
            BillingPeriod usage = period.usageIn(window.zone, window.shift);
            return evidence.get().used(usage.start(), usage.end());
        });
    }
}
