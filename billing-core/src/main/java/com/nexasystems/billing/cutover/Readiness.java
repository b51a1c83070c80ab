package com.nexasystems.billing.cutover;

import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.shadow.ImportRun;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gate looks at.
 *
 * @param imported      the last import
 * @param reconciled    what it was compared by, just now
 * @param subscriptions shadow subscriptions that are to be flipped
 * @param rows          of their last full cycles
 * @param stale         external ids of those that have had a full cycle since the import; the first ones
 * @param open          of those rows, the differences that nobody has accepted; the first ones
 * @param unlinked      by currency, revenue since those cycles began that was compared with nothing
 * @param unpayable     external ids of those whose user has no means of payment that is known; the first ones
 */
public record Readiness(CutOverTerms terms, Optional<ImportRun> imported, Optional<ReconciliationRun> reconciled,
                        long subscriptions, long rows, Some<String> stale, Some<OpenDelta> open,
                        Map<Currency, BigDecimal> unlinked, Some<String> unpayable) {

    /** A difference that nobody has accepted. */
    public record OpenDelta(String subscription, LocalDate start, BigDecimal delta, BigDecimal unexplained) { }

    /** Some of many. */
    public record Some<T>(long all, List<T> first) {

        static final int MOST = 5;

        public Some {
            first = List.copyOf(first);
        }

        Some<T> plus(T one) {
            var more = new ArrayList<>(first);
            if (more.size() < MOST) {
                more.add(one);
            }
            return new Some<>(all + 1, more);
        }

        static <T> Some<T> none() {
            return new Some<>(0, List.of());
        }

        @Override
        public String toString() {
            return String.join(", ", first.stream().map(Object::toString).toList()) + (all > first.size() ? ", …" : "");
        }
    }

    public Readiness {
        unlinked = Map.copyOf(unlinked);
    }
}
