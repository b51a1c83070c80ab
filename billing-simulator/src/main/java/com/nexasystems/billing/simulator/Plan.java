package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourcePlan;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A plan on sale.
 *
 * @param monthly    CAD before tax
 * @param oldMonthly what a month cost before
 * @param quota      core-hours that a period includes
 */
record Plan(int index, String id, String name, BigDecimal monthly, BigDecimal yearly, BigDecimal oldMonthly,
            BigDecimal oldYearly, int quota, boolean active) {

    private static final int SECONDS_PER_HOUR = 3600;

    BigDecimal price(boolean byYear) {
        return byYear ? yearly : monthly;
    }

    BigDecimal oldPrice(boolean byYear) {
        return byYear ? oldYearly : oldMonthly;
    }

    SourcePlan row() {
        return new SourcePlan(id, name, Optional.of(monthly), Optional.of(yearly),
                Optional.of(BigDecimal.valueOf((long) quota * SECONDS_PER_HOUR)), active);
    }
}
