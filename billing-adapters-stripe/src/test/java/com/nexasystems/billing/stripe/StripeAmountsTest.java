package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Currency;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeAmountsTest {

    @ParameterizedTest(name = "{0} {1} is {2} at Stripe: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            CAD | 20.02  | 2002    | two decimals, as in ISO 4217
            CAD | -20.02 | -2002   | a credit
            JPY | 500    | 500     | none, as in ISO 4217
            ISK | 500    | 50000   | two at Stripe, none in ISO 4217
            MGA | 500    | 500     | none at Stripe, two in ISO 4217
            KWD | 1.230  | 1230    | three, the last one 0
            """)
    void an_amount_goes_to_stripe_and_comes_back(String currency, String amount, long minor, String because) {
        Money money = Money.of(Currency.getInstance(currency), amount);
        assertThat(StripeAmounts.toStripe(money)).as(because).isEqualTo(minor);
        assertThat(StripeAmounts.fromStripe(currency.toLowerCase(Locale.ROOT), minor)).isEqualTo(money);
    }

    @ParameterizedTest(name = "{0} {1} is refused: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            KWD | 1.234                | two decimals only
            MGA | 1.20                 | Stripe's units of MGA
            UGX | 500                  | contradicts itself
            CAD | 92233720368547758.08 | Stripe's units of CAD
            """)
    void what_stripe_cannot_take_is_refused_and_not_rounded(String currency, String amount, String reason) {
        Money money = Money.of(Currency.getInstance(currency), amount);
        assertThatThrownBy(() -> StripeAmounts.toStripe(money)).isInstanceOf(InvalidValue.class).hasMessageContaining(reason);
    }

    @Test
    void half_a_krona_from_stripe_is_refused() {
        assertThatThrownBy(() -> StripeAmounts.fromStripe("isk", 50)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("finer than ISK");
        assertThatThrownBy(() -> StripeAmounts.fromStripe("nope", 50)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("currency");
    }
}
