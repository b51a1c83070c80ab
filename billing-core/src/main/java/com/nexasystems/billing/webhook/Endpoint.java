package com.nexasystems.billing.webhook;

import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a service wants to be told.
 *
 * @param name      what the service calls it; may be empty
 * @param url       at most {@value #LONGEST_URL} characters
 * @param types     which events it is told of; none named means all
 * @param secrets   one or two, the one that stays first: during a rotation, deliveries are signed with both
 * @param disabled  empty while it is told
 * @param createdAt to the microsecond
 */
public record Endpoint(EndpointId id, ServiceId service, String name, URI url, Format format, Set<EventType> types,
                       List<Secret> secrets, Optional<Disabled> disabled, Instant createdAt) {

    private static final int MOST_SECRETS = 2;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_URL = 2_000;

    /** The shape of bodies and headers. */
    public enum Format {
        /** As the Standard Webhooks specification says. */
        STANDARD,
        /** Lago's envelope around Lago's objects, with its signature headers beside the standard ones. */
        LAGO;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why nothing is sent to it, and since when. */
    public record Disabled(Reason reason, Instant at) {

        public Disabled {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }

        /** Who has disabled it. */
        public enum Reason {
            /** It answered 410: it is gone for good. */
            GONE,
            /** Its service did. */
            BY_SERVICE;

            public String code() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    public Endpoint {
        if (name.length() > LONGEST_NAME) {
            throw new InvalidValue("name", "has at most " + LONGEST_NAME + " characters");
        }
        if (url.toString().length() > LONGEST_URL) {
            throw new InvalidValue("webhook_url", "has at most " + LONGEST_URL + " characters");
        }
        types = Set.copyOf(types);
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() || secrets.size() > MOST_SECRETS) {
            throw new IllegalArgumentException("an endpoint has one secret or two: " + secrets.size());
        }
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    public boolean wants(EventType type) {
        return disabled.isEmpty() && (types.isEmpty() || types.contains(type));
    }

    /** Those to sign with, the one that stays first. */
    public List<Secret> secretsAt(Instant now) {
        return secrets.stream().filter(secret -> secret.isValidAt(now)).toList();
    }

    /** With a new secret; the one before is valid beside it for some time, and the one before that no more. */
    public Endpoint rotated(Secret next, Instant now, Duration overlap) {
        return new Endpoint(id, service, name, url, format, types,
                Stream.of(next, secrets.get(0).until(now.plus(overlap))).toList(), disabled, createdAt);
    }

    public Endpoint changed(String newName, URI newUrl, Format newFormat, Set<EventType> newTypes) {
        return new Endpoint(id, service, newName, newUrl, newFormat, newTypes, secrets, disabled, createdAt);
    }

    public Endpoint disabled(Disabled why) {
        return new Endpoint(id, service, name, url, format, types, secrets, Optional.of(why), createdAt);
    }

    public Endpoint enabled() {
        return new Endpoint(id, service, name, url, format, types, secrets, Optional.empty(), createdAt);
    }
}
