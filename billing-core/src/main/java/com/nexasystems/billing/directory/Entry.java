package com.nexasystems.billing.directory;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Something a service has named.
 *
 * @param code       the service's own name for it, kept to the letter; unique by service and kind until it is removed
 * @param subject    what it is in the engine: a core code, or an id as text
 * @param number     the how manieth of its kind the service has had, from 1; 0 before it is added
 * @param createdAt  to the microsecond, as all instants here
 * @param attributes what the service keeps with it; no rule reads any of it
 */
public record Entry(UUID id, ServiceId service, Kind kind, String code, String subject, long number, Instant createdAt,
                    Instant updatedAt, Map<String, String> attributes) {

    private static final int MOST_ATTRIBUTES = 128;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_VALUE = 65_536;

    public Entry {
        InvalidValue.checkText("code", code, 255);
        InvalidValue.checkText("subject", subject, 600);
        createdAt = InvalidValue.checkInstant("created_at", createdAt);
        updatedAt = InvalidValue.checkInstant("updated_at", updatedAt);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new InvalidValue("attributes", "are more than " + MOST_ATTRIBUTES);
        }
        attributes.forEach((name, value) -> {
            InvalidValue.checkText("attributes", name, LONGEST_NAME);
            if (value.length() > LONGEST_VALUE) {
                throw new InvalidValue(name, "is longer than " + LONGEST_VALUE + " characters");
            }
        });
    }

    /** One that is about to be added. */
    public static Entry of(UUID id, ServiceId service, Kind kind, String code, String subject, Instant now,
                           Map<String, String> attributes) {
        return new Entry(id, service, kind, code, subject, 0, now, now, attributes);
    }

    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** The same with other attributes. */
    public Entry with(Map<String, String> newAttributes, Instant now) {
        return new Entry(id, service, kind, code, subject, number, createdAt, now, newAttributes);
    }

    /** The same with one attribute more, or another value of it. */
    public Entry with(String name, String value, Instant now) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(name, value);
        return with(more, now);
    }

    /** The same name for another thing. */
    public Entry of(String newSubject, Instant now) {
        return new Entry(id, service, kind, code, newSubject, number, createdAt, now, attributes);
    }

    /** As it is kept. */
    public Entry numbered(long newNumber) {
        return new Entry(id, service, kind, code, subject, newNumber, createdAt, updatedAt, attributes);
    }
}
