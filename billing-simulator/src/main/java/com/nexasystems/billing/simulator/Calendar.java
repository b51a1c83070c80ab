package com.nexasystems.billing.simulator;

import com.nexasystems.billing.simulator.BillerRules.AnchorRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The biller's periods. Days are those of its zone. */
final class Calendar {

    private static final int MONTHS_PER_YEAR = 12;

    private final AnchorRule anchor;
    private final ZoneId zone;

    Calendar(BillerRules rules) {
        anchor = rules.anchor();
        zone = rules.zone();
    }

    Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** All periods from the one that holds the beginning to the one that holds {@code last}. */
    List<Term> terms(Instant began, boolean byYear, LocalDate last) {
        int months = byYear ? MONTHS_PER_YEAR : 1;
        LocalDate firstDay = began.atZone(zone).toLocalDate();
        LocalDate origin = origin(firstDay, byYear);
        List<Term> terms = new ArrayList<>();
        for (int count = 0; !origin.plusMonths((long) count * months).isAfter(last); count++) {
            LocalDate from = origin.plusMonths((long) count * months);
            LocalDate to = origin.plusMonths((count + 1L) * months);
            boolean partial = from.isBefore(firstDay);
            terms.add(new Term(from, partial ? firstDay : from, to, partial ? Optional.of(began) : Optional.empty()));
        }
        return terms;
    }

    /** Days of the whole period. */
    static long days(Term term) {
        return ChronoUnit.DAYS.between(term.whole(), term.to());
    }

    /** Anniversaries are counted from the first day itself, so that a short month does not move those after it. */
    private LocalDate origin(LocalDate firstDay, boolean byYear) {
        if (anchor == AnchorRule.ANNIVERSARY) {
            return firstDay;
        }
        return byYear ? firstDay.withDayOfYear(1) : firstDay.withDayOfMonth(1);
    }
}
