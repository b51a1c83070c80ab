package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.charge.Billable;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.money.Money;
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
        return explanation(plan, version, Explanation.FLAT, Explanation.FLAT, period,
                new Priced(step.units(), List.of(step)));
    }

    /**
     * A fixed charge for a share of a period: its units for that share if it is prorated, else all; for no share
     * nothing.
     */
    public static Explanation fixed(Plan plan, PlanVersion version, FixedCharge charge, BillingPeriod period,
                                    Proration share) {
        Priced whole = share.isNone() ? Priced.nothing() : charge.model().price(Billable.of(charge.units()));
        Priced priced = share.isWhole() || !charge.prorated() ? whole
                : whole.shared(share.part(), share.whole(), share.toString());
        return explanation(plan, version, charge.code(), charge.model().code(), period, priced);
    }

    /** What is missing to the share of a charge's minimum; nothing if that is reached. */
    public static Explanation minimum(Plan plan, PlanVersion version, Charge charge, BillingPeriod period, Proration share,
                                      Money billed) {
        return explanation(plan, version, charge.code(), Explanation.MINIMUM, period,
                missing("minimum", charge.terms().minimum(), share, "what the charge comes to", billed));
    }

    /** What is missing to the share of a plan's commitment; nothing if that is reached, or if there is none. */
    public static Explanation commitment(Plan plan, PlanVersion version, BillingPeriod period, Proration share,
                                         Money billed) {
        BigDecimal commitment = version.commitment().map(Money::amount).orElse(BigDecimal.ZERO);
        return explanation(plan, version, Explanation.COMMITMENT, Explanation.COMMITMENT, period,
                missing("commitment", commitment, share, "what is billed", billed));
    }

    private static Priced missing(String what, BigDecimal wanted, Proration share, String less, Money billed) {
        var priced = new Priced(BigDecimal.ONE, List.of(
                new Priced.Step(share.isWhole() ? what : what + ", " + share, BigDecimal.valueOf(share.part()), wanted,
                        BigDecimal.valueOf(share.whole())),
                new Priced.Step("less " + less, BigDecimal.ONE.negate(), billed.amount(), BigDecimal.ONE)));
        return priced.total().signum() > 0 ? priced : Priced.nothing();
    }

    private static Explanation explanation(Plan plan, PlanVersion version, String charge, String model, BillingPeriod period,
                                           Priced priced) {
        return new Explanation(Optional.of(new PlanPrice(plan.code(), version.number())), charge, model, ChargePart.WHOLE,
                plan.currency(), period, Optional.empty(), priced);
    }
}
