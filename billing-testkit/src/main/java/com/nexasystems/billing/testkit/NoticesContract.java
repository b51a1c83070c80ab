package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Extend, say how your provider writes and signs, and JUnit runs the rules of {@link Notices}. */
@Timeout(60)
public abstract class NoticesContract {

    private static final long SEED = 20_260_301;
    private static final int TRIES = 3_000;
    private static final List<String> ODD = List.of("", " ", ",", "=", "t", "v1", "t=", "t=abc",
            "t=-1", "t=99999999999999999999", "v1=", "v1,", "é\u0000", "{", "}", "null", "[]", "\"\"",
            "{\"object\":{}}", "\uD800");

    private Notices notices;

    /** For implementors in any package. */
    protected NoticesContract() {
    }

    /** Your adapter, for which it is {@link #now}. Called once, at the beginning of each test. */
    protected abstract Notices notices();

    /** What time it is for your adapter: a whole second. */
    protected abstract Instant now();

    /** How far the time of a notice may be from now, before it and after it. */
    protected abstract Duration tolerance();

    /** What your provider sends of such a thing; an object that the engine has no use for, of NOTHING_OF_OURS. */
    protected abstract byte[] body(Subject subject, String id);

    /** The headers with which your provider sends that body at that time, whatever it is. */
    protected abstract Map<String, String> signed(byte[] body, Instant at);

    /** The same of somebody who has another secret. */
    protected abstract Map<String, String> forged(byte[] body, Instant at);

    @BeforeEach
    final void begin() {
        notices = notices();
    }

    @Test
    @DisplayName("NO-1 what is signed is read")
    void what_is_signed_is_read() {
        for (Subject subject : List.of(Subject.CHARGE, Subject.REFUND, Subject.DISPUTE)) {
            byte[] body = body(subject, "id_1");
            Notice notice = read(body, signed(body, now()));
            assertThat(notice.subject()).isEqualTo(subject);
            assertThat(notice.id()).isEqualTo("id_1");
            assertThat(notice.event()).isNotBlank();
        }
    }

    @Test
    @DisplayName("NO-1 what is signed and not of ours is read as that")
    void what_is_not_of_ours_is_read_as_that() {
        byte[] body = body(Subject.NOTHING_OF_OURS, "id_1");
        assertThat(read(body, signed(body, now())).subject()).isEqualTo(Subject.NOTHING_OF_OURS);
    }

    @Test
    @DisplayName("NO-1 within the tolerance, before or after now, it is read")
    void within_the_tolerance_it_is_read() {
        byte[] body = body(Subject.CHARGE, "id_1");
        assertThat(read(body, signed(body, now().minus(tolerance()))).id()).isEqualTo("id_1");
        assertThat(read(body, signed(body, now().plus(tolerance()))).id()).isEqualTo("id_1");
    }

    @Test
    @DisplayName("NO-2 what is not signed is refused")
    void what_is_not_signed_is_refused() {
        byte[] body = body(Subject.CHARGE, "id_1");
        assertRefused(body, Map.of());
        signed(body, now()).keySet().forEach(name -> {
            var headers = new HashMap<>(signed(body, now()));
            headers.remove(name);
            assertRefused(body, headers);
        });
    }

    @Test
    @DisplayName("NO-2 what is signed with another secret is refused")
    void what_is_forged_is_refused() {
        byte[] body = body(Subject.CHARGE, "id_1");
        assertRefused(body, forged(body, now()));
    }

    @Test
    @DisplayName("NO-2 what is changed by a byte is refused")
    void what_is_changed_is_refused() {
        byte[] body = body(Subject.CHARGE, "id_1");
        Map<String, String> headers = signed(body, now());
        for (int i = 0; i < body.length; i++) {
            byte[] changed = body.clone();
            changed[i] ^= 1;
            assertRefused(changed, headers);
        }
        assertRefused(Arrays.copyOf(body, body.length - 1), headers);
        byte[] longer = Arrays.copyOf(body, body.length + 1);
        longer[body.length] = ' ';
        assertRefused(longer, headers);
    }

    @Test
    @DisplayName("NO-2 what is too old, or from the future, is refused")
    void what_is_not_of_now_is_refused() {
        byte[] body = body(Subject.CHARGE, "id_1");
        assertRefused(body, signed(body, now().minus(tolerance()).minusSeconds(1)));
        assertRefused(body, signed(body, now().plus(tolerance()).plusSeconds(1)));
    }

    @Test
    @DisplayName("NO-3 whatever is in the headers, the answer is a notice or a refusal")
    void whatever_is_in_the_headers() {
        var random = new SplittableRandom(SEED);
        byte[] body = body(Subject.CHARGE, "id_1");
        for (int i = 0; i < TRIES; i++) {
            var headers = new HashMap<>(signed(body, now()));
            headers.replaceAll((name, value) -> random.nextBoolean() ? value : spoilt(value, random));
            assertAnswered(body, headers, i);
        }
    }

    @Test
    @DisplayName("NO-3 whatever is in the body, and however well it is signed, the answer is a notice or a refusal")
    void whatever_is_in_the_body() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < TRIES; i++) {
            Subject subject = Subject.values()[random.nextInt(Subject.values().length)];
            String spoilt = spoilt(new String(body(subject, "id_1"), StandardCharsets.UTF_8), random);
            byte[] body = spoilt.getBytes(random.nextInt(10) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
            assertAnswered(body, signed(body, now()), i);
        }
        byte[] deep = "{\"data\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertAnswered(deep, signed(deep, now()), TRIES);
    }

    /** Something cut out, put in, or put in its place. */
    private static String spoilt(String text, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(1 + text.length() / 2));
        String odd = ODD.get(random.nextInt(ODD.size()));
        return random.nextInt(20) == 0 ? odd.repeat(random.nextInt(3_000))
                : text.substring(0, from) + odd + text.substring(to);
    }

    private void assertAnswered(byte[] body, Map<String, String> headers, int number) {
        try {
            assertThat(read(body, headers)).isNotNull();
        } catch (InvalidValue refusal) {
            assertThat(refusal).hasMessageNotContaining("\u0000");
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + SEED + ", number " + number + ": " + headers + " and "
                    + new String(body, 0, Math.min(body.length, 500), StandardCharsets.UTF_8), e);
        }
    }

    private void assertRefused(byte[] body, Map<String, String> headers) {
        assertThatThrownBy(() -> read(body, headers)).isInstanceOf(InvalidValue.class);
    }

    private Notice read(byte[] body, Map<String, String> headers) {
        var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        Function<String, Optional<String>> header = name -> Optional.ofNullable(anyCase.get(name));
        return notices.read(body, header);
    }
}
