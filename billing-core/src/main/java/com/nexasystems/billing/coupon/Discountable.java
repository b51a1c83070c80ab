package com.nexasystems.billing.coupon;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What coupons look at of an invoice.
 *
 * @param lines all of it, in one currency
 * @param at    when it is finalised
 */
public record Discountable(UUID invoice, ServiceCustomer holder, List<Line> lines, Instant at) {

    /**
     * @param madeFrom the plan that it was made from, if it is a customer's own edition
     * @param metric   empty for a flat price
     * @param amount   rounded, before coupons and tax; may be negative
     */
    public record Line(PlanCode plan, Optional<PlanCode> madeFrom, Optional<MetricCode> metric, Money amount) {

        /** On a plan of the catalogue. */
        public Line(PlanCode plan, Optional<MetricCode> metric, Money amount) {
            this(plan, Optional.empty(), metric, amount);
        }
    }

    public Discountable {
        lines = List.copyOf(lines);
    }
}
