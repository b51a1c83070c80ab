package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;

/**
 * What to rate under another catalogue.
 *
 * @param plan    whose subscriptions are looked at
 * @param changed what they would be on: the prices of its latest version, for all of the time
 * @param from    first day, as each customer's time zone has it
 * @param through last day, included
 */
public record SimulationRequest(PlanCode plan, Plan changed, LocalDate from, LocalDate through) {

    public SimulationRequest {
        if (through.isBefore(from)) {
            throw new InvalidValue("period", "ends on " + through + ", before it begins on " + from);
        }
    }
}
