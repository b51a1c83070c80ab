package com.nexasystems.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void the_parts_of_a_split_add_up_to_the_whole_in_every_currency_and_with_every_sign() {
        Cases.check(20_000, random -> {
            Money whole = money(random);
            List<BigDecimal> weights = weights(random);
            List<Money> parts = MoneySplit.byWeights(whole, weights);
            assertThat(parts).hasSameSizeAs(weights);
            assertThat(parts.stream().reduce(Money.zero(whole.currency()), Money::plus)).isEqualTo(whole);
        });
    }

    @Test
    void no_part_is_a_whole_minor_unit_away_from_its_share() {
        Cases.check(20_000, random -> {
            Money whole = money(random);
            List<BigDecimal> weights = weights(random);
            BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            List<Money> parts = MoneySplit.byWeights(whole, weights);
            for (int i = 0; i < parts.size(); i++) {
                BigDecimal share = new BigDecimal(whole.minorUnits()).multiply(weights.get(i));
                BigDecimal part = new BigDecimal(parts.get(i).minorUnits()).multiply(sum);
                assertThat(part.subtract(share).abs()).isLessThan(sum);
            }
        });
    }

    @ParameterizedTest(name = "{0} {1} in three equal parts: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            100.00 | CAD | 33.34 CAD, 33.33 CAD, 33.33 CAD
             -0.02 | CAD | -0.01 CAD, -0.01 CAD, 0.00 CAD
               100 | JPY | 34 JPY, 33 JPY, 33 JPY
             1.000 | KWD | 0.334 KWD, 0.333 KWD, 0.333 KWD
            """)
    void what_is_left_over_goes_to_the_first(String whole, String currency, String parts) {
        BigDecimal one = BigDecimal.ONE;
        List<Money> split = MoneySplit.byWeights(Money.of(Currency.getInstance(currency), whole), List.of(one, one, one));
        assertThat(split).extracting(Money::toString).containsExactly(parts.split(", "));
    }

    @Test
    void there_must_be_something_to_split_by() {
        Money whole = Money.of(CAD, "1.00");
        assertThatThrownBy(() -> MoneySplit.byWeights(whole, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MoneySplit.byWeights(whole, List.of(BigDecimal.ZERO)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MoneySplit.byWeights(whole, List.of(BigDecimal.TEN, BigDecimal.ONE.negate())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void currencies_never_meet() {
        Money cad = Money.of(CAD, "1.00");
        Money usd = Money.of(USD, "1.00");
        assertThatThrownBy(() -> cad.plus(usd)).isInstanceOf(CurrencyMismatchException.class)
                .hasMessage("expected an amount in CAD, found one in USD");
        assertThatThrownBy(() -> cad.minus(usd)).isInstanceOf(CurrencyMismatchException.class);
        assertThatThrownBy(() -> cad.compareTo(usd)).isInstanceOf(CurrencyMismatchException.class);
        assertThatThrownBy(() -> cad.exact().plus(usd.exact())).isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void money_never_rounds_on_its_own() {
        assertThatThrownBy(() -> Money.of(CAD, "0.005")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(Currency.getInstance("JPY"), "0.5")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of(Currency.getInstance("XAU"), "1")).hasMessageContaining("no minor unit");
    }

    @ParameterizedTest(name = "{0} {1} is {2} half up and {3} half even")
    @CsvSource({"0.005, CAD, 0.01, 0.00", "-0.005, CAD, -0.01, 0.00", "0.5, JPY, 1, 0", "1.5, JPY, 2, 2",
            "0.0005, KWD, 0.001, 0.000", "0.00499999999999999999999, CAD, 0.00, 0.00"})
    void an_exact_amount_is_rounded_to_the_minor_unit(String exact, String currency, String halfUp, String halfEven) {
        var amount = new ExactAmount(Currency.getInstance(currency), new BigDecimal(exact));
        assertThat(amount.rounded(RoundingMode.HALF_UP)).isEqualTo(Money.of(amount.currency(), halfUp));
        assertThat(amount.rounded(RoundingMode.HALF_EVEN)).isEqualTo(Money.of(amount.currency(), halfEven));
    }

    @Test
    void equal_amounts_are_equal_however_they_are_written() {
        assertThat(new ExactAmount(CAD, new BigDecimal("0.0150"))).isEqualTo(new ExactAmount(CAD, new BigDecimal("0.015")));
        assertThat(Money.of(CAD, "1")).isEqualTo(Money.of(CAD, "1.00")).hasSameHashCodeAs(Money.of(CAD, "1.00"));
        assertThat(Money.ofMinor(CAD, BigInteger.valueOf(100))).isEqualTo(Money.of(CAD, "1"));
    }

    private static Money money(SplittableRandom random) {
        Currency currency = Currency.getInstance(Cases.oneOf(random, "CAD", "JPY", "KWD", "USD"));
        long magnitude = Cases.oneOf(random, 10L, 1_000L, 1_000_000_000L, Long.MAX_VALUE);
        return Money.ofMinor(currency, BigInteger.valueOf(random.nextLong(-magnitude, magnitude)));
    }

    private static List<BigDecimal> weights(SplittableRandom random) {
        var weights = new ArrayList<BigDecimal>();
        for (int i = random.nextInt(9); i >= 0; i--) {
            weights.add(BigDecimal.valueOf(random.nextLong(100_000), random.nextInt(12)));
        }
        weights.set(0, weights.get(0).max(BigDecimal.ONE));
        return weights;
    }
}
