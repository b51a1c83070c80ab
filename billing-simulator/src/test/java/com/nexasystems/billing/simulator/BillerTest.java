package com.nexasystems.billing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.shadow.SourceUser;
import com.nexasystems.billing.simulator.BillerRules.ProrationRule;
import com.nexasystems.billing.simulator.BillerRules.QuotaRule;
import com.nexasystems.billing.simulator.BillerRules.RoundingLevel;
import com.nexasystems.billing.simulator.BillerRules.TaxRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillerTest {

    private static final Term OCTOBER = term("2026-10-01", "2026-10-01", null);

    @ParameterizedTest(name = "{0} {1}, tax {3}: {2} h of 100 h beside 10.00 are {4}")
    @CsvSource(delimiter = '|', textBlock = """
            LINE  | HALF_UP   | 100        | EXCLUDED | 10.00              | 10.00
            LINE  | HALF_UP   | 102        | EXCLUDED | 10.00 + 0.02       | 10.02
            LINE  | HALF_DOWN | 102        | EXCLUDED | 10.00 + 0.01       | 10.01
            LINE  | HALF_EVEN | 102        | EXCLUDED | 10.00 + 0.02       | 10.02
            LINE  | HALF_EVEN | 106        | EXCLUDED | 10.00 + 0.04       | 10.04
            LINE  | HALF_UP   | 106        | EXCLUDED | 10.00 + 0.05       | 10.05
            LINE  | DOWN      | 107.999999 | EXCLUDED | 10.00 + 0.05       | 10.05
            LINE  | UP        | 106.700000 | EXCLUDED | 10.00 + 0.06       | 10.06
            TOTAL | HALF_UP   | 106        | EXCLUDED | 10.00 + 0.05       | 10.05
            LINE  | HALF_UP   | 106        | INCLUDED | 11.30 + 0.05       | 11.35
            LINE  | HALF_UP   | 110        | INCLUDED | 11.30 + 0.08       | 11.38
            """)
    void rounds(RoundingLevel level, RoundingMode mode, BigDecimal used, TaxRule tax, String items, String subtotal) {
        BillerRules rules = BillerRules.plain().withRounding(level, mode).withTax(tax);

        Bill bill = bill(rules, OCTOBER, "10.00", used);

        assertThat(amounts(bill)).isEqualTo(items);
        assertThat(bill.subtotal()).isEqualTo(subtotal);
    }

    @Test
    void tax_is_on_top_of_the_subtotal_or_in_it() {
        assertThat(bill(BillerRules.plain(), OCTOBER, "31.95", new BigDecimal(0)).tax()).isEqualTo("4.15");
        assertThat(bill(BillerRules.plain().withTax(TaxRule.INCLUDED), OCTOBER, "31.95", new BigDecimal(0)).tax())
                .isEqualTo("0.00");
    }

    @Test
    void a_total_is_rounded_once_and_its_last_item_takes_the_difference() {
        BillerRules rules = BillerRules.plain().withRounding(RoundingLevel.TOTAL, RoundingMode.DOWN);

        Bill bill = bill(rules, term("2026-10-01", "2026-10-12", "2026-10-12T14:00:00Z"), "10.00", new BigDecimal(107));

        assertThat(amounts(bill)).isEqualTo("6.451613 + 0.048387");
        assertThat(bill.subtotal()).isEqualTo("6.50");
    }

    @ParameterizedTest(name = "{0}: 31.00 from {1} on {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NONE      | 2026-10-12T14:00:00Z | UTC             | 31.00
            BY_DAY    | 2026-10-12T14:00:00Z | UTC             | 20.00
            BY_DAY    | 2026-10-12T02:00:00Z | America/Toronto | 21.00
            BY_SECOND | 2026-10-12T12:00:00Z | UTC             | 19.50
            BY_SECOND | 2026-10-12T04:00:00Z | America/Toronto | 20.00
            BY_SECOND | 2026-10-12T22:00:00Z | Europe/Paris    | 19.02
            """)
    void prorates(ProrationRule proration, Instant began, ZoneId zone, String amount) {
        BillerRules rules = BillerRules.plain().withProration(proration).withZone(zone);
        String day = began.atZone(zone).toLocalDate().toString();

        Bill bill = bill(rules, term("2026-10-01", day, began.toString()), "31.00", BigDecimal.ZERO);

        assertThat(bill.subtotal()).isEqualTo(amount);
    }

    @ParameterizedTest(name = "{0}: of {1} h used, {2} h are beyond 100 h")
    @CsvSource({"EXACT,100,0", "EXACT,100.5,0.5", "OFF_BY_ONE_HOUR,99,0", "OFF_BY_ONE_HOUR,99.5,0.5",
            "OFF_BY_ONE_HOUR,101,2", "WHOLE_ONCE_EXCEEDED,100,0", "WHOLE_ONCE_EXCEEDED,100.5,100.5"})
    void counts_what_is_beyond_the_quota(QuotaRule quota, BigDecimal used, BigDecimal beyond) {
        Biller biller = biller(BillerRules.plain().withQuota(quota));

        assertThat(biller.beyond(100, micros(used))).isEqualTo(micros(beyond));
    }

    @ParameterizedTest(name = "October in {0}, {1} off, has the usage from {2} to {3}")
    @CsvSource({"UTC,PT0H,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z",
            "America/Toronto,PT0H,2026-10-01T04:00:00Z,2026-11-01T04:00:00Z",
            "Europe/Paris,PT0H,2026-09-30T22:00:00Z,2026-10-31T23:00:00Z",
            "Asia/Kolkata,PT-1H,2026-09-30T17:30:00Z,2026-10-31T17:30:00Z",
            "UTC,PT24H,2026-10-02T00:00:00Z,2026-11-02T00:00:00Z"})
    void takes_usage_of_its_zone(ZoneId zone, Duration shift, Instant from, Instant to) {
        Biller biller = biller(BillerRules.plain().withZone(zone).withUsageShift(shift));

        assertThat(biller.usageFrom(OCTOBER)).isEqualTo(from);
        assertThat(biller.usageTo(OCTOBER)).isEqualTo(to);
    }

    private static Bill bill(BillerRules rules, Term term, String price, BigDecimal used) {
        Biller biller = biller(rules);
        List<Line> lines = new ArrayList<>();
        lines.add(biller.flat(deployment(), term, new BigDecimal(price), rules.proration()));
        biller.overage(term, 100, micros(used)).ifPresent(lines::add);
        return biller.bill(lines, new BigDecimal("0.13"));
    }

    private static Biller biller(BillerRules rules) {
        return new Biller(rules, new Wording(new Seeds(1)));
    }

    private static Deployment deployment() {
        SourceUser user = new SourceUser("u", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
        Plan plan = new Plan(0, "p", "Starter", BigDecimal.TEN, BigDecimal.TEN, BigDecimal.ONE, BigDecimal.ONE, 100, true);
        return new Deployment(0, "d", "s", "web", new Customer(user, new BigDecimal("0.13")), plan, "active", false,
                Instant.EPOCH, Optional.empty(), List.of(), OCTOBER, Instant.EPOCH, Instant.MAX);
    }

    private static Term term(String whole, String from, String began) {
        return new Term(LocalDate.parse(whole), LocalDate.parse(from), LocalDate.parse(whole).plusMonths(1),
                Optional.ofNullable(began).map(Instant::parse));
    }

    private static long micros(BigDecimal hours) {
        return hours.movePointRight(6).longValueExact();
    }

    private static String amounts(Bill bill) {
        return bill.lines().stream().map(line -> line.amount().toPlainString()).collect(Collectors.joining(" + "));
    }
}
