package com.nexasystems.billing.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final String ALPHABET = "0123456789.-+eE_ ٣";
    private static final String TEN_MILLION_DIGITS = "9".repeat(10_000_000);

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"0, 0", "-0, 0", "0.0, 0", "1.500, 1.5", "100, 100", "-12.5, -12.5", "007, 7",
            "99999999999999999999999999.999999999999, 99999999999999999999999999.999999999999"})
    void plain_decimals_are_read_in_their_normal_form(String text, String value) {
        assertThat(Decimals.parse("quantity", text).toPlainString()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "+5", "1_000", "1,5", "1e3", "1E3", "1e10000000", "1e-10000000", "NaN", "Infinity",
            "-Infinity", ".", "1.", ".5", "-", "-.5", "--1", "1-", "1.2.3", "0x10", "1 ", " 1", "1\n", "1\u0000", "½", "１２",
            "\u0661\u0662\u0663", "\u0967", "\ud835\udfce", "1f", "1d", "null"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Decimals.parse("quantity", text)).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("quantity: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000000000000000000000000", "0.1234567890123", "00000000000000000000000000000001",
            "0.0000000000000000000000000000"})
    void too_many_digits_are_refused_also_when_they_say_nothing(String text) {
        assertThatThrownBy(() -> Decimals.parse("quantity", text)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("more than 26 digits before or 12 after the point");
    }

    static Stream<String> bombs() {
        return Stream.of(TEN_MILLION_DIGITS, "0." + TEN_MILLION_DIGITS, "-" + TEN_MILLION_DIGITS, TEN_MILLION_DIGITS + "x",
                "1e" + TEN_MILLION_DIGITS);
    }

    @ParameterizedTest(name = "bomb {index}")
    @MethodSource("bombs")
    void very_long_text_is_refused_at_once_and_not_repeated_in_full(String bomb) {
        assertTimeoutPreemptively(AT_ONCE, () -> assertThatThrownBy(() -> Decimals.parse("quantity", bomb))
                .isInstanceOf(InvalidValue.class).message().hasSizeLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10000000", "1e2147483647", "1e-10000000", "0e-10000000", "1e26", "1e-13", "-1e400"})
    void numbers_that_were_parsed_elsewhere_are_refused_at_once(String bomb) {
        var number = new BigDecimal(bomb);
        assertTimeoutPreemptively(AT_ONCE, () -> assertThatThrownBy(() -> Decimals.checked("amount", number))
                .isInstanceOf(InvalidValue.class));
    }

    @Test
    void what_is_accepted_round_trips() {
        Cases.check(50_000, random -> {
            BigDecimal value = Decimals.parse("quantity", plainText(random));
            assertThat(Decimals.parse("quantity", value.toPlainString())).isEqualTo(value);
            assertThat(value.scale()).isBetween(0, Decimals.FRACTION_DIGITS);
        });
    }

    @Test
    void random_text_is_refused_or_read_as_a_decimal_would_be() {
        Cases.check(50_000, random -> {
            String text = noise(random);
            try {
                assertThat(Decimals.parse("quantity", text)).isEqualByComparingTo(new BigDecimal(text));
            } catch (InvalidValue refused) {
                assertThat(text).doesNotMatch("-?[0-9]{1,26}([.][0-9]{1,12})?");
            }
        });
    }

    @Test
    void signs_are_checked_where_they_matter() {
        assertThatThrownBy(() -> Decimals.parseNonNegative("amount", "-0.01"))
                .hasMessage("amount: must not be negative: -0.01");
        assertThatThrownBy(() -> Decimals.positive("size", BigDecimal.ZERO)).hasMessage("size: must be above zero: 0");
        assertThatThrownBy(() -> Decimals.parse("quantity", null)).hasMessage("quantity: is mandatory");
        assertThat(Decimals.parseNonNegative("amount", "-0")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "a\nb", "\ud800", "a\u0085b"})
    void text_that_cannot_be_stored_is_refused(String text) {
        assertThatThrownBy(() -> InvalidValue.checkText("name", text, 10)).isInstanceOf(InvalidValue.class);
    }

    private static String plainText(SplittableRandom random) {
        String text = (random.nextBoolean() ? "-" : "") + digits(random, random.nextInt(1, 27));
        return random.nextBoolean() ? text : text + "." + digits(random, random.nextInt(1, 13));
    }

    private static String digits(SplittableRandom random, int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String noise(SplittableRandom random) {
        return random.ints(random.nextInt(1, 8), 0, ALPHABET.length()).mapToObj(i -> ALPHABET.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
