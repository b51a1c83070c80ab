package com.nexasystems.billing.simulator;

import com.nexasystems.billing.simulator.BillerRules.ProrationRule;
import com.nexasystems.billing.simulator.BillerRules.TaxRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Bills a period against the rules. */
final class Deviator {

    private static final Set<Deviation> WITHOUT_DIFFERENCE = EnumSet.of(Deviation.VOID_INVOICE, Deviation.ZERO_INVOICE,
            Deviation.DUPLICATED_USAGE_IGNORED, Deviation.CURRENCY_SLIP);
    private static final Set<Deviation> NOT_OF_PERIODS = EnumSet.of(Deviation.ONE_OFF_UNLINKED, Deviation.BAD_ROW);
    /** Less would be taken for rounding. */
    private static final BigDecimal LEAST = new BigDecimal("0.02");
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MOST_DAYS = 4;
    private static final int DAYS_KEPT = 4;

    private final Biller biller;
    private final BillerRules rules;
    private final List<Plan> plans;

    Deviator(Biller biller, BillerRules rules, List<Plan> plans) {
        this.biller = biller;
        this.rules = rules;
        this.plans = plans;
    }

    /** Those of a set that can befall periods of this company. */
    List<Deviation> possible(Set<Deviation> wanted) {
        return wanted.stream().filter(deviation -> !NOT_OF_PERIODS.contains(deviation))
                .filter(deviation -> deviation != Deviation.TAX_INCLUDED || rules.tax() == TaxRule.EXCLUDED)
                .toList();
    }

    /** Whether it is worth metering the usage. */
    boolean mayBefall(Deviation deviation, Deployment deployment, Term term) {
        return switch (deviation) {
            case PRORATION_OTHER -> term.partial();
            case PRICE_CHANGE_MID_MONTH -> !term.partial() && !deployment.byYear();
            case TAX_INCLUDED -> deployment.customer().taxRate().signum() > 0;
            default -> true;
        };
    }

    /** Empty if it would not make the difference that such a deviation makes. */
    Optional<Outcome> befall(Deviation deviation, Billable period, SplittableRandom random) {
        Outcome outcome = outcome(deviation, period, random);
        boolean fits = WITHOUT_DIFFERENCE.contains(deviation) ? outcome.amount().signum() == 0
                : outcome.amount().abs().compareTo(LEAST) >= 0;
        return fits && !doublesNothing(outcome, period) ? Optional.of(outcome) : Optional.empty();
    }

    private static boolean doublesNothing(Outcome outcome, Billable period) {
        BitSet doubled = outcome.edits().doubled();
        return !doubled.isEmpty() && doubled.stream().noneMatch(index -> period.series().micros(index) > 0);
    }

    private Outcome outcome(Deviation deviation, Billable period, SplittableRandom random) {
        return switch (deviation) {
            case PRICE_CHANGE_MID_MONTH -> priceChange(period, random);
            case OLD_PRICE -> otherPrice(period, period.deployment().plan(), true);
            case OTHER_PLAN_PRICE -> otherPrice(period, Seeds.one(random, plans), false);
            case ONE_OFF_ON_INVOICE -> oneOff(period, random);
            case DUPLICATED_USAGE_BILLED, DUPLICATED_USAGE_IGNORED, MISSING_HOURS_IN_RECORDS, MISSING_HOURS_IN_BILL ->
                    usage(deviation, period, random);
            case TAX_INCLUDED -> taxIncluded(period);
            case PRORATION_OTHER -> proration(period, random);
            case VOID_INVOICE, ZERO_INVOICE, CURRENCY_SLIP, NOT_BILLED, BILLED_TWICE -> issued(deviation, period);
            case ONE_OFF_UNLINKED, BAD_ROW -> throw new IllegalArgumentException(deviation + " does not befall a period");
        };
    }

    private Outcome priceChange(Billable period, SplittableRandom random) {
        Term term = period.term();
        int days = (int) Calendar.days(term);
        Term before = term.part(term.from(), term.from().plusDays(DAYS_KEPT + random.nextInt(days - 2 * DAYS_KEPT)));
        Term after = term.part(before.to(), term.to());
        BigDecimal old = period.deployment().plan().oldPrice(false);
        List<Line> flat = List.of(biller.flatOfDays(period.deployment(), term, before, old),
                biller.flatOfDays(period.deployment(), term, after, period.price()));
        Bill actual = biller.bill(period.lines(flat, period.used()), period.taxRate());
        return Outcome.of(actual, period.right(), "price " + old + " until " + after.from() + ", then " + period.price());
    }

    private Outcome otherPrice(Billable period, Plan plan, boolean old) {
        boolean byYear = period.deployment().byYear();
        BigDecimal price = old ? plan.oldPrice(byYear) : plan.price(byYear);
        return Outcome.of(period.bill(period.flat(price), period.used()), period.right(),
                "price " + price + " of " + (old ? "before" : plan.name()) + " instead of " + period.price());
    }

    private Outcome oneOff(Billable period, SplittableRandom random) {
        Line extra = OneOffs.line(random);
        List<Line> lines = new ArrayList<>(List.of(extra));
        lines.addAll(period.lines(List.of(period.flat(period.price())), period.used()));
        return Outcome.of(biller.bill(lines, period.taxRate()), period.right(),
                extra.description() + " for " + extra.amount() + " beside the subscription");
    }

    private Outcome usage(Deviation deviation, Billable period, SplittableRandom random) {
        int first = period.firstRecord() + random.nextInt(Math.max(1, period.recordsEnd() - period.firstRecord()));
        int end = Math.min(period.recordsEnd(), period.series().indexFrom(period.series().start(first)
                .plusSeconds((long) SECONDS_PER_DAY * (1 + random.nextInt(MOST_DAYS)))));
        long some = period.series().sum(first, end);
        Bill all = period.right();
        UsageEdits doubled = UsageEdits.doubling(first, end);
        String words = Biller.hours(some) + " core-hours from " + period.series().start(first) + " to "
                + period.series().start(end);
        return switch (deviation) {
            case DUPLICATED_USAGE_BILLED -> Outcome.of(used(period, some), all, words + " billed twice").with(doubled);
            case DUPLICATED_USAGE_IGNORED -> Outcome.of(all, all, words + " have two rows").with(doubled);
            case MISSING_HOURS_IN_BILL -> Outcome.of(used(period, -some), all, words + " not billed");
            default -> Outcome.of(all, used(period, -some), words + " have no rows any more")
                    .with(UsageEdits.removing(first, end));
        };
    }

    private static Bill used(Billable period, long more) {
        return period.bill(period.flat(period.price()), period.used() + more);
    }

    private Outcome taxIncluded(Billable period) {
        List<Line> lines = period.lines(List.of(period.flat(period.price())), period.used());
        return Outcome.of(biller.bill(lines, period.taxRate(), TaxRule.INCLUDED), period.right(),
                "items hold the tax at " + period.taxRate());
    }

    private Outcome proration(Billable period, SplittableRandom random) {
        List<ProrationRule> others = EnumSet.complementOf(EnumSet.of(rules.proration())).stream().toList();
        ProrationRule other = Seeds.one(random, others);
        Line flat = biller.flat(period.deployment(), period.term(), period.price(), other);
        return Outcome.of(period.bill(flat, period.used()), period.right(), "first period prorated " + other);
    }

    private Outcome issued(Deviation deviation, Billable period) {
        Bill right = period.right();
        Issued one = Issued.of(right);
        List<Issued> issued = switch (deviation) {
            case VOID_INVOICE -> List.of(new Issued(right, true, false), one);
            case ZERO_INVOICE -> List.of(one, Issued.of(nothing(period)));
            case CURRENCY_SLIP -> List.of(new Issued(right, false, true));
            case NOT_BILLED -> List.of();
            default -> List.of(one, one);
        };
        return new Outcome(issued, right.subtotal(), new UsageEdits(), note(deviation));
    }

    private Bill nothing(Billable period) {
        return biller.bill(List.of(period.flat(BigDecimal.ZERO)), period.taxRate());
    }

    private static String note(Deviation deviation) {
        return switch (deviation) {
            case VOID_INVOICE -> "a void twin beside the invoice";
            case ZERO_INVOICE -> "an invoice over nothing beside the one that counts";
            case CURRENCY_SLIP -> "marked USD";
            case NOT_BILLED -> "no invoice";
            default -> "two invoices";
        };
    }
}
