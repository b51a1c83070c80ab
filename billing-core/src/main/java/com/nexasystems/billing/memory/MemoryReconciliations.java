package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.AdoptedRules;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.reconciliation.Resolution;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Total;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

final class MemoryReconciliations implements Reconciliations {

    private final Memory memory;
    private final Map<Key, Kept> rows = new TreeMap<>();
    private final List<ReconciliationRun> runs = new ArrayList<>();
    private final List<AdoptedRules> adopted = new ArrayList<>();
    private final Map<UUID, ParityCertificate> certificates = new HashMap<>();

    private record Key(ServiceId service, String subscription, LocalDate start) implements Comparable<Key> {

        static Key of(ReconciledRow row) {
            return new Key(row.service(), row.subscription(), row.start());
        }

        @Override
        public int compareTo(Key other) {
            int order = service.value().compareTo(other.service.value());
            order = order != 0 ? order : subscription.compareTo(other.subscription);
            return order != 0 ? order : start.compareTo(other.start);
        }
    }

    /** @param run that put it last */
    private record Kept(UUID run, ReconciledRow row) { }

    MemoryReconciliations(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void put(UUID run, List<ReconciledRow> some) {
        memory.run(() -> some.forEach(row -> memory.put(rows, Key.of(row), new Kept(run, kept(row)))));
    }

    private ReconciledRow kept(ReconciledRow row) {
        Optional<ReconciledRow> before = Optional.ofNullable(rows.get(Key.of(row))).map(Kept::row);
        return before.filter(known -> row.status() == Status.DELTA && known.hasFiguresOf(row))
                .flatMap(ReconciledRow::resolution).map(row::resolved).orElse(row);
    }

    @Override
    public boolean resolve(ReconciledRow seen, Resolution resolution) {
        return memory.call(() -> {
            Kept kept = rows.get(Key.of(seen));
            if (kept == null || kept.row.status() != Status.DELTA || !kept.row.hasFiguresOf(seen)) {
                return false;
            }
            memory.put(rows, Key.of(seen), new Kept(kept.run, kept.row.resolved(resolution)));
            return true;
        });
    }

    @Override
    public Optional<ReconciledRow> find(ServiceId service, String subscription, LocalDate start) {
        return memory.call(() -> Optional.ofNullable(rows.get(new Key(service, subscription, start))).map(Kept::row));
    }

    @Override
    public List<ReconciledRow> list(RowQuery query, Optional<Cursor> after, int limit) {
        return memory.call(() -> matching(query).filter(row -> after.map(cursor -> Key.of(row)
                .compareTo(new Key(row.service(), cursor.subscription(), cursor.start())) > 0).orElse(true))
                .limit(limit).toList());
    }

    private Stream<ReconciledRow> matching(RowQuery query) {
        return rows.values().stream().map(Kept::row).filter(row -> row.service().equals(query.service())
                && query.statuses().contains(row.status()) && isIn(row, query.from(), query.until())
                && query.subscription().map(row.subscription()::equals).orElse(true));
    }

    private static boolean isIn(ReconciledRow row, LocalDate from, LocalDate until) {
        return !row.start().isBefore(from) && row.start().isBefore(until);
    }

    @Override
    public void sweep(ServiceId service, Collection<String> subscriptions, LocalDate from, LocalDate until, UUID run) {
        Set<String> swept = new HashSet<>(subscriptions);
        memory.run(() -> rows.entrySet().stream().filter(entry -> entry.getKey().service.equals(service)
                        && swept.contains(entry.getKey().subscription) && !entry.getValue().run.equals(run)
                        && isIn(entry.getValue().row, from, until)).map(Map.Entry::getKey).toList()
                .forEach(key -> memory.remove(rows, key)));
    }

    @Override
    public List<Total> totals(RowQuery query) {
        return memory.call(() -> {
            Map<List<Object>, Total> totals = new LinkedHashMap<>();
            matching(query).forEach(row -> totals.merge(
                    List.of(row.start().withDayOfMonth(1), row.currency(), row.status()),
                    new Total(row.start().withDayOfMonth(1), row.currency(), row.status(), 1, row.computed(), row.actual(),
                            row.unexplained().abs()), Total::plus));
            return List.copyOf(totals.values());
        });
    }

    @Override
    public void add(ReconciliationRun run) {
        memory.run(() -> memory.append(runs, run));
    }

    @Override
    public Optional<ReconciliationRun> lastRun(ServiceId service) {
        return memory.call(() -> runs.stream().filter(run -> run.service().equals(service))
                .reduce((before, next) -> next));
    }

    @Override
    public void adopt(AdoptedRules rules) {
        memory.run(() -> memory.append(adopted, rules));
    }

    @Override
    public Optional<AdoptedRules> adopted(ServiceId service) {
        return memory.call(() -> adopted.stream().filter(rules -> rules.service().equals(service))
                .reduce((before, next) -> next));
    }

    @Override
    public void remove(ServiceId service) {
        memory.run(() -> {
            List.copyOf(rows.keySet()).stream().filter(key -> key.service.equals(service))
                    .forEach(key -> memory.remove(rows, key));
            memory.replace(runs, runs.stream().filter(run -> !run.service().equals(service)).toList());
            memory.replace(adopted, adopted.stream().filter(rules -> !rules.service().equals(service)).toList());
        });
    }

    @Override
    public void add(ParityCertificate certificate) {
        memory.run(() -> memory.put(certificates, certificate.id(), certificate));
    }

    @Override
    public Optional<ParityCertificate> certificate(UUID id) {
        return memory.call(() -> Optional.ofNullable(certificates.get(id)));
    }
}
