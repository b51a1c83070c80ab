package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows that no import can take. Nothing else in the company refers to them.
 *
 * @param plan          its monthly price is NaN in the table, whatever it is here
 * @param subscriptions of an unknown billing cycle, and of a missing user
 * @param usage         its hours are NaN in the table, whatever they are here
 * @param orphan        of a missing subscription
 */
record BadRows(SourcePlan plan, List<SourceSubscription> subscriptions, SourceUsage usage, SourceUsage orphan) {

    static final String NOT_A_NUMBER = "NaN";

    static BadRows of(Seeds seeds, Customer customer, Plan plan, Deployment deployment, Instant hour, Instant hourEnd) {
        SourcePlan free = new SourcePlan(seeds.id("bad", 0), "Custom quote", Optional.empty(), Optional.empty(),
                Optional.empty(), true);
        return new BadRows(free, List.of(
                subscription(seeds.id("bad", 1), customer.id(), plan, "fortnightly", deployment.began()),
                subscription(seeds.id("bad", 2), seeds.id("nobody", 0), plan, "monthly", deployment.began())),
                new SourceUsage(seeds.id("bad", 3), deployment.subscriptionId(), hour, hourEnd, BigDecimal.ZERO),
                new SourceUsage(seeds.id("bad", 4), seeds.id("nothing", 0), hour, hourEnd, BigDecimal.ONE));
    }

    List<Planted> planted(LocalDate day) {
        List<Planted> planted = new ArrayList<>();
        planted.add(bad(plan.id(), day, "plan with the monthly price NaN"));
        planted.add(bad(subscriptions.get(0).id(), day, "subscription billed fortnightly"));
        planted.add(bad(subscriptions.get(1).id(), day, "subscription of a missing user"));
        planted.add(bad(usage.id(), day, "usage of NaN hours"));
        planted.add(bad(orphan.id(), day, "usage of a missing subscription"));
        return planted;
    }

    private static Planted bad(String id, LocalDate day, String note) {
        return new Planted(Deviation.BAD_ROW, id, day, BigDecimal.ZERO, note);
    }

    private static SourceSubscription subscription(String id, String userId, Plan plan, String cycle, Instant began) {
        return new SourceSubscription(id, userId, Optional.empty(), Optional.empty(), plan.id(), "active", cycle,
                Optional.of(began), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
