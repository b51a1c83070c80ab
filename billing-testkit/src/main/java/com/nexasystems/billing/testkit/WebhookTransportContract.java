package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.Signature;
import com.nexasystems.billing.webhook.WebhookTransport;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Extend, hand over your transport and receivers that it can reach, and JUnit runs the rules of {@link WebhookTransport}.
 * Let the transport wait for an answer for a second or two: the contract waits that long for receivers that never give one.
 */
@Timeout(60)
public abstract class WebhookTransportContract {

    private static final long NOW = 1_772_323_200L;
    private static final long SEQUENCE = 7_654_321L;
    private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final Secret ONE = secret(1);
    private static final Secret OTHER = secret(2);
    private static final List<Integer> STATUSES = List.of(200, 201, 202, 204, 299, 400, 401, 404, 409, 410, 418, 422, 429,
            500, 502, 503, 504);

    private WebhookTransport transport;

    /** For implementors in any package. */
    protected WebhookTransportContract() {
    }

    /** Called once in each test, before all others. */
    protected abstract WebhookTransport transport();

    /** A new one that the transport may send to, and that takes what it gets. */
    protected abstract Receiver receiver();

    /** Where something takes what is sent and never answers. */
    protected abstract URI hanging();

    /** Where nobody listens. */
    protected abstract URI unreachable();

    /** Where the connection ends in the middle of the answer's headers, or before. */
    protected abstract URI breakingOff();

    /** That nothing is ever sent to. */
    protected abstract URI refused();

    /** Somebody at the other end. */
    public interface Receiver {

        URI url();

        /** What it answers from now on. */
        void answer(Reply reply);

        /** What has come, in the order in which it came. */
        List<Received> received();
    }

    /** What a receiver answers. */
    public record Reply(int status, Map<String, String> headers, String body) {

        public Reply {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * What a receiver got.
     *
     * @param id        header {@code webhook-id}
     * @param timestamp header {@code webhook-timestamp}
     * @param signature header {@code webhook-signature}
     * @param body      to the byte
     */
    public record Received(String id, String timestamp, String signature, byte[] body) { }

    @BeforeEach
    final void beginWithTheTransport() {
        transport = transport();
    }

    @Test
    @DisplayName("WT-1 what is sent arrives with its id, time and body, to the byte")
    void what_is_sent_arrives_to_the_byte() {
        Receiver receiver = receiver();
        List<String> bodies = List.of("{}", " {\"a\" : 1.10}\r\n\t", "{\"name\":\"Zoë \\\"ü\\\" 公司 🚀\"}", "",
                "{\"long\":\"" + "ß1".repeat(50_000) + "\"}");
        bodies.forEach(body -> send(message(receiver.url(), body, ONE)));
        assertThat(receiver.received()).extracting(got -> new String(got.body(), StandardCharsets.UTF_8)).isEqualTo(bodies);
        assertThat(receiver.received()).allSatisfy(got -> {
            assertThat(got.id()).isEqualTo(ID);
            assertThat(got.timestamp()).isEqualTo(Long.toString(NOW));
        });
    }

    @Test
    @DisplayName("WT-1 what is sent is signed with each of the secrets, and with no other")
    void what_is_sent_is_signed_with_each_of_the_secrets() {
        Receiver receiver = receiver();
        for (List<Secret> secrets : List.of(List.of(ONE), List.of(OTHER), List.of(ONE, OTHER))) {
            send(new Message(endpoint(receiver.url(), Format.STANDARD), ID, NOW, "{\"ü\":1}", secrets));
            Received got = receiver.received().get(receiver.received().size() - 1);
            assertThat(got.signature().split(" ")).containsExactlyInAnyOrderElementsOf(secrets.stream()
                    .map(secret -> Signature.of(secret.key(), ID, Long.toString(NOW), got.body())).toList());
        }
    }

    @Test
    @DisplayName("WT-2 an answer is given with its status")
    void an_answer_is_given_with_its_status() {
        Receiver receiver = receiver();
        for (int status : STATUSES) {
            receiver.answer(new Reply(status, Map.of(), ""));
            Answer answer = send(message(receiver.url(), "{}", ONE));
            assertThat(answer.status()).contains(status);
            assertThat(answer.retryAfter()).isEmpty();
        }
        assertThat(receiver.received()).hasSameSizeAs(STATUSES);
    }

    @Test
    @DisplayName("WT-2 an answer is given with how long it asks to wait")
    void an_answer_is_given_with_how_long_it_asks_to_wait() {
        Receiver receiver = receiver();
        for (int seconds : List.of(0, 1, 120, 86_400, 1_000_000)) {
            receiver.answer(new Reply(429, Map.of("Retry-After", Integer.toString(seconds)), "later"));
            assertThat(send(message(receiver.url(), "{}", ONE)).retryAfter()).contains(Duration.ofSeconds(seconds));
        }
    }

    @Test
    @DisplayName("WT-2 an answer is given with the begin of its body")
    void an_answer_is_given_with_the_begin_of_its_body() {
        Receiver receiver = receiver();
        receiver.answer(new Reply(500, Map.of(), "out of order"));
        assertThat(send(message(receiver.url(), "{}", ONE)).detail()).isEqualTo("out of order");
        String body = "0123456789".repeat(20_000);
        receiver.answer(new Reply(500, Map.of(), body));
        String detail = send(message(receiver.url(), "{}", ONE)).detail();
        assertThat(detail).isNotEmpty();
        assertThat(body).startsWith(detail);
    }

    @Test
    @DisplayName("WT-3 where nobody listens there is no status, but a reason")
    void where_nobody_listens_there_is_no_status() {
        assertNoAnswer(unreachable());
    }

    @Test
    @DisplayName("WT-3 of whoever does not answer in time there is no status, but a reason")
    void of_whoever_does_not_answer_in_time_there_is_no_status() {
        assertNoAnswer(hanging());
    }

    @Test
    @DisplayName("WT-3 of whoever breaks off there is no status, but a reason")
    void of_whoever_breaks_off_there_is_no_status() {
        assertNoAnswer(breakingOff());
    }

    @Test
    @DisplayName("WT-3 whoever does not answer holds up nobody else")
    void whoever_does_not_answer_holds_up_nobody_else() {
        Receiver receiver = receiver();
        List<CompletableFuture<Answer>> waiting = IntStream.range(0, 20)
                .mapToObj(i -> transport.send(message(hanging(), "{}", ONE))).toList();
        assertThat(send(message(receiver.url(), "{}", ONE)).status()).contains(200);
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.join().status()).isEmpty());
    }

    @Test
    @DisplayName("WT-4 nothing follows a redirect")
    void nothing_follows_a_redirect() {
        Receiver receiver = receiver();
        Receiver elsewhere = receiver();
        for (int status : List.of(301, 302, 303, 307, 308)) {
            receiver.answer(new Reply(status, Map.of("Location", elsewhere.url().toString()), ""));
            assertThat(send(message(receiver.url(), "{}", ONE)).status()).contains(status);
        }
        assertThat(elsewhere.received()).isEmpty();
    }

    @Test
    @DisplayName("WT-5 the body of an event is the same again")
    void the_body_of_an_event_is_the_same_again() {
        for (Format format : Format.values()) {
            Endpoint endpoint = endpoint(receiver().url(), format);
            for (EventType type : EventType.values()) {
                assertThat(transport.body(endpoint, event(type))).isEqualTo(transport.body(endpoint, event(type)));
            }
        }
    }

    @Test
    @DisplayName("WT-5 a body names the event's type and sequence number")
    void a_body_names_the_type_and_sequence_number() {
        Endpoint endpoint = endpoint(receiver().url(), Format.STANDARD);
        for (EventType type : EventType.values()) {
            assertThat(transport.body(endpoint, event(type)).orElseThrow())
                    .contains(type.code()).contains(Long.toString(SEQUENCE));
        }
    }

    @Test
    @DisplayName("WT-6 an address that is never called is refused with the reason, and another is not")
    void an_address_that_is_never_called_is_refused() {
        assertThat(transport.refusal(refused()).orElseThrow()).isNotBlank();
        assertThat(transport.refusal(receiver().url())).isEmpty();
    }

    @Test
    @DisplayName("WT-6 nothing is sent to an address that is never called, and the answer says why")
    void nothing_is_sent_to_an_address_that_is_never_called() {
        Answer answer = send(message(refused(), "{}", ONE));
        assertThat(answer.status()).isEmpty();
        assertThat(answer.detail()).contains(transport.refusal(refused()).orElseThrow());
    }

    private void assertNoAnswer(URI url) {
        Answer answer = send(message(url, "{}", ONE));
        assertThat(answer.status()).isEmpty();
        assertThat(answer.retryAfter()).isEmpty();
        assertThat(answer.detail()).isNotBlank();
    }

    private Answer send(Message message) {
        return transport.send(message).join();
    }

    private static Message message(URI url, String body, Secret secret) {
        return new Message(endpoint(url, Format.STANDARD), ID, NOW, body, List.of(secret));
    }

    private static Endpoint endpoint(URI url, Format format) {
        return new Endpoint(new EndpointId(Samples.id("endpoint " + url)), Samples.service("hosting").id(), "hosting", url,
                format, Set.of(), List.of(ONE), Optional.empty(), Samples.NEW_YEAR);
    }

    private static Sequenced event(EventType type) {
        return new Sequenced(SEQUENCE, new BillingEvent(Samples.id("event " + type), type, Samples.service("hosting").id(),
                Samples.id("subscription"), Samples.NEW_YEAR, Map.of("external_id", "Straße \"ü\" 🚀", "total", "0.10",
                "currency", "CAD", "invoice_id", Samples.id("invoice").toString(), "subscription_id",
                Samples.id("subscription").toString())));
    }

    private static Secret secret(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return new Secret("whsec_" + Base64.getEncoder().encodeToString(key), Optional.empty());
    }
}
