package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.Service;
import java.util.Optional;
import java.util.Set;

/**
 * Whose key was sent.
 *
 * @param owner  empty for an operator, and for the payment provider
 * @param key    names the key on the audit trail; never the key itself
 * @param scopes what the key is good for
 */
record Caller(Optional<Service> owner, String key, Set<KeyScope> scopes) {

    /** Who signs what he sends, and has no key. */
    static final Caller PROVIDER = new Caller(Optional.empty(), "payment provider", Set.of(KeyScope.WRITE));

    /** The service that calls; operators have none, and their routes ask for none. */
    Service service() {
        return owner.orElseThrow(() -> ApiError.forbidden("service_key_required", "this takes a service's key"));
    }

    /** Of the service, of the house or of the payment provider: whose idempotency keys and limits count. */
    String name() {
        return owner.map(service -> service.id().toString()).orElse(this == PROVIDER ? "provider" : "operators");
    }

    Actor actor() {
        return owner.map(service -> Actor.service(service.code())).orElse(Actor.person("operator " + key));
    }
}
