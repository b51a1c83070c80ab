package com.nexasystems.billing.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The price lists, model by model. */
class ChargeModelsTest {

    private static final Standard CPU = Standard.of("0.0075", "3600");
    private static final Graduated GRADUATED =
            Graduated.of(Tier.upTo("10", "10", "2"), Tier.upTo("20", "5", "3"), Tier.rest("1", "4"));
    private static final Volume VOLUME =
            Volume.of(Tier.upTo("100", "2", "10"), Tier.upTo("200", "1", "0"), Tier.rest("0.5", "50"));
    private static final GraduatedPercentage GRADUATED_PERCENTAGE =
            new GraduatedPercentage(Tiers.of(Tier.upTo("1000", "3", "0"), Tier.rest("2", "25")));

    @ParameterizedTest(name = "{0} CPU-seconds cost {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                0 | 0         | nothing was used
            18000 | 0         | all of it is included
            25200 | 0.015     | 7 200 beyond the quota are two batches, to the last decimal
            19800 | 0.00375   | half a batch counts by half
            18000.000000000001 | 0.0000000000000000020833333333333333333333333333333333333333333333333 | never too small
            """)
    void standard_charges_what_exceeds_the_quota(String used, String exact, String because) {
        BigDecimal overage = Quota.of("18000").over(new BigDecimal(used)).overage();
        assertThat(CPU.price(Billable.of(overage)).total()).as(because).isEqualByComparingTo(exact);
    }

    @ParameterizedTest(name = "{0} units in packages of {1} at 100, {2} free, cost {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
              0 | 10  |  0 |    0 | nothing was used
              1 | 10  |  0 |  100 | a package that was started is charged whole
             10 | 10  |  0 |  100 | exactly one
            10.1 | 10  |  0 |  200 | a bit of the second
             20 | 10  | 20 |    0 | all of it is free
             21 | 10  | 20 |  100 | one beyond
            0.3 | 0.1 |  0 |  300 | in binary it would be 2.9999999999999996 or 3.0000000000000004 packages
            1.1 | 0.1 |  0 | 1100 | in binary it would be twelve packages
            100000000000000000000000001 | 10 | 0 | 1000000000000000000000000100 | beyond what a double can count
            """)
    void package_charges_every_package_that_was_started(String units, String size, String free, String price, String why) {
        Billable used = Billable.of(new BigDecimal(units));
        assertThat(PackageModel.of("100", size, free).price(used).total()).as(why).isEqualByComparingTo(price);
    }

    @ParameterizedTest(name = "{0} units cost {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
               0 |   2    | the first tier is reached by nothing at all
             0.5 |   7    | half a unit
              10 | 102    | the bound belongs to the tier that ends there
            10.5 | 107.5  | half a unit into the second tier, and its fee
              11 | 110    | one unit into it
              20 | 155    | the second bound
            20.0000001 | 159.0000001 | just beyond it
              25 | 164    | the last tier is open
            """)
    void graduated_charges_each_tier_by_its_own_price(String units, String price, String because) {
        assertThat(GRADUATED.price(Billable.of(units)).total()).as(because).isEqualByComparingTo(price);
    }

    @Test
    void a_tier_with_a_batch_charges_fractions_of_it() {
        var hours = new Graduated(Tiers.of(Tier.upTo("3600", "0", "0"), Tier.rest("0.0075", "0")), new BigDecimal("3600"));
        assertThat(hours.price(Billable.of("9000")).total()).isEqualByComparingTo("0.01125");
    }

    @ParameterizedTest(name = "{0} units cost {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                0 |  10    | nothing falls in the first tier
                1 |  12    | one
              100 | 210    | the bound belongs to the tier that ends there
            100.5 | 100.5  | half a unit beyond, and all units cost less
              200 | 200    | the second bound
              201 | 150.5  | half price, and a fee
            """)
    void volume_charges_all_units_by_the_tier_of_the_total(String units, String price, String because) {
        assertThat(VOLUME.price(Billable.of(units)).total()).as(because).isEqualByComparingTo(price);
    }

    @ParameterizedTest(name = "{0} cost {1}")
    @CsvSource({"0, 0", "1000, 30", "1000.01, 55.0002", "2000, 75"})
    void graduated_percentage_takes_a_rate_of_each_tier(String amount, String price) {
        assertThat(GRADUATED_PERCENTAGE.price(Billable.of(amount)).total()).isEqualByComparingTo(price);
    }

    @Test
    void graduated_percentage_owes_the_first_flat_fee_for_nothing() {
        var withFee = new GraduatedPercentage(Tiers.of(Tier.rest("1", "7")));
        assertThat(withFee.price(Billable.of("0")).total()).isEqualByComparingTo("7");
    }

    @ParameterizedTest(name = "rate 1 %, fee 5, {0} events and {1} of the amount free: {2} cost {3}; {4}")
    @CsvSource(delimiter = '|', textBlock = """
            0 |   0 | 10 10       |  10.20 | a rate on the amount and a fee for each event
            0 |   0 |             |   0    | nothing happened
            0 |   0 | 0 0         |   0    | no units, no fees
            3 |   0 | 1 1 1 1     |   5.01 | the first three are free, amounts and fees
            5 |   0 | 1 1         |   0    | all of them are
            3 |  15 | 1 1 1 1     |   5.01 | the events are exhausted first
            3 |  15 | 10 10       |   5.05 | the amount is exhausted first
            3 |  15 | 10 10 10    |  10.15 | and stays so
            0 |  15 | 4 4 4 4     |   5.01 | the event that crosses pays its whole fee
            0 |  15 | 4 4 4 4 10  |  10.11 | and so do those after it
            0 |  15 | 20 10       |  10.15 | the first event crosses by itself
            0 |  15 | 10 5        |   5    | landing exactly on the free amount exhausts it
            0 |  15 | 10 5 10     |  10.10 | so the third pays in full
            0 | 100 | 10 5        |   0    | never exhausted
            """)
    void percentage_takes_a_rate_and_fees(int freeEvents, String freeAmount, String events, String price, String because) {
        Percentage model = Percentage.of("1", "5").free(freeEvents, freeAmount);
        assertThat(model.price(events(events)).total()).as(because).isEqualByComparingTo(price);
    }

    @ParameterizedTest(name = "{0} cost {1}")
    @CsvSource(delimiter = '|', textBlock = """
            20 10 10 10 | 20.35
            15 10 10 10 | 20.30
            """)
    void when_the_first_event_exhausts_the_amount_no_event_is_free_where_lago_drops_the_zero_and_frees_three_fees(
            String events, String price) {
        assertThat(Percentage.of("1", "5").free(3, "15").price(events(events)).total()).isEqualByComparingTo(price);
    }

    @ParameterizedTest(name = "{1} at 1.3 % and 2.00, three events and {0} free, cost {2}")
    @CsvSource({"500, 50 100 250 400, 7.20", "250, 50 100 250 400, 11.15"})
    void of_two_allowances_the_one_that_is_exhausted_first_ends_the_free_part(String amount, String events, String price) {
        assertThat(Percentage.of("1.3", "2").free(3, amount).price(events(events)).total()).isEqualByComparingTo(price);
    }

    @Test
    void a_refund_among_clamped_events_makes_no_free_allowance() {
        Percentage model = Percentage.of("10", "0").clamped("0", "100");
        List<BigDecimal> events = List.of(new BigDecimal("-5"), BigDecimal.TEN);
        assertThat(model.price(Billable.ofEvents(events)).total()).isEqualByComparingTo("1");
        assertThat(model.price(Billable.ofEvents(List.of(BigDecimal.TEN, new BigDecimal("-5")))).total())
                .isEqualByComparingTo("1");
    }

    @ParameterizedTest(name = "{0} %, fee {1}, at least {2}, at most {3}, free {4} events and {5}: {6} cost {7}; {8}")
    @CsvSource(delimiter = '|', textBlock = """
            2.99 | 0 | 1.75 | 12 | 0 | 0     | 10 80 10000     | 16.142 | one at each bound, one between
            2.99 | 2 | 1.75 | 12 | 0 | 0     | 10 80 10000     | 18.691 | the fee counts towards the bounds
            2.99 | 0 | 1.75 | 12 | 2 | 0     | 10 80 10000     | 12     | free events have no minimum
            2.99 | 0 | 1.75 | 12 | 0 | 30    | 10 80 10000     | 13.794 | the rest of the second event
            2.99 | 0 | 1.75 | 12 | 3 | 10000 | 10 80 10000     |  2.691 | with both, the amount governs
            1    | 1 | 1.75 | 12 | 0 | 0     | 100 1000 10000  | 25     | the middle one is within the bounds
            10   | 1 | 3    | 99 | 0 | 30    | 20 20 50        |  9     | what is left of an event can fall to the minimum
            10   | 1 | 3    | 99 | 0 | 20    | 20 50           |  9     | the event that exhausts exactly pays the minimum
            10   | 1 | 3    | 99 | 1 | 35    | 10 10 10 50     |  5.50  | one free event does not end the free amount
            10   | 1 | 3    | 99 | 4 | 15    | 10 10 10        |  6     | four free events do not extend it
            10   | 1 | 0    |  4 | 0 | 30    | 20 60 5         |  5.50  | the maximum holds for the remainder
            10   | 1 | 3    | 99 | 0 | 0     | 0 0             |  6     | events without value pay the minimum
            10   | 1 | 3    | 99 | 0 | 0     |                 |  0     | no events, no minimum
            """)
    void a_clamped_percentage_prices_each_event_by_itself(String rate, String fee, String min, String max, int freeEvents,
                                                          String freeAmount, String events, String price, String because) {
        Percentage model = Percentage.of(rate, fee).clamped(min, max).free(freeEvents, freeAmount);
        assertThat(model.price(events(events)).total()).as(because).isEqualByComparingTo(price);
    }

    @Test
    void of_a_maximum_or_a_level_only_fees_can_be_free() {
        var maximum = new Billable(new BigDecimal("30"), 3, List.of(), BigDecimal.ZERO);
        assertThat(Percentage.of("10", "0.5").free(2, "0").price(maximum).total()).isEqualByComparingTo("3.50");
    }

    @Test
    void dynamic_takes_the_amounts_that_came_with_the_events() {
        var used = new Billable(new BigDecimal("20"), 2, List.of(), new BigDecimal("9.12"));
        var nothing = new Billable(BigDecimal.ZERO, 1, List.of(), new BigDecimal("0.402"));
        assertThat(new Dynamic().price(used).total()).isEqualByComparingTo("9.12");
        assertThat(new Dynamic().price(nothing).total()).isZero();
    }

    @Test
    void the_steps_show_the_working() {
        assertThat(GRADUATED.price(Billable.of("10.5")).steps()).extracting(Priced.Step::rule)
                .containsExactly("tier 1", "tier 1 flat fee", "tier 2", "tier 2 flat fee");
        assertThat(GRADUATED.price(Billable.of("10.5")).steps()).extracting(Priced.Step::exact)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("100"), new BigDecimal("2"), new BigDecimal("2.5"), new BigDecimal("3"));
    }

    @Test
    void two_thirds_and_a_third_of_a_batch_are_a_batch() {
        var thirds = new Graduated(Tiers.of(Tier.upTo("1", "0.002", "0"), Tier.upTo("2", "0.005", "0"),
                Tier.rest("0.008", "0")), new BigDecimal("3"));
        assertThat(thirds.price(Billable.of("3")).total()).isEqualByComparingTo("0.005");
    }

    @Test
    void prices_are_never_negative_and_batches_are_above_zero() {
        assertThatThrownBy(() -> Standard.of("-1")).isInstanceOf(InvalidValue.class).hasMessageStartingWith("amount");
        assertThatThrownBy(() -> Standard.of("1", "0")).hasMessageStartingWith("unit_batch");
        assertThatThrownBy(() -> PackageModel.of("1", "0", "0")).hasMessageStartingWith("package_size");
        assertThatThrownBy(() -> PackageModel.of("1", "1", "-1")).hasMessageStartingWith("free_units");
        assertThatThrownBy(() -> Percentage.of("-1", "0")).hasMessageStartingWith("rate");
        assertThatThrownBy(() -> Percentage.of("1", "0").free(-1, "0")).hasMessageStartingWith("free_units_per_events");
        assertThatThrownBy(() -> Quota.of("-1")).hasMessageStartingWith("included_units");
    }

    @Test
    void a_maximum_is_not_below_its_minimum_but_may_equal_it() {
        assertThatThrownBy(() -> Percentage.of("1", "0").clamped("2", "1")).isInstanceOf(InvalidValue.class);
        assertThat(Percentage.of("1", "0").clamped("2", "2").minimum()).isEqualTo(Optional.of(new BigDecimal("2")));
    }

    @Test
    void tiers_rise_and_only_the_last_is_open() {
        Tier open = Tier.rest("1", "0");
        Tier ten = Tier.upTo("10", "1", "0");
        assertThatThrownBy(Tiers::of).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Tiers.of(ten)).hasMessageContaining("the last tier must be open");
        assertThatThrownBy(() -> Tiers.of(open, open)).hasMessageContaining("only the last tier may be open");
        assertThatThrownBy(() -> Tiers.of(ten, ten, open)).hasMessageContaining("must be above 10");
        assertThatThrownBy(() -> Tier.upTo("0", "1", "0")).hasMessageContaining("above zero");
    }

    @Test
    void what_single_events_are_priced_of_has_no_quota() {
        assertThat(Percentage.of("1", "0").allowsQuota()).isFalse();
        assertThat(new Dynamic().allowsQuota()).isFalse();
        assertThat(CPU.allowsQuota()).isTrue();
    }

    private static Billable events(String values) {
        return Billable.ofEvents(values == null ? List.of()
                : Arrays.stream(values.split(" ")).map(BigDecimal::new).toList());
    }
}
