package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quota.Overage;
import com.nexasystems.billing.quota.Quota;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/**
 * Why an amount is what it is: the record of its one calculation.
 *
 * @param plan        the version of the plan that was in force when the period began; empty for what is on no plan
 * @param charge      code of the charge; {@value #FLAT} for the plan's own price
 * @param model       of the charge; {@value #FLAT} for the plan's own price
 * @param part        which usage of the charge it is, where that is priced apart
 * @param period      what is billed
 * @param counted     the usage behind it; empty for the flat price
 * @param priced      the steps of the model
 */
public record Explanation(Optional<PlanPrice> plan, String charge, String model, ChargePart part, Currency currency,
                          BillingPeriod period, Optional<Counted> counted, Priced priced) {

    /** Stands for charge and model of the plan's own price. */
    public static final String FLAT = "flat";

    /** The model of what is missing to a charge's minimum. */
    public static final String MINIMUM = "minimum";

    /** Stands for charge and model of what is missing to a plan's commitment. */
    public static final String COMMITMENT = "commitment";

    /** A version of a plan. */
    public record PlanPrice(PlanCode plan, int version) { }

    /**
     * The counters that were aggregated, and the quota they met.
     *
     * @param records  how many
     * @param first    start of the first one
     * @param last     start of the last one
     * @param digest   recognises them again, in any order
     * @param carried  the level when the period began; below zero if more went than came; zero where nothing is carried over
     * @param highest  whether the quantity is the highest that the level was in the period: of a charge in advance
     * @param quantity aggregated, rounded as the metric says
     */
    public record Counted(MetricCode metric, Aggregation aggregation, String unit, long records, Optional<Instant> first,
                          Optional<Instant> last, String digest, BigDecimal carried, boolean highest, BigDecimal quantity,
                          Overage overage) {

        private Counted none() {
            return new Counted(metric, aggregation, unit, 0, Optional.empty(), Optional.empty(), "0".repeat(digest.length()),
                    BigDecimal.ZERO, highest, BigDecimal.ZERO, new Quota(overage.included()).over(BigDecimal.ZERO));
        }
    }

    /** What it comes to when the usage is gone that it counted: nothing. */
    public Explanation withoutUsage() {
        return new Explanation(plan, charge, model, part, currency, period, counted.map(Counted::none), Priced.nothing());
    }

    /** Derived from the steps, never stored beside them. */
    public ExactAmount exact() {
        return new ExactAmount(currency, priced.total());
    }
}
