package com.nexasystems.billing.identity;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys to the API. {@code ApiKeysContract} checks these rules.
 *
 * <p>AK-1 A key that was added is found by its id and by its hash, exactly as it was.
 * <p>AK-2 An update replaces until when a key is valid, and nothing else.
 * <p>AK-3 The keys of a service, and those of the house, are listed apart, the oldest first, valid or not.
 */
public interface ApiKeys {

    void add(ApiKey key);

    void update(ApiKey key);

    Optional<ApiKey> find(UUID id);

    Optional<ApiKey> find(ApiKeyHash hash);

    /** @param service empty for the keys of the house */
    List<ApiKey> of(Optional<ServiceId> service);
}
