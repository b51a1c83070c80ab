package com.nexasystems.billing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.simulator.BillerRules.AnchorRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {

    private static final BillerRules TORONTO = BillerRules.plain().withZone(ZoneId.of("America/Toronto"));

    @Test
    void anniversaries_of_the_31st_shrink_and_come_back() {
        List<Term> terms = new Calendar(BillerRules.plain().withAnchor(AnchorRule.ANNIVERSARY))
                .terms(Instant.parse("2026-01-31T09:00:00Z"), false, LocalDate.parse("2026-04-01"));

        assertThat(terms).extracting(Term::from).extracting(LocalDate::toString)
                .containsExactly("2026-01-31", "2026-02-28", "2026-03-31");
        assertThat(terms).noneMatch(Term::partial);
    }

    @Test
    void a_calendar_month_is_partial_from_the_day_of_the_zone_on() {
        Instant began = Instant.parse("2026-08-12T02:00:00Z");

        List<Term> terms = new Calendar(TORONTO).terms(began, false, LocalDate.parse("2026-09-30"));

        assertThat(terms).hasSize(2);
        assertThat(terms.get(0).from()).isEqualTo("2026-08-11");
        assertThat(terms.get(0).began()).contains(began);
        assertThat(terms.get(1).from()).isEqualTo("2026-09-01");
        assertThat(terms.get(1).partial()).isFalse();
    }

    @Test
    void a_calendar_year_begins_in_january() {
        List<Term> terms = new Calendar(TORONTO).terms(Instant.parse("2025-08-12T12:00:00Z"), true,
                LocalDate.parse("2026-09-30"));

        assertThat(terms).extracting(Term::from).extracting(LocalDate::toString)
                .containsExactly("2025-08-12", "2026-01-01");
    }
}
