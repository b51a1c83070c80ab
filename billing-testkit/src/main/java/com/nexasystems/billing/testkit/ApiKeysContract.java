package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.ApiKey;
import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.identity.ApiKeys}. */
public abstract class ApiKeysContract extends PortContract {

    private static final Instant NOW = Samples.NEW_YEAR;

    private final Service chat = Samples.service("chat");

    protected ApiKeysContract() {
    }

    @BeforeEach
    void a_service() {
        keep(() -> ports.services().add(chat));
    }

    @Test
    @DisplayName("AK-1 a key is found by id and by hash, exactly as it was")
    void a_key_is_found_exactly_as_it_was() {
        ApiKey key = key("a", Optional.of(chat.id()), 0);
        add(key);
        assertThat(ports.apiKeys().find(key.id())).contains(key);
        assertThat(ports.apiKeys().find(ApiKeyHash.of("secret a"))).contains(key);
        assertThat(ports.apiKeys().find(ApiKeyHash.of("secret b"))).isEmpty();
        assertThat(ports.apiKeys().find(Samples.id("b"))).isEmpty();
    }

    @Test
    @DisplayName("AK-2 an update replaces until when a key is valid")
    void an_update_replaces_until_when_a_key_is_valid() {
        ApiKey key = key("a", Optional.of(chat.id()), 0);
        add(key);
        ApiKey ended = key.expiring(NOW.plusSeconds(9)).revoked(NOW.plusSeconds(5));
        keep(() -> ports.apiKeys().update(new ApiKey(ended.id(), ended.service(), "other name", ended.hash(), ended.hint(),
                Set.of(KeyScope.READ), ended.createdAt(), ended.expiresAt(), ended.revokedAt())));
        assertThat(ports.apiKeys().find(key.id())).contains(ended);
    }

    @Test
    @DisplayName("AK-3 the keys of a service and of the house are listed apart, the oldest first")
    void keys_are_listed_apart() {
        ApiKey younger = key("b", Optional.of(chat.id()), 1);
        ApiKey older = key("c", Optional.of(chat.id()), 0);
        ApiKey house = key("d", Optional.empty(), 0);
        add(younger);
        add(older);
        add(house);
        assertThat(ports.apiKeys().of(Optional.of(chat.id()))).containsExactly(older, younger);
        assertThat(ports.apiKeys().of(Optional.empty())).containsExactly(house);
    }

    private void add(ApiKey key) {
        keep(() -> ports.apiKeys().add(key));
    }

    private static ApiKey key(String name, Optional<ServiceId> service, int second) {
        Set<KeyScope> scopes = service.isPresent() ? ApiKey.allOfAService() : Set.of(KeyScope.OPERATE);
        return new ApiKey(Samples.id(name), service, name, ApiKeyHash.of("secret " + name), "hint", scopes,
                NOW.plusSeconds(second), Optional.empty(), Optional.empty());
    }
}
