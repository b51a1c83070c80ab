package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Prices what a plan costs beside metered usage. Pure. */
public final class PlanPrices {

    private PlanPrices() {
    }

    /** A stretch of the plan's own price: all of it for a whole period, else its share. */
    public static Explanation flat(Plan plan, PlanVersion version, BillingPeriod period, Proration share) {
        return flat(plan, version, period, share, BigDecimal.ONE);
    }

    /** What is given back of the plan's own price for a stretch: its share, below zero. */
    public static Explanation flatUnused(Plan plan, PlanVersion version, BillingPeriod period, Proration share) {
        return flat(plan, version, period, share, BigDecimal.ONE.negate());
    }

    private static Explanation flat(Plan plan, PlanVersion version, BillingPeriod period, Proration share, BigDecimal sign) {
        BigDecimal price = version.flatPrice().amount();
        Priced.Step step = share.isWhole()
                ? new Priced.Step("flat price", sign, price, BigDecimal.ONE)
                : new Priced.Step("flat price, " + share, BigDecimal.valueOf(share.part()).multiply(sign), price,
                        BigDecimal.valueOf(share.whole()));
        return new Explanation(Optional.of(new PlanPrice(plan.code(), version.number())), Explanation.FLAT,
                Explanation.FLAT, ChargePart.WHOLE, plan.currency(), period, Optional.empty(),
                new Priced(step.units(), List.of(step)));
    }
}
