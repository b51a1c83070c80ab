package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a charge has to price in one billing period.
 *
 * @param total  units beyond the quota, not negative
 * @param count  number of events behind the total
 * @param events their values in the order in which they happened; only when the model
 *               {@linkplain ChargeModel#looksAtEvents looks at them}, else empty
 * @param amount the sum of the amounts that came with the events, in the major unit of the plan's currency
 */
public record Billable(BigDecimal total, long count, List<BigDecimal> events, BigDecimal amount) {

    public Billable {
        total = total.signum() < 0 ? BigDecimal.ZERO : Decimals.normal(total);
        events = List.copyOf(events);
    }

    public static Billable of(BigDecimal total) {
        return new Billable(total, 0, List.of(), BigDecimal.ZERO);
    }

    public static Billable of(String total) {
        return of(Decimals.parse("units", total));
    }

    /** The total is the sum of the events. */
    public static Billable ofEvents(List<BigDecimal> events) {
        return new Billable(events.stream().reduce(BigDecimal.ZERO, BigDecimal::add), events.size(), events, BigDecimal.ZERO);
    }
}
