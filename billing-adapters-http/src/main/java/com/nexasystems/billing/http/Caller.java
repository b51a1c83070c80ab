package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.Service;
import java.util.Optional;
import java.util.Set;

/**
 * Whose key was sent.
 *
 * @param owner  empty for an operator, for the payment provider, and for the holder of a secret
 * @param key    names the key on the audit trail; never the key itself
 * @param scopes what the key is good for
 */
record Caller(Optional<Service> owner, String key, Set<KeyScope> scopes) {

    /** Who signs what he sends, and has no key. */
    static final Caller PROVIDER = new Caller(Optional.empty(), "payment provider", Set.of(KeyScope.WRITE));

    /** Whoever has been sent a secret that is good for one thing, and has no key. */
    static final Caller HOLDER = new Caller(Optional.empty(), "holder of a link", Set.of(KeyScope.READ, KeyScope.WRITE));

    /** The service that calls; operators have none, and their routes ask for none. */
    Service service() {
        return owner.orElseThrow(() -> ApiError.forbidden("service_key_required", "this takes a service's key"));
    }

    /** Whose idempotency keys and limits count: the service's, the house's, the payment provider's or all secret holders'. */
    String name() {
        return owner.map(service -> service.id().toString()).orElseGet(this::withoutService);
    }

    private String withoutService() {
        if (this == HOLDER) {
            return "holders";
        }
        return this == PROVIDER ? "provider" : "operators";
    }

    Actor actor() {
        return owner.map(service -> Actor.service(service.code())).orElse(Actor.person("operator " + key));
    }
}
