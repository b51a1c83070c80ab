package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.identity.ServiceId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The reconciled rows, and by which rules. {@code ReconciliationsContract} checks these rules.
 *
 * <p>RC-1 A row that was put is found, exactly as it was.
 * <p>RC-2 Put again, a row of a service, subscription and first day replaces the one before. If that was resolved, and the
 * new one is a delta with the same figures and currency, it is resolved likewise; otherwise the resolution is gone.
 * <p>RC-3 A row is resolved only while it is a delta of the figures that were looked at; else the answer is false, and nothing
 * changes.
 * <p>RC-4 A list has the rows that are asked for, by subscription and first day, those after the cursor, at most as many as
 * asked for.
 * <p>RC-5 A sweep removes the rows of some subscriptions of a service that begin in the days and were not put by the run; no
 * others.
 * <p>RC-6 Totals count and add up the rows of a service by first day of the month, currency and status.
 * <p>RC-7 Of runs, and of adopted rules, the one that was added last stands.
 * <p>RC-8 What is of one service is not there for another.
 * <p>RC-9 Removing a service's rows removes its runs and rules, and nothing else; its certificates stay.
 * <p>RC-10 A certificate that was issued is found by its id, exactly as it was, for good.
 */
public interface Reconciliations {

    void put(UUID run, List<ReconciledRow> rows);

    /** @return false if the row is not there, is no delta, or has other figures */
    boolean resolve(ReconciledRow seen, Resolution resolution);

    Optional<ReconciledRow> find(ServiceId service, String subscription, LocalDate start);

    List<ReconciledRow> list(RowQuery query, Optional<Cursor> after, int limit);

    void sweep(ServiceId service, Collection<String> subscriptions, LocalDate from, LocalDate until, UUID run);

    List<Total> totals(RowQuery query);

    void add(ReconciliationRun run);

    Optional<ReconciliationRun> lastRun(ServiceId service);

    void adopt(AdoptedRules rules);

    Optional<AdoptedRules> adopted(ServiceId service);

    void remove(ServiceId service);

    void add(ParityCertificate certificate);

    Optional<ParityCertificate> certificate(UUID id);

    /** A place in the order of rows. */
    record Cursor(String subscription, LocalDate start) {

        public static Cursor of(ReconciledRow row) {
            return new Cursor(row.subscription(), row.start());
        }
    }
}
