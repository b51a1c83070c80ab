package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Stripe sends, as it is written there. */
class StripeNoticesTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String EVENT = """
            {"id": "evt_1", "object": "event", %s"type": "%s", "data": {"object": %s}}""";

    private final StripeNotices notices = notices("whsec_new", "whsec_old");

    private static StripeNotices notices(String... secrets) {
        return StripeNotices.of(StripeSettings.of("sk_test_1", secrets), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            payment_intent.succeeded      | {"id": "pi_1", "object": "payment_intent"}                 | CHARGE | pi_1
            payment_intent.payment_failed | {"id": "pi_1", "object": "payment_intent"}                 | CHARGE | pi_1
            charge.refunded               | {"id": "ch_1", "object": "charge", "payment_intent": "pi_1"} | CHARGE | pi_1
            charge.succeeded              | {"id": "ch_1", "object": "charge", "payment_intent": null} | NOTHING_OF_OURS | ''
            charge.succeeded              | {"id": "ch_1", "object": "charge"}                         | NOTHING_OF_OURS | ''
            charge.refund.updated         | {"id": "re_1", "object": "refund", "payment_intent": "pi_1"} | REFUND | re_1
            refund.created                | {"id": "re_1", "object": "refund"}                         | REFUND | re_1
            refund.failed                 | {"id": "pyr_1", "object": "refund"}                        | REFUND | pyr_1
            charge.dispute.created        | {"id": "dp_1", "object": "dispute", "charge": "ch_1"}      | DISPUTE | dp_1
            charge.dispute.closed         | {"id": "du_1", "object": "dispute"}                        | DISPUTE | du_1
            invoice.paid                  | {"id": "in_1", "object": "invoice"}                        | NOTHING_OF_OURS | ''
            setup_intent.succeeded        | {"id": "seti_1", "object": "setup_intent"}                 | NOTHING_OF_OURS | ''
            balance.available             | {"object": "balance"}                                      | NOTHING_OF_OURS | ''
            of.tomorrow                   | {"id": "x_1", "object": "something_new"}                   | NOTHING_OF_OURS | ''
            """)
    void an_event_says_what_has_changed(String type, String object, Subject subject, String id) {
        for (String version : new String[] {"\"api_version\": \"2026-07-29.dahlia\", ", "\"api_version\": \"2019-05-16\", ",
            "\"api_version\": null, ", ""}) {
            assertThat(read(EVENT.formatted(version, type, object))).isEqualTo(new Notice(subject, id, "evt_1 " + type));
        }
    }

    @Test
    void a_thin_event_is_of_no_concern() {
        assertThat(read("""
                {"id": "evt_65U", "object": "v2.core.event", "type": "v1.billing.meter.error_report_triggered",
                 "related_object": {"id": "mtr_1", "type": "billing.meter"}}""").subject())
                .isEqualTo(Subject.NOTHING_OF_OURS);
        assertThat(read("""
                {"id": "evt_65U", "object": "v2.core.event", "type": "v2.core.account[requirements].updated"}""").subject())
                .isEqualTo(Subject.NOTHING_OF_OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "17", "\"x\"", "{}", "{\"id\": \"evt_1\"}",
        "{\"id\": [], \"type\": \"x\"}", "{\"id\": \"evt_1\", \"type\": \"x y\"}",
        "{\"id\": \"evt_1\\nforged line\", \"type\": \"x\"}",
        "{\"id\": \"evt_1\", \"type\": \"x\", \"data\": {\"object\": {\"object\": \"refund\"}}}",
        "{\"id\": \"evt_1\", \"type\": \"x\", \"data\": {\"object\": {\"object\": \"refund\", \"id\": \"../../x\"}}}",
        "{\"id\": \"evt_1\", \"type\": \"x\", \"data\": {\"object\": {\"object\": \"payment_intent\", \"id\": \"..\"}}}",
        "{\"id\": \"evt_1\", \"type\": \"x\", \"data\": {\"object\": {\"object\": \"dispute\", \"id\": \"dp_[1]\"}}}"})
    void a_body_that_is_no_event_is_refused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidValue.class).hasMessageStartingWith("body");
    }

    @Test
    void what_belongs_to_nothing_may_lack_whatever_it_lacks() {
        assertThat(read("{\"id\": \"evt_1\", \"type\": \"x\"}").subject()).isEqualTo(Subject.NOTHING_OF_OURS);
        assertThat(read("{\"id\": \"evt_1\", \"type\": \"x\", \"data\": 1}").subject()).isEqualTo(Subject.NOTHING_OF_OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t=abc", "t", "v1", "t=", "t=1,v1", "v1=00", "t=1761998400", "t=999999999999999999999,v1=00",
        "t=-5,v1=00", "t=１２３,v1=00", ",,,,", "t=1761998400,v0=00"})
    void a_header_that_is_none_is_refused(String header) {
        assertThatThrownBy(() -> notices.read(new byte[0], name -> Optional.of(header))).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("Stripe-Signature");
    }

    @Test
    void without_a_header_or_with_an_endless_one_it_is_refused() {
        assertThatThrownBy(() -> notices.read(new byte[0], name -> Optional.empty())).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> notices.read(new byte[0], name -> Optional.of("v1=0,".repeat(100_000))))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void any_of_our_secrets_and_any_of_the_signatures_may_be_right() {
        String body = EVENT.formatted("", "refund.created", "{\"id\": \"re_1\", \"object\": \"refund\"}");
        String old = signature("whsec_old", body);
        String other = signature("whsec_other", body).substring(old.indexOf(','));
        assertThat(notices.read(bytes(body), name -> Optional.of(old)).id()).isEqualTo("re_1");
        assertThat(notices.read(bytes(body), name -> Optional.of(old + other + ",v0=00")).id()).isEqualTo("re_1");
        String rolled = "t=" + NOW.getEpochSecond() + other + old.substring(old.indexOf(','));
        assertThat(notices.read(bytes(body), name -> Optional.of(rolled)).id()).isEqualTo("re_1");
        assertThatThrownBy(() -> notices("whsec_new").read(bytes(body), name -> Optional.of(old)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void without_a_secret_nothing_is_believed() {
        String body = EVENT.formatted("", "refund.created", "{\"id\": \"re_1\", \"object\": \"refund\"}");
        assertThatThrownBy(() -> notices().read(bytes(body), name -> Optional.of(signature("", body + " "))))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void the_signature_is_that_of_stripes_own_library() throws GeneralSecurityException {
        String body = EVENT.formatted("", "refund.created", "{\"id\": \"re_1\", \"object\": \"refund\", \"x\": \"ß €\"}");
        String header = Webhook.Signature.generateSignatureHeader(body, "whsec_new", NOW.getEpochSecond());
        assertThat(notices.read(bytes(body), name -> Optional.of(header)).id()).isEqualTo("re_1");
        assertThat(signature("whsec_new", body)).isEqualTo(header);
    }

    @Test
    void what_the_fake_sends_is_read() {
        try (var world = new StripeWorld()) {
            String charge = world.gateway.charge(world.order("invoice-1-1")).id();
            String body = world.stripe.event("payment_intent.succeeded", charge);
            Notice notice = StripeNotices.of(world.settings, world.clock)
                    .read(bytes(body), name -> Optional.of(world.stripe.signature("whsec_1", body)));
            assertThat(notice.subject()).isEqualTo(Subject.CHARGE);
            assertThat(world.gateway.charge(notice.id())).isPresent();
        }
    }

    private Notice read(String body) {
        return notices.read(bytes(body), name -> Optional.of(signature("whsec_new", body)).filter(found ->
                "Stripe-Signature".equalsIgnoreCase(name)));
    }

    private static String signature(String secret, String body) {
        return FakeStripe.signature(secret.isEmpty() ? "x" : secret, NOW, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
