package com.nexasystems.billing.identity;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * A source application; the boundary of authorisation. What belongs to one service is not there for another.
 *
 * @param code   unique and stable; stands in front of its invoice numbers
 * @param keys   hashes of the API keys that are valid now; several, so that keys can be rotated
 * @param active an inactive service is refused like an unknown one
 */
public record Service(ServiceId id, String code, String name, List<ApiKeyHash> keys, boolean active) {

    public Service {
        InvalidValue.checkText("code", code, 32);
        if (!code.matches("[a-z0-9][a-z0-9-]*")) {
            throw new InvalidValue("code", "is made of a-z, 0-9 and '-': " + code);
        }
        InvalidValue.checkText("name", name, 255);
        keys = List.copyOf(keys);
    }

    public static Service of(ServiceId id, String code, String name) {
        return new Service(id, code, name, List.of(), true);
    }

    public Service withKey(ApiKeyHash key) {
        return new Service(id, code, name, Stream.concat(keys.stream(), Stream.of(key)).toList(), active);
    }

    public Service withoutKey(ApiKeyHash key) {
        return new Service(id, code, name, keys.stream().filter(k -> !k.matches(key)).toList(), active);
    }

    public Service deactivated() {
        return new Service(id, code, name, keys, false);
    }

    /** Every key is compared, so that the time tells nothing. */
    public boolean accepts(String key) {
        ApiKeyHash hash = ApiKeyHash.of(key);
        boolean known = false;
        for (ApiKeyHash valid : keys) {
            known |= valid.matches(hash);
        }
        return known && active;
    }
}
