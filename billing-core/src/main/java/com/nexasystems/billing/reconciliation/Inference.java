package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * The rules that an application's own charges bear out.
 *
 * @param rows       periods that were charged by one invoice in the plan's currency, without what is paid once
 * @param explained  of them, that the best rules explain to the last minor unit
 * @param decided    whether so many of them are that the rules can be told; if not, {@code best} is no finding
 * @param candidates the best and those that come next to it, the best first, with how many rows of a sample each explains
 * @param undecided  rules that explain as many rows as the best, each otherwise in one thing: the charges do not tell them apart
 * @param exceptions the first {@value #MOST_EXCEPTIONS} rows that the best rules do not explain
 */
public record Inference(long rows, long explained, boolean decided, BillerRules best, Anchor anchor, long sampled,
                        List<Candidate> candidates, List<BillerRules> undecided, List<Unexplained> exceptions) {

    static final int MOST_EXCEPTIONS = 1_000;

    /** From which day periods are counted. */
    public enum Anchor {
        CALENDAR,
        /** From the day of the start; from a 31st, at the end of shorter months. */
        MONTH_END_ANCHORED,
        ANNIVERSARY
    }

    /** Rules, and how many of the sampled rows they explain. */
    public record Candidate(BillerRules rules, long explained) { }

    /** A row that rules do not explain. */
    public record Unexplained(String subscription, LocalDate start, BigDecimal expected, BigDecimal actual) { }

    public Inference {
        candidates = List.copyOf(candidates);
        undecided = List.copyOf(undecided);
        exceptions = List.copyOf(exceptions);
    }

    /** In percent to two decimals, rounded down. */
    public BigDecimal share() {
        return rows == 0 ? BigDecimal.ZERO.setScale(2) : BigDecimal.valueOf(explained).multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(rows), Decimals.DIVISION).setScale(2, RoundingMode.DOWN);
    }

    /** Such as {@code rounded on the total HALF_UP, …, America/Toronto explains 99.97 %; 4 rows do not}. */
    @Override
    public String toString() {
        String words = anchor.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return decided ? best + ", " + words + ", explains " + share() + " %; " + (rows - explained) + " rows do not fit"
                : "no rules explain enough of the " + rows + " rows; the best that were found explain " + share() + " %";
    }
}
