package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Somebody doubts a line of a draft, which is not to be finalised until they have been heard.
 *
 * @param line   its description, by which it is known when the draft is rated again
 * @param reason for people
 */
public record LineHold(InvoiceId invoice, String line, String reason, Actor by, Instant at) {

    private static final int LONGEST_REASON = 255;

    public LineHold {
        InvalidValue.checkText("reason", reason, LONGEST_REASON);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
