package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.PlanPrices;
import com.nexasystems.billing.subscription.BillingWindow.UsageStretch;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.LateUsage;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lines for what a stretch of usage is short of its charges' minimums: the share of the minimum, less what all parts of the
 * charge come to. Late usage makes the shortfall smaller by as much as it adds: what the minimum had covered is not billed
 * twice.
 */
final class MinimumLines {

    private final BillingPolicy policy;

    MinimumLines(BillingPolicy policy) {
        this.policy = policy;
    }

    /** @param rated all charges of the stretch, all parts of each */
    Stream<InvoiceLine> lines(Plan plan, UsageStretch stretch, List<Explanation> rated) {
        return withMinimum(plan, stretch)
                .map(charge -> line(charge.name() + ", minimum", plan, stretch, charge, rated, Money.zero(plan.currency())));
    }

    /** What late usage makes of the minimums that were billed for its stretch. */
    Stream<InvoiceLine> adjustments(Plan plan, UsageStretch stretch, LateUsage late, List<Explanation> rated,
                                    List<Invoice> earlier) {
        return withMinimum(plan, stretch).filter(charge -> charge.metric().equals(late.metric()))
                .map(charge -> line(charge.name() + ", minimum, adjustment of " + stretch.period().firstDay() + " to "
                        + stretch.period().lastDay(), plan, stretch, charge, rated,
                        billed(charge, stretch, late.subscription(), earlier, Money.zero(plan.currency()))));
    }

    private static Stream<Charge> withMinimum(Plan plan, UsageStretch stretch) {
        return plan.versionAt(stretch.period().start()).charges().stream()
                .filter(charge -> charge.terms().minimum().signum() > 0);
    }

    private InvoiceLine line(String description, Plan plan, UsageStretch stretch, Charge charge, List<Explanation> rated,
                             Money billed) {
        PlanVersion version = plan.versionAt(stretch.period().start());
        Money usage = rated.stream().filter(part -> part.charge().equals(charge.code()))
                .map(part -> part.exact().rounded(policy.rounding())).reduce(Money.zero(plan.currency()), Money::plus);
        return InvoiceLine.adjusting(InvoiceLine.Kind.MINIMUM, description, PlanPrices.minimum(plan, version, charge,
                stretch.period(), stretch.share(policy.proration()), usage), policy.rounding(), billed);
    }

    private static Money billed(Charge charge, UsageStretch stretch, SubscriptionId of, List<Invoice> earlier, Money none) {
        return earlier.stream().filter(invoice -> invoice.isOf(of)).flatMap(invoice -> invoice.lines().stream())
                .filter(line -> line.kind() == InvoiceLine.Kind.MINIMUM
                        && line.explanation().charge().equals(charge.code())
                        && line.explanation().period().start().equals(stretch.period().start()))
                .map(InvoiceLine::amount).reduce(none, Money::plus);
    }
}
