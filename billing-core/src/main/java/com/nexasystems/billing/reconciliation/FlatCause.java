package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.reconciliation.Actual.Role;
import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.reconciliation.Cause.Kind;
import com.nexasystems.billing.shadow.SourceItem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why another amount was charged for a plan's price: a part of the period, or another price. */
final class FlatCause {

    /** Seconds by which a whole period may be shorter: daylight saving, and an end that is told as the second before. */
    private static final int AS_GOOD_AS_WHOLE = 3601;

    private final Comparison of;
    private final Tariff tariff;
    private final ShadowPeriod period;
    private final BigDecimal flat;

    /** @param flat what was charged */
    FlatCause(Comparison of, BigDecimal flat) {
        this.of = of;
        this.tariff = of.tariff();
        this.period = of.period();
        this.flat = flat;
    }

    Cause find() {
        BigDecimal difference = of.computed().flat().subtract(flat);
        Optional<String> share = isAtOtherPrice() ? Optional.empty() : otherShare();
        return share.map(note -> new Cause(Kind.PRORATION, difference, note)).orElseGet(() -> new Cause(Kind.OTHER_PRICE,
                difference, "charged " + Comparison.plain(flat) + " for plan " + tariff.plan() + ", whose price is "
                + Comparison.plain(tariff.price()) + otherPlan()));
    }

    /** The items name another price than the plan's. */
    private boolean isAtOtherPrice() {
        return of.items(Role.FLAT)
                .filter(item -> item.quantity().map(quantity -> quantity.compareTo(BigDecimal.ONE) == 0).orElse(true))
                .flatMap(item -> item.unitPrice().stream())
                .anyMatch(price -> price.compareTo(tariff.price()) != 0 && price.compareTo(flat) != 0);
    }

    /** Only a part of a period can be prorated otherwise: ours, or the application's own. */
    private Optional<String> otherShare() {
        boolean prorated = of.items(Role.FLAT)
                .anyMatch(item -> item.kind() == SourceItem.Kind.PRORATION);
        Stream<Proration> ours = period.isWhole() ? Stream.empty()
                : Stream.of(ProrationRule.values()).map(rule -> period.share(rule, of.rules().zone()));
        Optional<Proration> found = Stream.concat(ours, itemShares()).filter(share -> of.isNear(flat, of.flat(tariff, share)))
                .findFirst();
        if (found.isPresent()) {
            return Optional.of("charged for " + found.get());
        }
        List<BigDecimal> named = of.items(Role.FLAT)
                .flatMap(item -> item.unitPrice().stream()).toList();
        boolean atPrice = !named.isEmpty() && named.stream().allMatch(price -> price.compareTo(tariff.price()) == 0);
        boolean isPart = flat.signum() > 0
                && flat.compareTo(of.flat(tariff, period.share(ProrationRule.NONE, of.rules().zone()))) <= 0;
        // That a part of a period is called so says nothing: every way to share was tried, and another price was not.
        return isPart && (period.isWhole() ? prorated : atPrice)
                ? Optional.of("charged " + Comparison.plain(flat) + " for a part of the period") : Optional.empty();
    }

    /** The shares that the times of the items themselves say, where they are no whole period. */
    private Stream<Proration> itemShares() {
        BillingPeriod whole = period.whole();
        long seconds = whole.length().getSeconds();
        long days = whole.days();
        return of.items(Role.FLAT).flatMap(item -> {
            if (item.start().isEmpty() || item.end().isEmpty()) {
                return Stream.empty();
            }
            long billed = Duration.between(item.start().get(), item.end().get()).getSeconds();
            if (billed <= 0 || billed >= seconds - AS_GOOD_AS_WHOLE) {
                return Stream.empty();
            }
            long billedDays = (billed + 43_200) / 86_400;
            return Stream.concat(Stream.of(new Proration(billed, seconds, "second")),
                    Stream.of(billedDays - 1, billedDays, billedDays + 1).filter(n -> n >= 0 && n <= days)
                            .flatMap(n -> Stream.of(new Proration(n, days, "day"), new Proration(Math.min(n, 30), 30, "day"))));
        });
    }

    private String otherPlan() {
        return of.others().stream().filter(other -> !other.plan().equals(tariff.plan())
                        && of.isNear(flat, of.flat(other, period.share(of.rules().proration(), of.rules().zone()))))
                .findFirst().map(other -> "; it is the price of plan " + other.plan()).orElse("");
    }
}
