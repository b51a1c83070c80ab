package com.nexasystems.billing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class UsageThresholdTest {

    /** The published cases of Lago: which thresholds are reached, after so much was billed and so much used. */
    @ParameterizedTest(name = "{0} and each {1}: billed {2}, used {3}")
    @CsvFileSource(resources = "thresholds.txt", delimiter = '|', emptyValue = "")
    void are_reached_as_published(String fixed, String recurring, String billed, String used, String reached) {
        List<UsageThreshold> thresholds = Stream.concat(amounts(fixed).map(amount -> threshold(amount, false)),
                amounts(recurring).map(amount -> threshold(amount, true))).toList();
        assertThat(version(thresholds).reached(money(billed), money(used))).extracting(threshold -> threshold.amount())
                .containsExactlyInAnyOrderElementsOf(amounts(reached).map(UsageThresholdTest::money).toList());
    }

    @Test
    void rise_and_one_of_them_recurs_at_most() {
        assertThatThrownBy(() -> version(List.of(threshold("20", false), threshold("20", false))))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("must rise");
        assertThatThrownBy(() -> version(List.of(threshold("20", true), threshold("10", true))))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("at most one is recurring");
        assertThatThrownBy(() -> threshold("0", false)).isInstanceOf(InvalidValue.class).hasMessageContaining("above zero");
        var yen = new UsageThreshold("x", Money.of(Currency.getInstance("JPY"), "5"), false);
        assertThatThrownBy(() -> version(List.of(yen))).isInstanceOf(CurrencyMismatchException.class);
    }

    private static PlanVersion version(List<UsageThreshold> thresholds) {
        return new PlanVersion(1, Instant.EPOCH, money("0"), List.of(), List.of(), Optional.empty(), thresholds);
    }

    private static UsageThreshold threshold(String amount, boolean recurring) {
        return new UsageThreshold("at " + amount, money(amount), recurring);
    }

    private static Stream<String> amounts(String text) {
        return text == null || text.isEmpty() ? Stream.empty() : Arrays.stream(text.split(" "));
    }

    private static Money money(String amount) {
        return Money.of(Shop.CAD, amount);
    }
}
