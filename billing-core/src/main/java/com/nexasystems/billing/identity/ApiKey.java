package com.nexasystems.billing.identity;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A key to the API, without the key itself: that cannot be had again.
 *
 * @param service   whose it is; empty for a key of the house, which operators use
 * @param name      for people
 * @param hash      of the key
 * @param hint      its last characters, by which people recognise it
 * @param scopes    what it is good for
 * @param expiresAt from when on it is no longer valid: a key that was rotated
 * @param revokedAt from when on it is not, for good
 */
public record ApiKey(UUID id, Optional<ServiceId> service, String name, ApiKeyHash hash, String hint, Set<KeyScope> scopes,
                     Instant createdAt, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {

    public ApiKey {
        InvalidValue.checkText("name", name, 255);
        scopes = Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new InvalidValue("scopes", "are mandatory");
        }
        if (scopes.contains(KeyScope.OPERATE) != service.isEmpty()) {
            throw new InvalidValue("scopes", "operate is for keys of the house, which have no other");
        }
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        expiresAt = expiresAt.map(at -> at.truncatedTo(ChronoUnit.MICROS));
        revokedAt = revokedAt.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    }

    /** What a key of a service is good for unless less is asked for. */
    public static Set<KeyScope> allOfAService() {
        return EnumSet.of(KeyScope.READ, KeyScope.WRITE, KeyScope.USAGE);
    }

    public boolean isValidAt(Instant instant) {
        return expiresAt.map(instant::isBefore).orElse(true) && revokedAt.map(instant::isBefore).orElse(true);
    }

    /** The same, valid until then at the latest. */
    public ApiKey expiring(Instant at) {
        return new ApiKey(id, service, name, hash, hint, scopes, createdAt,
                Optional.of(expiresAt.filter(at::isAfter).orElse(at)), revokedAt);
    }

    /** The same, no longer valid. */
    public ApiKey revoked(Instant at) {
        return new ApiKey(id, service, name, hash, hint, scopes, createdAt, expiresAt,
                Optional.of(revokedAt.orElse(at)));
    }
}
