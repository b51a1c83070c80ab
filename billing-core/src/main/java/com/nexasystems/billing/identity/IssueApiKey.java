package com.nexasystems.billing.identity;

import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Gives out API keys, replaces and revokes them. Only the hash of a key is kept. */
public final class IssueApiKey {

    private static final int KEY_BYTES = 32;
    private static final int HINT = 4;

    private final ApiKeys keys;
    private final Services services;
    private final Entropy entropy;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public IssueApiKey(ApiKeys keys, Services services, Entropy entropy, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.keys = keys;
        this.services = services;
        this.entropy = entropy;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * A key that was just made.
     *
     * @param secret what the caller sends; it cannot be had again
     */
    public record Issued(ApiKey key, String secret) { }

    /** One more key of a service, good for everything of it. The older ones stay valid. */
    public String issue(ServiceId service) {
        return issue(service, "default", ApiKey.allOfAService()).secret();
    }

    /** @throws InvalidValue if there is no such service, or the scopes are not those of a service's key */
    public Issued issue(ServiceId service, String name, Set<KeyScope> scopes) {
        return unitOfWork.call(() -> {
            services.find(service).orElseThrow(() -> new InvalidValue("service", "does not exist: " + service));
            return add(Optional.of(service), name, scopes);
        });
    }

    /** One more key of the house. */
    public Issued issueForOperator(String name) {
        return unitOfWork.call(() -> add(Optional.empty(), name, Set.of(KeyScope.OPERATE)));
    }

    /** The first key of the house; empty if there is, or was, another. Of concurrent callers all may get one. */
    public Optional<String> firstOperator() {
        return unitOfWork.call(() -> keys.of(Optional.empty()).isEmpty()
                ? Optional.of(issueForOperator("first").secret()) : Optional.empty());
    }

    /**
     * A key in place of another, of the same scopes. The older one stays valid for a while, so that callers can change over.
     *
     * @throws InvalidValue if there is no such key, or it is not valid any more
     */
    public Issued rotate(UUID id, Duration overlap) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            ApiKey before = find(id);
            if (!before.isValidAt(now)) {
                throw new InvalidValue("key", "is not valid any more: " + id);
            }
            keys.update(before.expiring(now.plus(overlap)));
            return add(before.service(), before.name(), before.scopes());
        });
    }

    /** From now on it is not valid. Again, it changes nothing. */
    public ApiKey revoke(UUID id) {
        return unitOfWork.call(() -> {
            ApiKey revoked = find(id).revoked(clock.instant());
            keys.update(revoked);
            return revoked;
        });
    }

    private ApiKey find(UUID id) {
        return keys.find(id).orElseThrow(() -> new InvalidValue("key", "does not exist: " + id));
    }

    private Issued add(Optional<ServiceId> service, String name, Set<KeyScope> scopes) {
        String secret = "bk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(KEY_BYTES));
        var key = new ApiKey(ids.next(), service, name, ApiKeyHash.of(secret), secret.substring(secret.length() - HINT),
                scopes, clock.instant(), Optional.empty(), Optional.empty());
        keys.add(key);
        return new Issued(key, secret);
    }
}
