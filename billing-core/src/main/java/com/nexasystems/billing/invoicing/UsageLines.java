package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.ChargePart;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.usage.LateUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Lines for rated usage: of a period that is over, and the differences that usage makes which came later. */
final class UsageLines {

    private final BillingPolicy policy;

    UsageLines(BillingPolicy policy) {
        this.policy = policy;
    }

    /** @param earlier invoices, among them all that bill usage of the stretch before it was over */
    Stream<InvoiceLine> lines(Stretch stretch, Plan plan, List<Explanation> rated, List<Invoice> earlier) {
        return withVanished(stretch, rated, earlier)
                .map(line -> beyond(InvoiceLine.Kind.USAGE, stretch, plan, line, earlier));
    }

    /**
     * What usage of a stretch that goes on comes to beyond what was billed of it: of the charges in advance, and of all
     * charges once a threshold is reached. What a correction takes away from a charge in advance is given back when the
     * stretch is over.
     *
     * @param billed all usage of the subscription that has been billed, since its start
     */
    List<InvoiceLine> interim(Stretch stretch, Plan plan, List<Explanation> rated, List<Invoice> earlier, Money billed) {
        List<InvoiceLine> all = withVanished(stretch, rated, earlier)
                .map(line -> beyond(InvoiceLine.Kind.INTERIM, stretch, plan, line, earlier)).toList();
        Money used = all.stream().map(InvoiceLine::amount).reduce(billed, Money::plus);
        boolean reached = !plan.versionAt(stretch.start()).reached(billed, used).isEmpty();
        return all.stream().filter(line -> charge(plan, line.explanation()).terms().inAdvance()
                ? line.amount().amount().signum() > 0 : reached && !line.amount().isZero()).toList();
    }

    private InvoiceLine beyond(InvoiceLine.Kind kind, Stretch stretch, Plan plan, Explanation line, List<Invoice> earlier) {
        return InvoiceLine.adjusting(kind, line.part().named(charge(plan, line).name()), line, policy.rounding(),
                billed(line, stretch, earlier));
    }

    /**
     * The difference between a stretch as it is rated now and what was billed for it, charge by charge.
     *
     * @param rated   all charges of the stretch
     * @param earlier invoices, among them all that bill usage of the stretch
     */
    Stream<InvoiceLine> adjustments(LateUsage stretch, Plan plan, List<Explanation> rated, List<Invoice> earlier) {
        return withVanished(Stretch.of(stretch), rated, earlier)
                .filter(line -> line.counted().orElseThrow().metric().equals(stretch.metric()))
                .map(line -> InvoiceLine.adjusting(InvoiceLine.Kind.ADJUSTMENT,
                        line.part().named(charge(plan, line).name()) + ", adjustment of " + stretch.period().firstDay() + " to "
                                + stretch.period().lastDay(),
                        line, policy.rounding(), billed(line, Stretch.of(stretch), earlier)));
    }

    /** Also the parts of charges that have been billed and whose usage is gone, because a correction moved it. */
    private static Stream<Explanation> withVanished(Stretch stretch, List<Explanation> rated, List<Invoice> earlier) {
        var all = new LinkedHashMap<Share, Explanation>();
        rated.forEach(line -> all.put(Share.of(line), line));
        earlier.stream().filter(invoice -> invoice.isOf(stretch.subscription()))
                .flatMap(invoice -> invoice.lines().stream()).map(InvoiceLine::explanation)
                .filter(before -> before.counted().isPresent() && before.period().start().equals(stretch.start()))
                .forEach(before -> all.putIfAbsent(Share.of(before), before.withoutUsage()));
        return all.values().stream();
    }

    /** A part of a charge. */
    private record Share(String charge, ChargePart part) {

        static Share of(Explanation line) {
            return new Share(line.charge(), line.part());
        }
    }

    private static Money billed(Explanation line, Stretch stretch, List<Invoice> earlier) {
        return earlier.stream().filter(invoice -> invoice.isOf(stretch.subscription()))
                .flatMap(invoice -> invoice.lines().stream())
                .filter(before -> isOfSame(before.explanation(), line)
                        && before.explanation().period().start().equals(stretch.start()))
                .map(InvoiceLine::amount).reduce(Money.zero(line.currency()), Money::plus);
    }

    private static boolean isOfSame(Explanation before, Explanation line) {
        return before.counted().isPresent() && Share.of(before).equals(Share.of(line));
    }

    private static Charge charge(Plan plan, Explanation line) {
        return plan.versions().get(line.plan().orElseThrow().version() - 1).charges().stream()
                .filter(charge -> charge.code().equals(line.charge())).findFirst().orElseThrow();
    }
}
