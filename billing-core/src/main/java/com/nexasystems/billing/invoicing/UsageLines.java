package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.usage.LateUsage;
import java.util.List;
import java.util.stream.Stream;

/** Lines for rated usage: of a period that is over, and the differences that usage makes which came later. */
final class UsageLines {

    private final BillingPolicy policy;

    UsageLines(BillingPolicy policy) {
        this.policy = policy;
    }

    Stream<InvoiceLine> lines(Plan plan, List<Explanation> rated) {
        return rated.stream()
                .map(line -> InvoiceLine.of(InvoiceLine.Kind.USAGE, chargeName(plan, line), line, policy.rounding()));
    }

    /**
     * The difference between a stretch as it is rated now and what was billed for it, charge by charge.
     *
     * @param rated   all charges of the stretch
     * @param earlier invoices, among them all that bill usage of the stretch
     */
    Stream<InvoiceLine> adjustments(LateUsage stretch, Plan plan, List<Explanation> rated, List<Invoice> earlier) {
        return rated.stream()
                .filter(line -> line.counted().orElseThrow().metric().equals(stretch.metric()))
                .map(line -> InvoiceLine.adjusting(InvoiceLine.Kind.ADJUSTMENT,
                        chargeName(plan, line) + ", adjustment of " + stretch.period().firstDay() + " to "
                                + stretch.period().lastDay(),
                        line, policy.rounding(), billed(line, stretch, earlier)));
    }

    private static Money billed(Explanation line, LateUsage stretch, List<Invoice> earlier) {
        return earlier.stream().filter(invoice -> invoice.isOf(stretch.subscription()))
                .flatMap(invoice -> invoice.lines().stream())
                .filter(before -> isOfSame(before.explanation(), line)
                        && before.explanation().period().start().equals(stretch.period().start()))
                .map(InvoiceLine::amount).reduce(Money.zero(line.currency()), Money::plus);
    }

    private static boolean isOfSame(Explanation before, Explanation line) {
        return before.counted().isPresent() && before.charge().equals(line.charge()) && before.part().equals(line.part());
    }

    private static String chargeName(Plan plan, Explanation line) {
        return plan.versions().get(line.plan().orElseThrow().version() - 1).charges().stream()
                .filter(charge -> charge.code().equals(line.charge())).findFirst().orElseThrow().name();
    }
}
