package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void a_new_secret_is_thirty_two_bytes_as_standard_webhooks_write_them() {
        Secret secret = secret(7);
        assertThat(secret.text()).startsWith("whsec_").hasSize("whsec_".length() + 44);
        assertThat(secret.key()).hasSize(32).containsOnly(7);
        assertThat(secret.isValidAt(Instant.MAX)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void keys_of_a_usual_length_are_taken(int length) {
        assertThat(new Secret(text(length), Optional.empty()).key()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 65})
    void keys_of_another_length_are_refused(int length) {
        assertThatThrownBy(() -> new Secret(text(length), Optional.empty())).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("24 to 64 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_?", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS\u0131"})
    void other_texts_are_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> new Secret(text, Optional.empty())).isInstanceOf(InvalidValue.class)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("MfKQ"));
    }

    @Test
    void no_log_shows_it() {
        Secret secret = secret(7);
        String encoded = secret.text().substring("whsec_".length(), 20);
        assertThat(List.of(secret.toString(), endpoint(secret).toString(), Optional.of(secret).toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain(encoded));
    }

    @Test
    void after_a_rotation_both_are_valid_for_a_while_the_new_one_first() {
        Secret one = secret(1);
        Secret two = secret(2);
        Endpoint rotated = endpoint(one).rotated(two, NOW, Duration.ofHours(1));
        Instant end = NOW.plus(Duration.ofHours(1));
        assertThat(texts(rotated, NOW)).containsExactly(two.text(), one.text());
        assertThat(texts(rotated, end.minusNanos(1))).containsExactly(two.text(), one.text());
        assertThat(texts(rotated, end)).containsExactly(two.text());
    }

    @Test
    void a_rotation_in_a_rotation_ends_the_oldest_at_once() {
        Endpoint twice = endpoint(secret(1)).rotated(secret(2), NOW, Duration.ofHours(1))
                .rotated(secret(3), NOW.plusSeconds(1), Duration.ofHours(1));
        assertThat(texts(twice, NOW.plusSeconds(2))).containsExactly(secret(3).text(), secret(2).text());
    }

    @Test
    void a_rotation_without_overlap_ends_the_old_one_at_once() {
        assertThat(texts(endpoint(secret(1)).rotated(secret(2), NOW, Duration.ZERO), NOW))
                .containsExactly(secret(2).text());
    }

    private static List<String> texts(Endpoint endpoint, Instant now) {
        return endpoint.secretsAt(now).stream().map(Secret::text).toList();
    }

    private static Endpoint endpoint(Secret secret) {
        return new Endpoint(new EndpointId(new UUID(0, 1)), new ServiceId(new UUID(0, 2)), "",
                URI.create("https://x.example/"), Endpoint.Format.STANDARD, Set.of(), List.of(secret), Optional.empty(),
                NOW);
    }

    static Secret secret(int filling) {
        return Secret.random(count -> {
            byte[] bytes = new byte[count];
            Arrays.fill(bytes, (byte) filling);
            return bytes;
        });
    }

    private static String text(int length) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[length]);
    }
}
