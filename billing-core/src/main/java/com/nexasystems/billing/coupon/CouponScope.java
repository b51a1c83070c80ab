package com.nexasystems.billing.coupon;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Set;

/**
 * Which lines a coupon counts on: those of some plans, and of customers' own editions of them, those of some metrics, or, when it names neither, all. Naming both
 * is refused, since nobody could say which of the two limits a line has to meet.
 */
public record CouponScope(Set<PlanCode> plans, Set<MetricCode> metrics) {

    public static final CouponScope ALL = new CouponScope(Set.of(), Set.of());

    public CouponScope {
        plans = Set.copyOf(plans);
        metrics = Set.copyOf(metrics);
        if (!plans.isEmpty() && !metrics.isEmpty()) {
            throw new InvalidValue("applies_to", "a coupon is limited to plans or to metrics, not to both");
        }
    }

    public static CouponScope ofPlans(PlanCode... plans) {
        return new CouponScope(Set.of(plans), Set.of());
    }

    public static CouponScope ofMetrics(MetricCode... metrics) {
        return new CouponScope(Set.of(), Set.of(metrics));
    }

    boolean covers(Discountable.Line line) {
        return equals(ALL) || plans.contains(line.plan()) || line.madeFrom().filter(plans::contains).isPresent()
                || line.metric().filter(metrics::contains).isPresent();
    }

    /** Metric-limited coupons come first, then plan-limited ones, then the others. */
    int rank() {
        if (!metrics.isEmpty()) {
            return 0;
        }
        return plans.isEmpty() ? 2 : 1;
    }
}
