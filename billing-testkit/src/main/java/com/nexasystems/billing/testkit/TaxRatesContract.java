package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.tax.TaxRates}. */
public abstract class TaxRatesContract extends PortContract {

    private static final Jurisdiction ONTARIO = new Jurisdiction("CA-ON");
    private static final LocalDate JULY = LocalDate.of(2026, 7, 1);
    private static final LocalDate AUGUST = LocalDate.of(2026, 8, 1);

    protected TaxRatesContract() {
    }

    @Test
    @DisplayName("TR-1 a rate is in force from its first day to before its end, exactly as it was")
    void a_rate_is_in_force_from_its_first_day_to_before_its_end() {
        var rate = new TaxRate(ONTARIO, "Täx 🚀", List.of(component("PST", "9.975"), component("GST", "5"),
                component("eco", "0.000000000001"), component("none", "0")), JULY, Optional.of(AUGUST));
        assertThat(add(rate)).isTrue();
        assertThat(inForce(JULY.minusDays(1))).isEmpty();
        assertThat(inForce(JULY)).containsExactly(rate);
        assertThat(inForce(AUGUST.minusDays(1))).containsExactly(rate);
        assertThat(inForce(AUGUST)).isEmpty();
    }

    @Test
    @DisplayName("TR-1 a rate without an end stays in force")
    void a_rate_without_an_end_stays_in_force() {
        TaxRate rate = rate("HST", JULY, null);
        add(rate);
        assertThat(inForce(JULY.plusYears(100))).containsExactly(rate);
        assertThat(inForce(JULY.minusDays(1))).isEmpty();
    }

    @Test
    @DisplayName("TR-2 a code cannot have two rates on one day")
    void a_code_cannot_have_two_rates_on_one_day() {
        TaxRate first = rate("HST", JULY, AUGUST);
        add(first);
        for (TaxRate second : List.of(rate("HST", JULY, AUGUST), rate("HST", JULY.minusDays(9), JULY.plusDays(1)),
                rate("HST", AUGUST.minusDays(1), null), rate("HST", JULY.minusDays(9), null),
                rate("HST", JULY.plusDays(3), JULY.plusDays(4)))) {
            assertThat(add(second)).isFalse();
        }
        assertThat(inForce(JULY)).containsExactly(first);
        assertThat(inForce(JULY.minusDays(1))).isEmpty();
        assertThat(inForce(AUGUST)).isEmpty();
    }

    @Test
    @DisplayName("TR-2 a rate may begin on the day on which the one before is over")
    void a_rate_may_begin_when_the_one_before_is_over() {
        TaxRate first = rate("HST", JULY, AUGUST);
        TaxRate next = rate("HST", AUGUST, null);
        TaxRate before = rate("HST", JULY.minusDays(1), JULY);
        assertThat(Stream.of(first, next, before).map(this::add)).containsOnly(true);
        assertThat(inForce(AUGUST)).containsExactly(next);
        assertThat(inForce(JULY.minusDays(1))).containsExactly(before);
    }

    @Test
    @DisplayName("TR-2 of concurrent rates on one day, one is added")
    void of_concurrent_rates_on_one_day_one_is_added() {
        List<Boolean> added = OtherThread.together(5, i -> add(rate("HST", JULY.minusDays(i), null)));
        assertThat(added).containsOnlyOnce(true);
        assertThat(inForce(JULY)).containsExactly(rate("HST", JULY.minusDays(added.indexOf(true)), null));
    }

    @Test
    @DisplayName("TR-3 the rates of one jurisdiction are not those of another, nor those of its country")
    void the_rates_of_one_jurisdiction_are_not_those_of_another() {
        TaxRate ontario = rate("HST", JULY, null);
        TaxRate canada = new TaxRate(new Jurisdiction("CA"), "HST", ontario.components(), JULY, Optional.empty());
        assertThat(Stream.of(ontario, canada).map(this::add)).containsOnly(true);
        assertThat(inForce(JULY)).containsExactly(ontario);
        assertThat(ports.taxRates().inForce(new Jurisdiction("CA-QC"), JULY)).isEmpty();
    }

    @Test
    @DisplayName("TR-3 rates come sorted by code, in the same way on every machine")
    void rates_come_sorted_by_code() {
        Samples.CODES_SHUFFLED.forEach(code -> add(rate(code, JULY, null)));
        assertThat(inForce(JULY)).extracting(TaxRate::code).containsExactlyElementsOf(Samples.CODES_SORTED);
    }

    private List<TaxRate> inForce(LocalDate day) {
        return ports.taxRates().inForce(ONTARIO, day);
    }

    private boolean add(TaxRate rate) {
        return kept(() -> ports.taxRates().add(rate));
    }

    /** @param until null = for good */
    private static TaxRate rate(String code, LocalDate from, LocalDate until) {
        return new TaxRate(ONTARIO, code, List.of(component("part", "13")), from, Optional.ofNullable(until));
    }

    private static TaxRate.Component component(String name, String percent) {
        return new TaxRate.Component(name, new BigDecimal(percent));
    }
}
