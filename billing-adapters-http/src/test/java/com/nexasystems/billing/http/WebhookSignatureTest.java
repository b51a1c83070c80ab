package com.nexasystems.billing.http;

import static com.nexasystems.billing.http.WebhookFixtures.BODY;
import static com.nexasystems.billing.http.WebhookFixtures.PATIENT;
import static com.nexasystems.billing.http.WebhookFixtures.SECRET;
import static com.nexasystems.billing.http.WebhookFixtures.leadingTo;
import static com.nexasystems.billing.http.WebhookFixtures.message;
import static com.nexasystems.billing.http.WebhookFixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.WebhookReceiver.Received;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookVerifier;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What arrives over HTTPS, as receivers verify it: with our verifier, and with the official library. */
class WebhookSignatureTest {

    private static final Secret NEXT = secret("next");

    private final WebhookReceiver receiver = WebhookReceiver.https();
    private final HttpWebhooks webhooks = HttpWebhooks.open(Billing.inMemory(Clock.systemUTC()), PATIENT,
            TestCertificates.SHARED.ofTheSender(), leadingTo("127.0.0.1"));

    @AfterEach
    void close() {
        webhooks.close();
        receiver.close();
    }

    private Received sent(Format format, List<Secret> secrets) {
        var message = message(receiver.on(TestCertificates.HOST, "/hook?tenant=7&x=%2F"), format, secrets, Instant.now());
        assertThat(webhooks.send(message).join().status()).contains(204);
        return receiver.next();
    }

    private static boolean isGenuine(Received received, Secret... secrets) {
        return new WebhookVerifier(List.of(secrets).stream().map(Secret::text).toList(), Clock.systemUTC()).isGenuine(
                received.header("webhook-id"), received.header("webhook-timestamp"), received.header("webhook-signature"),
                received.body());
    }

    private static void verifyOfficially(Received received, Secret secret) throws WebhookVerificationException {
        var headers = new HashMap<String, List<String>>();
        received.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        new Webhook(secret.text()).verify(new String(received.body(), StandardCharsets.UTF_8), headers);
    }

    @Test
    void what_arrives_is_what_was_given_to_the_byte_and_both_verifiers_take_it() throws WebhookVerificationException {
        Received received = sent(Format.STANDARD, List.of(SECRET));
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.target()).isEqualTo("/hook?tenant=7&x=%2F");
        assertThat(received.body()).isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(received.header("content-type")).isEqualTo("application/json");
        assertThat(received.header("host")).isEqualTo(TestCertificates.HOST + ":" + receiver.port());
        assertThat(received.header("user-agent")).isEqualTo("nexa-billing-webhooks/1");
        assertThat(received.header("connection")).isEqualTo("close");
        assertThat(received.headers().keySet()).containsExactlyInAnyOrder("Host", "Connection", "User-agent", "Content-type",
                "Content-length", "Webhook-id", "Webhook-timestamp", "Webhook-signature");
        assertThat(isGenuine(received, SECRET)).isTrue();
        verifyOfficially(received, SECRET);
    }

    @Test
    void a_stranger_s_secret_verifies_nothing() {
        Received received = sent(Format.STANDARD, List.of(SECRET));
        assertThat(isGenuine(received, NEXT)).isFalse();
        assertThatThrownBy(() -> verifyOfficially(received, NEXT)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void during_a_rotation_receivers_may_have_either_secret() throws WebhookVerificationException {
        Received received = sent(Format.STANDARD, List.of(NEXT, SECRET));
        assertThat(received.header("webhook-signature").split(" ")).hasSize(2);
        assertThat(isGenuine(received, SECRET)).isTrue();
        assertThat(isGenuine(received, NEXT)).isTrue();
        assertThat(isGenuine(received, NEXT, SECRET)).isTrue();
        verifyOfficially(received, SECRET);
        verifyOfficially(received, NEXT);
    }

    @Test
    void lago_s_receivers_find_lago_s_headers_beside_the_standard_ones() throws Exception {
        Received received = sent(Format.LAGO, List.of(NEXT, SECRET));
        verifyOfficially(received, SECRET);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(NEXT.text().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(received.header("x-lago-signature")).isEqualTo(Base64.getEncoder().encodeToString(
                mac.doFinal(received.body())));
        assertThat(received.header("x-lago-signature-algorithm")).isEqualTo("hmac");
        assertThat(received.header("x-lago-unique-key")).isEqualTo(received.header("webhook-id"));
    }
}
