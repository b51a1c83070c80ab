package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.Service;
import java.util.EnumSet;
import java.util.Optional;

/** Whose key a request carries. */
final class Authentication {

    private static final String SCHEME = "Bearer ";

    private final Billing billing;

    Authentication(Billing billing) {
        this.billing = billing;
    }

    /** @param header of the request; null without one */
    Optional<Caller> caller(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        ApiKeyHash hash = ApiKeyHash.of(header.substring(SCHEME.length()).strip());
        return billing.ports().services().findByKey(hash).filter(Service::active).map(service ->
                new Caller(Optional.of(service), hash.sha256().substring(0, 8),
                        EnumSet.of(Scope.READ, Scope.WRITE, Scope.USAGE)));
    }
}
