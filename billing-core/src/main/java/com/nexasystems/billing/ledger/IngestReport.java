package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an ingestion has come to.
 *
 * @param listed    invoices that were named
 * @param known     of those, settled ones that were not asked for again
 * @param outcomes  of the others: how many by outcome and reason, such as {@code skipped: void}; by name
 * @param drafted   drafts that are new, or different from before
 * @param unchanged drafts that were there already
 * @param posted    entries that are posted already and say the same
 * @param changed   invoices whose source differs from what is posted
 * @param problems  held and unverified invoices with their reasons, the first {@value #MOST_PROBLEMS}
 */
public record IngestReport(long listed, long known, Map<String, Long> outcomes, long drafted, long unchanged, long posted,
                           long changed, List<Problem> problems) {

    static final int MOST_PROBLEMS = 1_000;

    public static final IngestReport NOTHING = new IngestReport(0, 0, Map.of(), 0, 0, 0, 0, List.of());

    /** An invoice that is not booked though it might have to be. */
    public record Problem(String invoice, Outcome outcome, String reason) { }

    public IngestReport {
        outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
        problems = List.copyOf(problems);
    }

    /** Both together. */
    public IngestReport plus(IngestReport other) {
        var sums = new TreeMap<>(outcomes);
        other.outcomes.forEach((name, number) -> sums.merge(name, number, Long::sum));
        var all = new ArrayList<>(problems);
        all.addAll(other.problems.subList(0, Math.min(other.problems.size(), MOST_PROBLEMS - all.size())));
        return new IngestReport(listed + other.listed, known + other.known, sums, drafted + other.drafted,
                unchanged + other.unchanged, posted + other.posted, changed + other.changed, all);
    }

    /** How many invoices have an outcome, whatever the reason. */
    public long of(Outcome outcome) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().equals(outcome.code()) || entry.getKey().startsWith(outcome.code() + ": "))
                .mapToLong(Map.Entry::getValue).sum();
    }
}
