package com.nexasystems.billing.boundary;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing somebody did.
 *
 * @param at      when, to the microsecond
 * @param actor   who
 * @param action  what, such as {@code usage.replaced}
 * @param subject to what, such as the id of a usage record
 * @param details before and after, reasons; never secrets
 */
public record AuditEntry(Instant at, Actor actor, String action, String subject, Map<String, String> details) {

    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
}
