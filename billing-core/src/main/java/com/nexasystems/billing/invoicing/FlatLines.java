package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.PlanPrices;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch;
import java.math.RoundingMode;

/** Lines for stretches of a plan's own price. Each is priced by the version by which its part of the period began. */
final class FlatLines {

    private final BillingPolicy policy;

    FlatLines(BillingPolicy policy) {
        this.policy = policy;
    }

    InvoiceLine line(Plan plan, FlatStretch flat) {
        PlanVersion version = plan.versionAt(flat.since());
        Proration share = flat.share(policy.proration());
        return switch (flat.kind()) {
            case PERIOD, UNTIL_CHANGE -> cumulative(plan, version, flat, share);
            case REMAINING, CONTINUED -> line("Remaining time on " + plan.name(),
                    PlanPrices.flat(plan, version, flat.period(), share));
            case UNUSED_AFTER_CHANGE, UNUSED_AFTER_END -> line("Unused time on " + plan.name(),
                    PlanPrices.flatUnused(plan, version, flat.period(), share));
        };
    }

    /** Parts of one period add up to its price: a later part is all parts so far, rounded, less those before it. */
    private InvoiceLine cumulative(Plan plan, PlanVersion version, FlatStretch flat, Proration share) {
        Proration before = flat.earlierShare(part -> plan.versionAt(part.start()).equals(version), policy.proration());
        if (before.isNone() || share.isNone()) {
            return line(plan.name(), PlanPrices.flat(plan, version, flat.period(), share));
        }
        RoundingMode rounding = policy.rounding();
        Money billed = PlanPrices.flat(plan, version, flat.period(), before).exact().rounded(rounding);
        return InvoiceLine.adjusting(InvoiceLine.Kind.FLAT, plan.name(),
                PlanPrices.flat(plan, version, flat.period(), before.plus(share)), rounding, billed);
    }

    private InvoiceLine line(String description, Explanation explanation) {
        return InvoiceLine.of(InvoiceLine.Kind.FLAT, description, explanation, policy.rounding());
    }
}
