package com.nexasystems.billing.charge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProratedTest {

    /** From prorated_graduated_service_spec.rb and prorated_adjacent_graduated_service_spec.rb; units, then prorated units. */
    @ParameterizedTest(name = "{0}: {1} prorated to {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            5:10:100 -:5:50         | 5 5 10 -6       | 3.5 2.66667 2 -2.2                | 197.33
            5:10:100 -:5:50         | 2 5 10 -6       | 1.4 2.66667 2 -2.2                | 184.33
            5:10:100 -:5:50         | 1 4 1 -5 -1     | 0.7097 1.54839 0.2258 -0.80645 -0.0645 | 165.81
            5:10:100 -:5:50         | 5 -2            | 3.5 -1                            | 125
            5:10:100 -:5:50         | 4 2 -3          | 2.8 1 -0.6                        | 180.5
            5:10:100 -:5:50         | 5 2 -4 10       | 3.5 1 -1.6 2                      | 190
            5:10:100 -:5:50         | 5 -100          | 2 -33.33                          | 0
            5:10:100 -:5:50         | 4 -100          | 1.6 -33.33                        | 0
            5:10:100 -:5:50         | 1               | 0.7                               | 107
            1:10:100 -:5:50         | 1               | 0.7                               | 107
            5:10:100 15:5:50 -:2:0  | 75              | 75                                | 370
            10:1:0 20:2:0 -:3:0     | 15 -6           | 15 -6                             | 9
            10:1:0 20:2:0 -:3:0     | 11 -2           | 11 -1                             | 10.5
            2:1:0 3:2:0 -:3:0       | 5 2             | 5 2                               | 16
            10.5:1:0 -:2:0          | 12              | 6                                 | 6.75
            10:0:100 -:0:50         | 10 -4           | 10 -4                             | 100
            10:0:100 -:0:50         | 10 1 -4         | 10 1 -4                           | 150
            1:10:0 -:1:0            | 1 1 -1          | 0.5 0.25 0                        | 5.25
            1:2:0 2:9:0 -:2:0       | 1 1 1 -1 -1     | 0.25 1 1 0 0                      | 11.5
            10:1:0 20:2:0 -:3:0     | 10 5            | 0 5                               | 5
            """)
    void a_unit_is_priced_by_its_place_and_its_days(String tiers, String units, String prorated, String amount) {
        Prorated usage = Prorated.of(decimals(units).stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                changes(decimals(units), decimals(prorated)), 1);
        BigDecimal price = new Graduated(tiers(tiers), BigDecimal.ONE).price(usage).total();
        assertThat(price.setScale(2, RoundingMode.HALF_UP)).isEqualByComparingTo(amount);
    }

    /** Lago rounds this one up to the next cent, 191.34; it is 191.3336. */
    @Test
    void the_longest_published_row_to_the_last_decimal() {
        Prorated usage = Prorated.of(new BigDecimal("75"), changes(decimals("2 5 10 -6 4 60"),
                decimals("1.4 2.5 2 -2.2 0.667 2")), 1);
        assertThat(new Graduated(tiers("5:10:100 15:5:50 -:2:0"), BigDecimal.ONE).price(usage).total()
                .setScale(2, RoundingMode.CEILING)).isEqualByComparingTo("191.34");
    }

    @Test
    void included_units_are_the_first_to_come_and_the_last_to_go() {
        Prorated usage = Prorated.of(new BigDecimal("6"), List.of(Change.of(new BigDecimal(4), 30),
                Change.of(new BigDecimal(6), 20), Change.of(new BigDecimal(-4), 10)), 30);
        Prorated beyond = usage.beyond(new BigDecimal(5));
        assertThat(beyond.total()).isEqualByComparingTo("1");
        assertThat(beyond.units()).isEqualByComparingTo("2");
        assertThat(Standard.of("3").price(beyond).total()).isEqualByComparingTo("6");
    }

    @Test
    void units_that_stay_all_days_cost_what_they_cost_without_proration() {
        Cases.check(2000, random -> {
            var total = BigDecimal.valueOf(random.nextInt(1, 500), 1);
            Prorated usage = Prorated.of(total, List.of(Change.of(total, 31)), 31);
            for (ChargeModel model : List.of(Standard.of("0.07", "3"), Graduated.of(Tier.upTo("7", "1.5", "2"),
                    Tier.upTo("20.5", "0.3", "1"), Tier.rest("0.1", "4")), Volume.of(Tier.upTo("10", "2", "1"), Tier.rest("1", "3")))) {
                assertThat(model.price(usage).total()).isEqualByComparingTo(model.price(Billable.of(total)).total());
            }
        });
    }

    /** Each tenth of a unit on a stack: it counts from the day it is put there to the day it is taken off. */
    @Test
    void is_a_stack_of_units() {
        Cases.check(2000, random -> {
            var changes = new UnitChanges();
            var stack = new ArrayList<Integer>();
            long[] tierDays = new long[2];
            int most = 0;
            for (int day = 1; day <= 30; day++) {
                int units = random.nextInt(-6, 8);
                units = Math.max(units, -stack.size());
                changes.add(BigDecimal.valueOf(units, 1), 31L - day);
                for (int i = 0; i < Math.abs(units); i++) {
                    int tier = (units > 0 ? stack.size() : stack.size() - 1) < 13 ? 0 : 1;
                    tierDays[tier] += units > 0 ? 31 - day : day - 31;
                    if (units > 0) {
                        stack.add(day);
                    } else {
                        stack.remove(stack.size() - 1);
                    }
                }
                most = Math.max(most, stack.size());
            }
            Prorated usage = Prorated.of(BigDecimal.valueOf(stack.size(), 1), changes.list(), 30);
            BigDecimal expected = prorated(tierDays[0]).multiply(BigDecimal.TEN).add(prorated(tierDays[1]).multiply(new BigDecimal(3)))
                    .add(BigDecimal.valueOf((most > 0 ? 5 : 0) + (most > 13 ? 7 : 0)));
            assertThat(Graduated.of(Tier.upTo("1.3", "10", "5"), Tier.rest("3", "7")).price(usage).total())
                    .isEqualByComparingTo(expected);
        });
    }

    private static BigDecimal prorated(long tenthDays) {
        return BigDecimal.valueOf(tenthDays, 1).divide(new BigDecimal(30), 5, RoundingMode.CEILING);
    }

    private static List<Change> changes(List<BigDecimal> units, List<BigDecimal> prorated) {
        var changes = new ArrayList<Change>();
        for (int i = 0; i < units.size(); i++) {
            changes.add(new Change(units.get(i), prorated.get(i)));
        }
        return changes;
    }

    private static List<BigDecimal> decimals(String list) {
        return Arrays.stream(list.split(" ")).map(BigDecimal::new).toList();
    }

    private static Tiers tiers(String tiers) {
        return new Tiers(Arrays.stream(tiers.split(" ")).map(tier -> tier.split(":"))
                .map(tier -> tier[0].equals("-") ? Tier.rest(tier[1], tier[2]) : Tier.upTo(tier[0], tier[1], tier[2])).toList());
    }
}
