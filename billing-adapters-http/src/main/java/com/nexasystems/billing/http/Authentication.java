package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.GroupCommit;
import com.nexasystems.billing.identity.ApiKey;
import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.AuthenticationLog.Attempt;
import com.nexasystems.billing.identity.Service;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose key a request carries. A key is looked up by the hash of it and compared in constant time; every attempt is recorded
 * before its request is answered, together with those that come at the same time.
 */
final class Authentication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("billing.http");
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST_KEY = 256;
    private static final int GROUP = 1_000;

    /** For how long what is known of a busy key is taken to be still so. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** From how many requests within that time on. */
    private static final int BUSY = 20;

    private final Billing billing;
    private final Clock clock;
    private final GroupCommit<ApiKeyHash, Optional<Holder>> lookups;
    private final GroupCommit<Attempt, Boolean> attempts;
    private final Map<ApiKeyHash, Recent> recent = new ConcurrentHashMap<>();

    /** A key, and the service that has it; an operator's key is of none. */
    private record Holder(ApiKey key, Optional<Service> service) { }

    /** What was found at a time of the system's stopwatch, and how many have asked since. */
    private record Recent(Holder holder, long nanos, AtomicInteger asked) { }

    Authentication(Billing billing, Clock clock) {
        this.billing = billing;
        this.clock = clock;
        this.lookups = new GroupCommit<>("keys", GROUP, 1, this::find);
        this.attempts = new GroupCommit<>("attempts", GROUP, 1, this::keep);
    }

    /** What a request may do, and when it is recorded that it tried. */
    record Checked(Optional<Caller> caller, CompletableFuture<Boolean> recorded) {

        /** Who signs what he sends. Nothing is recorded: whoever sends rubbish fills no table. */
        static final Checked PROVIDER = new Checked(Optional.of(Caller.PROVIDER), CompletableFuture.completedFuture(true));
        /** Who has been sent a secret. Its endpoint looks at it; nothing is recorded either. */
        static final Checked HOLDER = new Checked(Optional.of(Caller.HOLDER), CompletableFuture.completedFuture(true));
    }

    /** @param header of the request; null without one */
    Checked check(String header, String address, String requestId) {
        Instant now = clock.instant();
        Optional<Holder> holder = hash(header).flatMap(this::holder);
        Optional<Caller> caller = holder.filter(found -> found.key.isValidAt(now)).flatMap(Authentication::caller);
        var attempt = new Attempt(now, caller.isPresent(), holder.map(found -> found.key.id().toString()), address, requestId);
        return new Checked(caller, attempts.submit(attempt));
    }

    /** By a link of a customer's, which is good for looking while the key that it was made with is valid. */
    Checked checkLink(String token, String address, String requestId) {
        Instant now = clock.instant();
        Optional<PortalLink.Read> read = PortalLink.read(token).filter(found -> now.isBefore(found.link().until()));
        Optional<Caller> caller = read.flatMap(this::signer).filter(found -> found.key.isValidAt(now))
                .flatMap(Authentication::caller)
                .map(found -> new Caller(found.owner(), found.key(), Set.of(KeyScope.READ)));
        var attempt = new Attempt(now, caller.isPresent(), caller.map(Caller::key), address, requestId);
        return new Checked(caller, attempts.submit(attempt));
    }

    private Optional<Holder> signer(PortalLink.Read read) {
        return billing.ports().unitOfWork().call(() -> billing.ports().apiKeys().find(read.link().key())
                .filter(key -> read.isSignedWith(key.hash()))
                .map(key -> new Holder(key, key.service().flatMap(billing.ports().services()::find))));
    }

    private static Optional<ApiKeyHash> hash(String header) {
        if (header == null || header.length() > LONGEST_KEY
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(ApiKeyHash.of(header.substring(SCHEME.length()).strip()));
    }

    /** As it is now; or a moment ago, where a key comes with so many requests that looking it up each time would hold them up. */
    private Optional<Holder> holder(ApiKeyHash hash) {
        long now = System.nanoTime();
        Recent known = recent.get(hash);
        boolean fresh = known != null && now - known.nanos < FRESH_NANOS;
        if (fresh && known.asked.incrementAndGet() > BUSY) {
            return Optional.of(known.holder);
        }
        Optional<Holder> found = lookups.commit(hash);
        if (!fresh) {
            found.ifPresent(holder -> recent.put(hash, new Recent(holder, now, new AtomicInteger())));
        }
        return found;
    }

    /** For all requests that ask at the same time. */
    private List<Optional<Holder>> find(List<ApiKeyHash> hashes) {
        return billing.ports().unitOfWork().call(() -> {
            var found = new HashMap<ApiKeyHash, Optional<Holder>>();
            hashes.forEach(hash -> found.computeIfAbsent(hash, this::find));
            return hashes.stream().map(found::get).toList();
        });
    }

    private Optional<Holder> find(ApiKeyHash hash) {
        return billing.ports().apiKeys().find(hash).filter(key -> key.hash().matches(hash))
                .map(key -> new Holder(key, key.service().flatMap(billing.ports().services()::find)));
    }

    private static Optional<Caller> caller(Holder holder) {
        ApiKey key = holder.key;
        if (key.service().isEmpty()) {
            return Optional.of(new Caller(Optional.empty(), key.id().toString(), key.scopes()));
        }
        return holder.service.filter(Service::active)
                .map(service -> new Caller(Optional.of(service), key.id().toString(), key.scopes()));
    }

    private List<Boolean> keep(List<Attempt> some) {
        billing.attempts().record(some).ifPresent(failures ->
                LOG.warn("alert: {} attempts to authenticate failed within a minute", failures));
        return Collections.nCopies(some.size(), true);
    }

    @Override
    public void close() {
        lookups.close();
        attempts.close();
    }
}
