package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIME = "1614265330";
    private static final Instant SENT = Instant.ofEpochSecond(1_614_265_330);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] KEY = new Secret(SECRET, Optional.empty()).key();
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    /** Of the specification's own libraries, for these headers and this body. */
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final TestClock clock = new TestClock(SENT);
    private final WebhookVerifier verifier = new WebhookVerifier(List.of(SECRET), clock);

    @Test
    void the_example_of_the_standard_webhooks_libraries_is_genuine() {
        assertThat(Signature.of(KEY, ID, TIME, BODY)).isEqualTo(SIGNATURE);
        assertThat(isGenuine(ID, TIME, SIGNATURE)).isTrue();
    }

    @ParameterizedTest(name = "{0} s after it was sent: {1}")
    @CsvSource({"0, true", "299, true", "300, true", "301, false", "86400, false", "-299, true", "-300, true", "-301, false",
            "-86400, false"})
    void clocks_may_be_five_minutes_apart_in_both_directions(long seconds, boolean genuine) {
        clock.set(SENT.plusSeconds(seconds));
        assertThat(isGenuine(ID, TIME, SIGNATURE)).isEqualTo(genuine);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-1614265330", "+1614265330", "1614265330.0", "1614265330 ", " 1614265330", "1.6e9",
            "0x6037", "16142653301614265330",
            "9223372036854775808", "١٦١٤٢٦٥٣٣٠", "１６１４２６５３３０", "1614265330\n", "now", "\u0000"})
    void a_malformed_timestamp_is_a_no(String timestamp) {
        assertThat(isGenuine(ID, timestamp, SIGNATURE)).isFalse();
        assertThat(isGenuine(ID, timestamp, timestamp == null ? SIGNATURE
                : Signature.of(KEY, ID, timestamp, BODY))).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "v1", "v1,", ",", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
            "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v1=g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v1,G0HM9SSE+OTPJTGT/TMIKTSYZLE3UFJELVLNIOLJ1OE=", "v1,ⅷ", "\uD800", "v1,?"})
    void a_malformed_signature_is_a_no(String signature) {
        assertThat(isGenuine(ID, TIME, signature)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "msg_p5jXN8AQM9LWM0D4loKWxJeK", "msg_p5jXN8AQM9LWM0D4loKWxJek ", "msg.", "ü", "\uDC00"})
    void another_id_is_a_no(String id) {
        assertThat(isGenuine(id, TIME, SIGNATURE)).isFalse();
    }

    @Test
    void headers_of_any_length_are_a_no_and_not_read() {
        assertThat(isGenuine(ID, TIME, "v1,x ".repeat(1_000_000) + SIGNATURE)).isFalse();
        assertThat(isGenuine(ID.repeat(100_000), TIME, SIGNATURE)).isFalse();
        assertThat(isGenuine(ID, "0".repeat(1_000_000) + TIME, SIGNATURE)).isFalse();
    }

    @Test
    void a_body_is_verified_to_the_byte() {
        assertThat(verifier.isGenuine(ID, TIME, SIGNATURE, null)).isFalse();
        assertThat(verifier.isGenuine(ID, TIME, SIGNATURE, new byte[0])).isFalse();
        for (int i = 0; i < BODY.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] forged = BODY.clone();
                forged[i] ^= (byte) (1 << bit);
                assertThat(verifier.isGenuine(ID, TIME, SIGNATURE, forged)).isFalse();
            }
        }
    }

    @Test
    void the_parts_of_what_is_signed_cannot_be_shifted() {
        byte[] body = (TIME + "." + new String(BODY, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        String signature = Signature.of(KEY, ID, TIME, body);
        assertThat(verifier.isGenuine(ID, TIME, signature, body)).isTrue();
        assertThat(isGenuine(ID + "." + TIME, TIME, signature)).as("a part of the body in the id").isFalse();
    }

    @Test
    void of_several_signatures_any_may_be_right() {
        for (String signature : List.of(SIGNATURE + " v1,other", "v1,other " + SIGNATURE, "v1a,x  " + SIGNATURE + " ",
                "v2,ü " + SIGNATURE)) {
            assertThat(isGenuine(ID, TIME, signature)).isTrue();
        }
    }

    @Test
    void of_several_secrets_any_may_have_signed_and_no_other() {
        Secret other = SecretTest.secret(1);
        Secret stranger = SecretTest.secret(2);
        var both = new WebhookVerifier(List.of(other.text(), SECRET), clock);
        assertThat(both.isGenuine(ID, TIME, SIGNATURE, BODY)).isTrue();
        assertThat(both.isGenuine(ID, TIME, Signature.of(other.key(), ID, TIME, BODY), BODY)).isTrue();
        assertThat(both.isGenuine(ID, TIME, Signature.of(stranger.key(), ID, TIME, BODY), BODY)).isFalse();
        assertThat(new WebhookVerifier(List.of(), clock).isGenuine(ID, TIME, SIGNATURE, BODY)).isFalse();
    }

    @Test
    void a_secret_that_is_none_is_refused_when_the_verifier_is_made() {
        assertThatThrownBy(() -> new WebhookVerifier(List.of(SECRET, "my secret"), clock)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void bodies_and_ids_are_utf_8() {
        byte[] body = "{\"name\":\"Zoë 公司 🚀\"}".getBytes(StandardCharsets.UTF_8);
        String id = "ü-🚀";
        String signature = Signature.of(KEY, id, TIME, body);
        assertThat(verifier.isGenuine(id, TIME, signature, body)).isTrue();
        assertThat(verifier.isGenuine(id, TIME, signature, new String(body, StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_16))).isFalse();
    }

    @Test
    void whatever_comes_is_answered_and_only_what_is_right_is_genuine() {
        Cases.check(3_000, random -> {
            String id = Cases.chance(random, 70) ? ID : text(random);
            String timestamp = Cases.chance(random, 70) ? TIME : text(random);
            String signature = Cases.chance(random, 30) ? SIGNATURE : forged(random);
            boolean right = id.equals(ID) && timestamp.equals(TIME) && List.of(signature.split(" ")).contains(SIGNATURE);
            assertThat(isGenuine(id, timestamp, signature)).isEqualTo(right);
        });
    }

    /** The right one, with mistakes in it. */
    private static String forged(SplittableRandom random) {
        var text = new StringBuilder(SIGNATURE);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> text.insert(random.nextInt(text.length() + 1), text(random));
                case 1 -> text.delete(random.nextInt(text.length()), text.length());
                default -> text.replace(0, text.length(), Base64.getEncoder()
                        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8)));
            }
            if (text.isEmpty()) {
                return "";
            }
        }
        return text.toString();
    }

    private static String text(SplittableRandom random) {
        return random.ints(random.nextInt(20), 0, 0x3_0000).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private boolean isGenuine(String id, String timestamp, String signature) {
        return verifier.isGenuine(id, timestamp, signature, BODY);
    }
}
