package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The rules of an application's biller that an operator has decided to compare by. */
public record AdoptedRules(ServiceId service, BillerRules rules, Actor by, Instant at) {

    public AdoptedRules {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
