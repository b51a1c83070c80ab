package com.nexasystems.billing.shadow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an import came to.
 *
 * @param tallies  for each kind of row
 * @param problems the first {@value #MOST_PROBLEMS} rows that failed or were skipped, in the order in which they were met
 */
public record ImportReport(Map<Kind, Tally> tallies, List<Problem> problems) {

    static final int MOST_PROBLEMS = 1_000;

    /** The kinds of row, in the order in which they are imported: parents first. */
    public enum Kind {
        PLAN, USER, SUBSCRIPTION, USAGE, INVOICE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of a row. */
    public enum Outcome {
        CREATED, UPDATED, UNCHANGED,
        /** Not asked for: a plan that is no longer sold, a subscription that has ended. */
        LEFT_OUT,
        /** What it belongs to is not there, or another row says the same. */
        SKIPPED,
        /** It cannot be imported as it is. */
        FAILED
    }

    /** A row that is not in, and why. */
    public record Problem(Kind kind, String id, Outcome outcome, String reason) { }

    /** How many rows of a kind came to what. */
    public record Tally(long created, long updated, long unchanged, long leftOut, long skipped, long failed) {

        public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

        public Tally plus(Outcome outcome, long rows) {
            return switch (outcome) {
                case CREATED -> new Tally(created + rows, updated, unchanged, leftOut, skipped, failed);
                case UPDATED -> new Tally(created, updated + rows, unchanged, leftOut, skipped, failed);
                case UNCHANGED -> new Tally(created, updated, unchanged + rows, leftOut, skipped, failed);
                case LEFT_OUT -> new Tally(created, updated, unchanged, leftOut + rows, skipped, failed);
                case SKIPPED -> new Tally(created, updated, unchanged, leftOut, skipped + rows, failed);
                case FAILED -> new Tally(created, updated, unchanged, leftOut, skipped, failed + rows);
            };
        }

        public long rows() {
            return created + updated + unchanged + leftOut + skipped + failed;
        }
    }

    public ImportReport {
        tallies = Collections.unmodifiableMap(new EnumMap<>(tallies));
        problems = List.copyOf(problems);
    }

    public Tally of(Kind kind) {
        return tallies.getOrDefault(kind, Tally.NONE);
    }

    public long failed() {
        return tallies.values().stream().mapToLong(Tally::failed).sum();
    }

    public long skipped() {
        return tallies.values().stream().mapToLong(Tally::skipped).sum();
    }

    /** Whether the import changed anything. */
    public boolean changed() {
        return tallies.values().stream().anyMatch(tally -> tally.created() + tally.updated() > 0);
    }

    /** Grows with an import. */
    static final class Builder {

        private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
        private final List<Problem> problems = new ArrayList<>();

        void add(Kind kind, Outcome outcome, long rows) {
            tallies.merge(kind, Tally.NONE.plus(outcome, rows), (before, more) -> before.plus(outcome, rows));
        }

        void add(Problem problem) {
            add(problem.kind(), problem.outcome(), 1);
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(problem);
            }
        }

        ImportReport build() {
            return new ImportReport(tallies.isEmpty() ? new EnumMap<>(Kind.class) : tallies, problems);
        }
    }
}
