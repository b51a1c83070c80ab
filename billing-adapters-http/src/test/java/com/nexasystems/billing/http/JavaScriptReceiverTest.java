package com.nexasystems.billing.http;

import static com.nexasystems.billing.http.WebhookFixtures.BODY;
import static com.nexasystems.billing.http.WebhookFixtures.PATIENT;
import static com.nexasystems.billing.http.WebhookFixtures.SECRET;
import static com.nexasystems.billing.http.WebhookFixtures.endpoint;
import static com.nexasystems.billing.http.WebhookFixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A receiver in JavaScript, with the official library, verifies what is sent. By hand, since it needs Node.js:
 *
 * <pre>
 * npm ci --prefix billing-adapters-http/src/test/js
 * mvn -pl billing-adapters-http -am test -Dtest=JavaScriptReceiverTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dbilling.node=true
 * </pre>
 */
@EnabledIfSystemProperty(named = "billing.node", matches = "true")
class JavaScriptReceiverTest {

    private static final Secret NEXT = secret("next");

    private final HttpWebhooks webhooks = HttpWebhooks.open(Billing.inMemory(Clock.systemUTC()), PATIENT);
    private Process node;
    private URI url;

    @BeforeEach
    void start() throws IOException {
        node = new ProcessBuilder("node", Path.of("src", "test", "js", "receiver.mjs").toString(), SECRET.text())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var lines = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        url = URI.create("http://127.0.0.1:" + lines.readLine() + "/hook");
    }

    @AfterEach
    void stop() {
        webhooks.close();
        node.destroy();
    }

    private Answer answer(String body, Instant at, Secret... secrets) {
        return webhooks.send(new Message(endpoint(url, Format.STANDARD), "msg_1", at.getEpochSecond(), body,
                List.of(secrets))).join();
    }

    @Test
    void takes_what_is_signed_with_its_secret_whatever_the_characters_and_during_a_rotation() {
        assertThat(answer(BODY, Instant.now(), SECRET).status()).contains(204);
        assertThat(answer("{}", Instant.now(), SECRET).status()).contains(204);
        assertThat(answer(BODY, Instant.now(), NEXT, SECRET).status()).contains(204);
        assertThat(answer(BODY, Instant.now(), SECRET, NEXT).status()).contains(204);
    }

    @Test
    void takes_nothing_else() {
        assertThat(answer(BODY, Instant.now(), NEXT).detail()).isEqualTo("No matching signature found");
        assertThat(answer(BODY, Instant.now().minusSeconds(400), SECRET).detail()).isEqualTo("Message timestamp too old");
        assertThat(answer(BODY, Instant.now().plusSeconds(400), SECRET).detail()).isEqualTo("Message timestamp too new");
    }
}
