package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A deviation that was put into a simulated company.
 *
 * @param subscriptionId the subscription it befell; the user for {@link Deviation#ONE_OFF_UNLINKED}; the row itself for
 *                       {@link Deviation#BAD_ROW}
 * @param periodStart    first day of the period, in the biller's zone; of a partial first period the day it began
 * @param amount         CAD, actual minus right. Actual is the sum of the subtotals of the period's invoices that are not
 *                       void, whatever their currency says. Right is what the rules give on the rows that are there, rows
 *                       that are there twice counted once. For {@link Deviation#ONE_OFF_UNLINKED} the invoice's subtotal.
 * @param note           what happened, with figures
 */
public record Planted(Deviation deviation, String subscriptionId, LocalDate periodStart, BigDecimal amount, String note) {

    public Planted {
        Objects.requireNonNull(deviation, "deviation");
        Objects.requireNonNull(subscriptionId, "subscription id");
        Objects.requireNonNull(periodStart, "period start");
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(note, "note");
    }
}
