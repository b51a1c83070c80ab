package com.nexasystems.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Jurisdiction ONTARIO = new Jurisdiction("CA-ON");
    private static final List<TaxRate> HST = ratesOf(ONTARIO, TODAY);

    @ParameterizedTest(name = "{2} at 13 %, {0} {1}, is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ON_TOTAL      | HALF_UP   | 31.95       | 4.15
            PER_COMPONENT | HALF_UP   | 31.95       | 4.16
            PER_LINE      | HALF_UP   | 31.95       | 4.15
            ON_TOTAL      | HALF_UP   | 0.50        | 0.07
            ON_TOTAL      | HALF_EVEN | 0.50        | 0.06
            ON_TOTAL      | HALF_UP   | 0.50 0.50   | 0.13
            PER_LINE      | HALF_UP   | 0.50 0.50   | 0.14
            PER_LINE      | HALF_EVEN | 0.50 0.50   | 0.12
            ON_TOTAL      | HALF_UP   | 10.00 -0.50 | 1.24
            ON_TOTAL      | HALF_UP   | -31.95      | -4.15
            PER_COMPONENT | HALF_UP   | -31.95      | -4.16
            """)
    void the_policy_decides_what_is_rounded(TaxPolicy.Level level, RoundingMode rounding, String lines, String tax) {
        List<Money> amounts = Arrays.stream(lines.split(" ")).map(Shop::cad).toList();
        assertThat(TaxOnLines.compute(new TaxPolicy(level, rounding), HST, Shop.CAD, amounts))
                .extracting(TaxAmount::amount).containsExactly(Shop.cad(tax));
    }

    @Test
    void a_credit_gives_back_exactly_the_tax_that_was_charged() {
        Cases.check(5_000, random -> {
            var policy = new TaxPolicy(Cases.oneOf(random, TaxPolicy.Level.values()),
                    Cases.oneOf(random, RoundingMode.HALF_UP, RoundingMode.HALF_EVEN));
            List<Money> lines = random.longs(random.nextInt(1, 6), -99_999, 99_999)
                    .mapToObj(cents -> Money.ofMinor(Shop.CAD, BigInteger.valueOf(cents))).toList();
            Money charged = TaxOnLines.compute(policy, HST, Shop.CAD, lines).get(0).amount();
            Money credited = TaxOnLines.compute(policy, HST, Shop.CAD, lines.stream().map(Money::negated).toList())
                    .get(0).amount();
            assertThat(credited).isEqualTo(charged.negated());
        });
    }

    @Test
    void lines_of_another_currency_are_not_taxed_together() {
        Money euro = Money.of(Currency.getInstance("EUR"), "1.00");
        assertThatThrownBy(() -> TaxOnLines.compute(TaxPolicy.DEFAULT, HST, Shop.CAD, List.of(euro)))
                .isInstanceOf(CurrencyMismatchException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"})
    void every_province_has_a_rate_today(String province) {
        List<TaxRate> rates = ratesOf(new Jurisdiction("CA-" + province), TODAY);
        BigDecimal federal = rates.stream().flatMap(rate -> rate.components().stream()).map(TaxRate.Component::percent)
                .filter(percent -> percent.compareTo(BigDecimal.valueOf(5)) == 0).findFirst().orElseThrow();
        assertThat(federal).isEqualByComparingTo("5");
        assertThat(total(rates)).isBetween(new BigDecimal("5"), new BigDecimal("15"));
    }

    @ParameterizedTest(name = "on {1}, {0} takes {2} % in all")
    @CsvSource({"ON, 2026-11-21, 13", "QC, 2026-11-21, 14.975", "AB, 2026-11-21, 5", "NS, 2025-03-31, 15",
            "NS, 2025-04-01, 14",
            "BC, 2013-03-31, 12", "BC, 2013-04-01, 12", "SK, 2017-03-22, 10", "SK, 2017-03-23, 11", "MB, 2019-06-30, 13",
            "MB, 2019-07-01, 12", "NB, 2016-06-30, 13", "NB, 2016-07-01, 15", "NL, 2016-07-01, 15", "PE, 2016-09-30, 14",
            "PE, 2016-10-01, 15"})
    void known_days_have_known_rates(String province, LocalDate day, String percent) {
        assertThat(total(ratesOf(new Jurisdiction("CA-" + province), day))).isEqualByComparingTo(percent);
    }

    @Test
    void no_province_has_a_day_with_two_rates_of_one_tax_or_a_day_without() {
        Map<Jurisdiction, List<TaxRate>> byProvince =
                CanadianTaxRates.all().stream().collect(Collectors.groupingBy(TaxRate::jurisdiction));
        byProvince.forEach((province, rates) -> {
            LocalDate first = rates.stream().map(TaxRate::from).min(Comparator.naturalOrder()).orElseThrow();
            for (LocalDate day = first; !day.isAfter(TODAY); day = day.plusDays(1)) {
                List<TaxRate> inForce = ratesOf(province, day);
                assertThat(inForce).as("%s on %s", province, day).isNotEmpty();
                assertThat(inForce).extracting(TaxRate::code).doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void configured_rates_win_over_the_shipped_ones() {
        Ports ports = Ports.inMemory();
        var taxes = new ApplicableTaxes(ports.taxRates());
        Customer ada = Customer.named(new CustomerId(new UUID(0, 1)), "Ada").withAddress(Address.in("CA", "ON"));
        assertThat(taxes.of(ada, TODAY)).extracting(TaxRate::code).containsExactly("HST-ON");
        ports.taxRates().add(new TaxRate(ONTARIO, "OWN", List.of(new TaxRate.Component("own", BigDecimal.ONE)), TODAY,
                Optional.empty()));
        assertThat(taxes.of(ada, TODAY)).extracting(TaxRate::code).containsExactly("OWN");
        assertThat(taxes.of(ada, TODAY.minusDays(1))).extracting(TaxRate::code).containsExactly("HST-ON");
        assertThat(taxes.of(ada.exempt(), TODAY)).isEmpty();
    }

    @Test
    void an_unknown_jurisdiction_is_not_guessed_to_be_free_of_tax() {
        var taxes = new ApplicableTaxes(Ports.inMemory().taxRates());
        Customer somewhere = Customer.named(new CustomerId(new UUID(0, 1)), "Ada").withAddress(Address.in("FR", "75"));
        assertThatThrownBy(() -> taxes.of(somewhere, TODAY)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("configure one, which may be 0, or mark the customer exempt");
    }

    @Test
    void a_policy_rounds_half_up_or_half_even() {
        assertThatThrownBy(() -> new TaxPolicy(TaxPolicy.Level.ON_TOTAL, RoundingMode.DOWN))
                .hasMessage("tax is rounded HALF_UP or HALF_EVEN, not DOWN");
    }

    private static List<TaxRate> ratesOf(Jurisdiction jurisdiction, LocalDate day) {
        return CanadianTaxRates.all().stream()
                .filter(rate -> rate.jurisdiction().equals(jurisdiction) && rate.inForceOn(day)).toList();
    }

    private static BigDecimal total(List<TaxRate> rates) {
        return rates.stream().map(TaxRate::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
