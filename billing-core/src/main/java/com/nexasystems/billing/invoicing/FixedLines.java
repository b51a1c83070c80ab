package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.rating.PlanPrices;
import com.nexasystems.billing.subscription.BillingWindow;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lines for what comes with a plan in a fixed number. All lines of one charge in one period add up to what its share of that
 * period comes to: each is the amount with its stretch less the amount without it. So a charge that is not prorated is
 * billed
 * once a period, and a tier's flat fee too, however often the subscription is paused; and only what is prorated is given
 * back.
 */
final class FixedLines {

    private final BillingPolicy policy;

    FixedLines(BillingPolicy policy) {
        this.policy = policy;
    }

    Stream<InvoiceLine> lines(Map<PlanCode, Plan> plans, BillingWindow window) {
        return Stream.concat(lines(plans, window.fixedOver(), false), lines(plans, window.fixedAhead(), true));
    }

    private Stream<InvoiceLine> lines(Map<PlanCode, Plan> plans, List<FlatStretch> stretches,
                                      boolean inAdvance) {
        return stretches.stream().flatMap(stretch -> {
            Plan plan = plans.get(stretch.plan());
            PlanVersion version = plan.versionAt(stretch.since());
            return version.fixedCharges().stream().filter(charge -> charge.inAdvance() == inAdvance)
                    .map(charge -> line(plan, version, charge, stretch));
        });
    }

    private InvoiceLine line(Plan plan, PlanVersion version, FixedCharge charge, FlatStretch stretch) {
        Proration without = stretch.earlierShare(part -> plan.versionAt(part.start()).equals(version), policy.proration());
        Proration with = without.plus(stretch.share(policy.proration()));
        return stretch.isCredit()
                ? line("Unused time on " + charge.name(), plan, version, charge, stretch, without, with)
                : line(charge.name(), plan, version, charge, stretch, with, without);
    }

    private InvoiceLine line(String description, Plan plan, PlanVersion version, FixedCharge charge, FlatStretch stretch,
                             Proration now, Proration before) {
        Money billed = PlanPrices.fixed(plan, version, charge, stretch.period(), before).exact().rounded(policy.rounding());
        return InvoiceLine.adjusting(InvoiceLine.Kind.FIXED, description,
                PlanPrices.fixed(plan, version, charge, stretch.period(), now), policy.rounding(), billed);
    }
}
