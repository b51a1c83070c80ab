package com.nexasystems.billing.http;

import static com.nexasystems.billing.http.WebhookFixtures.PATIENT;
import static com.nexasystems.billing.http.WebhookFixtures.leadingTo;
import static com.nexasystems.billing.http.WebhookFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.testkit.TestClock;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of answers, and of receivers that mean no good. */
class WebhookAnswerTest {

    private static final WebhookSettings HASTY = PATIENT.within(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final String BROKEN = "the connection broke off before the answer was complete";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    private final TestClock clock = TestClock.startingAt("2026-03-01T00:00:00Z");
    @RegisterExtension
    final Opened opened = new Opened();

    private HttpWebhooks webhooks(WebhookSettings settings, SSLContext trust) {
        return opened.open(HttpWebhooks.open(Billing.inMemory(clock), settings, trust, leadingTo("127.0.0.1")));
    }

    private HttpWebhooks webhooks(WebhookSettings settings) {
        return webhooks(settings, TestCertificates.SHARED.ofTheSender());
    }

    private RawReceiver receiver(RawReceiver.Behaviour behaviour) {
        return opened.open(RawReceiver.answering(behaviour));
    }

    private Answer answer(RawReceiver receiver, WebhookSettings settings) {
        Answer answer = webhooks(settings).send(message(receiver.url("/"))).join();
        assertThat(receiver.connections).hasValue(1);
        return answer;
    }

    private static void again(RawReceiver.Behaviour behaviour, Socket connection)
            throws IOException, InterruptedException {
        while (true) {
            behaviour.treat(connection);
        }
    }

    @ParameterizedTest(name = "what drips after {0} is given up when the time is over, and its connection closed")
    @ValueSource(strings = {"Content-Length: 1000000\r\n\r\n", "X-Slow: "})
    void endsDrips(String begin) throws InterruptedException {
        RawReceiver receiver = receiver(connection -> {
            RawReceiver.write(connection, HEAD + begin);
            again(each -> {
                RawReceiver.write(each, ".");
                Thread.sleep(20);
            }, connection);
        });
        assertThat(answer(receiver, HASTY)).isEqualTo(Answer.none("no answer within 1000 ms"));
        assertThat(receiver.isLeft()).isTrue();
    }

    @Test
    @DisplayName("interim answers without end are given up when the time is over, and their connection closed")
    void endsInterimAnswers() throws InterruptedException {
        RawReceiver receiver = receiver(connection -> again(each -> {
            RawReceiver.write(each, "HTTP/1.1 103 Early Hints\r\n\r\n");
            Thread.sleep(1);
        }, connection));
        assertThat(answer(receiver, HASTY)).isEqualTo(Answer.none("no answer within 1000 ms"));
        assertThat(receiver.isLeft()).isTrue();
    }

    @Test
    @DisplayName("whoever never answers is given up when the time is over, and the connection closed")
    void endsSilence() throws InterruptedException {
        RawReceiver receiver = receiver(connection -> connection.getInputStream().readAllBytes());
        assertThat(answer(receiver, HASTY)).isEqualTo(Answer.none("no answer within 1000 ms"));
        assertThat(receiver.isLeft()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000000000", "Transfer-Encoding: chunked", "Connection: close"})
    @DisplayName("an answer without end is read up to the limit; then its status counts and its connection is closed")
    void readsNoMoreThanTheLimit(String length) throws InterruptedException {
        RawReceiver receiver = receiver(connection -> {
            RawReceiver.write(connection, HEAD + length + "\r\n\r\n");
            String line = "x".repeat(1022) + "\r\n";
            String piece = length.contains("chunked") ? "400\r\n" + line + "\r\n" : line;
            again(each -> RawReceiver.write(each, piece), connection);
        });
        Answer answer = answer(receiver, PATIENT);
        assertThat(answer.status()).contains(200);
        assertThat(answer.detail()).matches("x{1000}");
        assertThat(receiver.isLeft()).isTrue();
    }

    @Test
    @DisplayName("an answer that is as long as the limit is read to its end, and of one that is longer as much")
    void readsUpToTheLimit() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        HttpWebhooks webhooks = webhooks(PATIENT.reading(100));
        receiver.answers(200, Map.of(), "y".repeat(100));
        assertThat(webhooks.send(message(receiver.url("/"))).join()).isEqualTo(new Answer(Optional.of(200), Optional.empty(),
                "y".repeat(100)));
        receiver.answers(200, Map.of(), "y".repeat(101));
        assertThat(webhooks.send(message(receiver.url("/"))).join()).isEqualTo(new Answer(Optional.of(200), Optional.empty(),
                "y".repeat(100)));
    }

    @Test
    @DisplayName("headers without end are no answer, and end the connection")
    void limitsHeads() throws InterruptedException {
        RawReceiver lines = receiver(connection -> {
            RawReceiver.write(connection, HEAD);
            again(each -> RawReceiver.write(each, "X-More: " + "z".repeat(1000) + "\r\n"), connection);
        });
        assertThat(answer(lines, PATIENT)).isEqualTo(Answer.none("the answer is not HTTP, or too large a head"));
        assertThat(lines.isLeft()).isTrue();
        RawReceiver line = receiver(connection -> {
            RawReceiver.write(connection, HEAD + "X-Long: ");
            again(each -> RawReceiver.write(each, "z".repeat(1000)), connection);
        });
        assertThat(answer(line, PATIENT)).isEqualTo(Answer.none("the answer is not HTTP, or too large a head"));
        assertThat(line.isLeft()).isTrue();
    }

    @Test
    @DisplayName("a connection that is reset is no answer, and the message is not sent once more")
    void repeatsNothing() {
        RawReceiver reset = receiver(connection -> connection.setSoLinger(true, 0));
        assertThat(answer(reset, PATIENT)).isEqualTo(Answer.none(BROKEN));
        RawReceiver closed = receiver(connection -> { });
        assertThat(answer(closed, PATIENT)).isEqualTo(Answer.none(BROKEN));
        RawReceiver halfway = receiver(connection -> RawReceiver.write(connection, HEAD + "Content-Length: 10\r\n\r\nabc"));
        assertThat(answer(halfway, PATIENT)).isEqualTo(Answer.none(BROKEN));
        RawReceiver chunk = receiver(connection -> RawReceiver.write(connection, HEAD
                + "Transfer-Encoding: chunked\r\n\r\n10\r\nabc"));
        assertThat(answer(chunk, PATIENT)).isEqualTo(Answer.none(BROKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "220 smtp.example.com ESMTP\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
            "\u0016\u0003\u0001\u0000\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"})
    @DisplayName("what does not speak HTTP is no answer")
    void understandsOnlyHttp(String greeting) {
        RawReceiver receiver = receiver(connection -> RawReceiver.write(connection, greeting));
        Answer answer = answer(receiver, PATIENT);
        assertThat(answer.status()).isEmpty();
        assertThat(answer.detail()).isNotBlank();
    }

    @Test
    @DisplayName("who asks to authenticate, to wait or to keep a cookie gets no second request for it, and no cookie")
    void doesNothingByItself() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        HttpWebhooks webhooks = webhooks(PATIENT);
        Map<Integer, Map<String, String>> answers = Map.of(401, Map.of("WWW-Authenticate", "Basic realm=\"x\""),
                407, Map.of("Proxy-Authenticate", "Basic realm=\"x\""), 408, Map.of(), 425, Map.of(),
                429, Map.of("Retry-After", "0"), 503, Map.of("Retry-After", "0"), 200, Map.of("Set-Cookie", "a=b; Path=/"));
        answers.forEach((status, headers) -> {
            receiver.answers(status, headers, "");
            assertThat(webhooks.send(message(receiver.url("/"))).join().status()).contains(status);
            assertThat(receiver.next().headers()).doesNotContainKeys("Cookie", "Authorization", "Proxy-authorization");
            assertThat(receiver.received).isEmpty();
        });
    }

    @Test
    @DisplayName("what is packed stays packed")
    void unpacksNothing() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(new byte[10 << 20]);
        }
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
        });
        Answer answer = webhooks(PATIENT).send(message(receiver.url("/"))).join();
        assertThat(answer.status()).contains(200);
        assertThat(receiver.next().headers()).doesNotContainKey("Accept-encoding");
    }

    @Test
    @DisplayName("what strangers answer can be stored: no control characters, no half characters, at most 1 000")
    void cleansDetails() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        HttpWebhooks webhooks = webhooks(PATIENT);
        receiver.answers(200, Map.of(), "a\u0000b\r\n\u001b[31mc\u009f\u00e9");
        assertThat(webhooks.send(message(receiver.url("/"))).join().detail()).isEqualTo("a b   [31mc \u00e9");
        receiver.answers(200, Map.of(), "\ud83d\ude80".repeat(600).substring(1) + "x");
        assertThat(webhooks.send(message(receiver.url("/"))).join().detail()).hasSizeLessThanOrEqualTo(1_000);
        receiver.answers(200, Map.of(), "x" + "\ud83d\ude80".repeat(600));
        assertThat(webhooks.send(message(receiver.url("/"))).join().detail()).hasSize(999).endsWith("\ud83d\ude80");
        receiver.answers(exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {(byte) 0xc3, (byte) 0xff});
        });
        assertThat(webhooks.send(message(receiver.url("/"))).join().detail()).isEqualTo("\ufffd\ufffd");
    }

    @Test
    @DisplayName("a certificate that is not trusted, or is another host's, ends it before anything is sent")
    void trustsNobodyElse() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.https());
        Answer untrusted = webhooks(PATIENT, SSLContexts.createDefault())
                .send(message(receiver.on(TestCertificates.HOST, "/"))).join();
        assertThat(untrusted.status()).isEmpty();
        assertThat(untrusted.detail()).startsWith("no trusted TLS connection");
        Answer another = webhooks(PATIENT).send(message(receiver.on("other.example.com", "/"))).join();
        assertThat(another.status()).isEmpty();
        assertThat(another.detail()).startsWith("no trusted TLS connection");
        assertThat(receiver.received).isEmpty();
    }

    @Test
    @DisplayName("who draws out the TLS handshake is given up when the time is over, and the connection closed")
    void endsHandshakes() throws InterruptedException {
        RawReceiver silent = opened.open(RawReceiver.speaking(connection -> connection.getInputStream().readAllBytes()));
        RawReceiver dripping = opened.open(RawReceiver.speaking(connection -> {
            connection.getOutputStream().write(new byte[] {0x16, 3, 3, 0x40, 0});
            again(each -> {
                each.getOutputStream().write(0);
                Thread.sleep(20);
            }, connection);
        }));
        for (RawReceiver receiver : List.of(silent, dripping)) {
            URI url = URI.create("https://localhost:" + receiver.port() + "/");
            assertThat(webhooks(HASTY.within(Duration.ofSeconds(2), Duration.ofSeconds(1))).send(message(url)).join())
                    .isEqualTo(Answer.none("no answer within 1000 ms"));
            assertThat(receiver.isLeft()).isTrue();
        }
        RawReceiver plain = opened.open(RawReceiver.speaking(connection -> RawReceiver.write(connection, HEAD + "\r\n")));
        assertThat(webhooks(PATIENT).send(message(URI.create("https://localhost:" + plain.port() + "/"))).join().status())
                .isEmpty();
    }

    @Test
    @DisplayName("what is under way when sending stops has no answer, and nothing is sent afterwards")
    void stops() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        RawReceiver receiver = receiver(connection -> {
            arrived.countDown();
            connection.getInputStream().readAllBytes();
        });
        HttpWebhooks webhooks = webhooks(PATIENT);
        CompletableFuture<Answer> answer = webhooks.send(message(receiver.url("/")));
        arrived.await();
        webhooks.close();
        assertThat(answer.join().status()).isEmpty();
        assertThat(webhooks.send(message(receiver.url("/"))).join()).isEqualTo(Answer.none("sending has stopped"));
        assertThat(receiver.connections).hasValue(1);
    }

    @ParameterizedTest(name = "Retry-After: {0} asks for {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0                               | PT0S
            120                             | PT2M
            86400                           | PT24H
            ' 7 '                           | PT7S
            999999999                       | PT277777H46M39S
            Sun, 01 Mar 2026 00:01:00 GMT   | PT1M
            Sunday, 01-Mar-26 00:01:00 GMT  | PT1M
            'Sun Mar  1 00:01:00 2026'      |
            Sun, 01 Mar 2026 00:00:00 GMT   | PT0S
            Sat, 28 Feb 2026 00:00:00 GMT   |
            -1                              |
            1.5                             |
            1e3                             |
            99999999999999999999            |
            soon                            |
            2026-03-01T00:01:00Z            |
            Sun, 31 Feb 2026 00:01:00 GMT x |
            ''                              |
            """)
    void readsRetryAfter(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, clock.instant()).orElse(null)).isEqualTo(wait);
    }

    @Test
    @DisplayName("an answer carries how long it asks to wait")
    void carriesRetryAfter() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        HttpWebhooks webhooks = webhooks(PATIENT);
        receiver.answers(503, Map.of("Retry-After", "Sun, 01 Mar 2026 01:00:00 GMT"), "down");
        Answer answer = webhooks.send(message(receiver.url("/"))).join();
        assertThat(answer.retryAfter()).contains(Duration.ofHours(1));
        assertThat(answer.detail()).isEqualTo("down");
    }

    @Test
    @DisplayName("no reason names a secret, an address, or what was sent")
    void namesNoSecret() throws IOException {
        RawReceiver nobody = RawReceiver.answering(connection -> { });
        nobody.close();
        URI url = URI.create("http://127.0.0.1:" + nobody.port() + "/hook?token=hidden");
        String detail = webhooks(PATIENT).send(message(url)).join().detail();
        assertThat(detail).isEqualTo("could not connect");
    }
}
