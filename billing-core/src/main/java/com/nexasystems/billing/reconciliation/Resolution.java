package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Why somebody accepts a difference. */
public record Resolution(Actor by, Instant at, String note) {

    public Resolution {
        InvalidValue.checkText("note", note, 2_000);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
