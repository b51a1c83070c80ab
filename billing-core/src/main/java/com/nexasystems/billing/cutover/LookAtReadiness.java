package com.nexasystems.billing.cutover;

import com.nexasystems.billing.cutover.Readiness.OpenDelta;
import com.nexasystems.billing.cutover.Readiness.Some;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.reconciliation.Reconciliations.Cursor;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Unlinked;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** Computes what the gate looks at, from what is there now: no row that was written before is believed. */
final class LookAtReadiness {

    private static final int PAGE = 500;

    private final ShadowRecords records;
    private final Subscriptions subscriptions;
    private final Reconcile reconcile;
    private final Reconciliations reconciliations;

    LookAtReadiness(ShadowRecords records, Subscriptions subscriptions, Reconcile reconcile, Reconciliations reconciliations) {
        this.records = records;
        this.subscriptions = subscriptions;
        this.reconcile = reconcile;
        this.reconciliations = reconciliations;
    }

    Readiness at(CutOverTerms terms, Instant now, LongConsumer progress) {
        Optional<ImportRun> imported = records.lastRun(terms.service());
        if (imported.isEmpty()) {
            return new Readiness(terms, imported, Optional.empty(), 0, 0, Some.none(), Some.none(), Map.of(), Some.none());
        }
        ReconciliationRun run = reconcile.run(Reconcile.Request.of(terms.service()), progress);
        var look = new Look(terms, now);
        look.throughSubscriptions();
        look.throughRows();
        return new Readiness(terms, imported, Optional.of(run), look.shadows, look.rows, look.stale, look.open,
                look.unlinked(run), look.unpayable);
    }

    /** One look: what its pages add up to. */
    private final class Look {

        private final CutOverTerms terms;
        private final Instant now;
        private final Set<String> flipped = new HashSet<>();
        private final Map<String, LocalDate> currentStart = new HashMap<>();
        private long shadows;
        private long rows;
        private LocalDate earliest = RowQuery.LAST_DAY;
        private Some<String> stale = Some.none();
        private Some<OpenDelta> open = Some.none();
        private Some<String> unpayable = Some.none();

        Look(CutOverTerms terms, Instant now) {
            this.terms = terms;
            this.now = now;
        }

        void throughSubscriptions() {
            Optional<String> after = Optional.empty();
            List<ShadowSubscription> page = records.subscriptions(terms.service(), after, PAGE);
            while (!page.isEmpty()) {
                Map<String, ShadowSubscription> own = new HashMap<>();
                page.stream().filter(this::isMeant).forEach(one -> own.put(one.externalId(), one));
                subscriptions.findAll(own.values().stream().map(ShadowSubscription::id).toList()).stream()
                        .filter(found -> found.state() == SubscriptionState.SHADOW && found.terminatedAt().isEmpty())
                        .forEach(found -> add(found, own.get(found.externalId())));
                after = Optional.of(page.get(page.size() - 1).externalId());
                page = records.subscriptions(terms.service(), after, PAGE);
            }
        }

        private boolean isMeant(ShadowSubscription one) {
            return terms.user().map(one.user()::equals).orElse(true);
        }

        private void add(Subscription found, ShadowSubscription one) {
            shadows++;
            flipped.add(found.externalId());
            currentStart.put(found.externalId(), LocalDate.ofInstant(found.phases().get(0).wholePeriod(now).start(),
                    found.zone()));
            if (!one.payable()) {
                unpayable = unpayable.plus(one.externalId());
            }
        }

        /** The last rows of each subscription, which stand in a row. */
        void throughRows() {
            RowQuery query = RowQuery.of(terms.service());
            var last = new ArrayList<ReconciledRow>();
            List<ReconciledRow> page = reconciliations.list(query, Optional.empty(), PAGE);
            while (!page.isEmpty()) {
                for (ReconciledRow row : page) {
                    if (!last.isEmpty() && !last.get(0).subscription().equals(row.subscription())) {
                        add(last);
                        last.clear();
                    }
                    last.add(row);
                }
                page = reconciliations.list(query, Optional.of(Cursor.of(page.get(page.size() - 1))), PAGE);
            }
            add(last);
        }

        private void add(List<ReconciledRow> all) {
            if (all.isEmpty() || !flipped.contains(all.get(0).subscription())) {
                return;
            }
            ReconciledRow latest = all.get(all.size() - 1);
            if (latest.end().isBefore(currentStart.get(latest.subscription()))) {
                stale = stale.plus(latest.subscription());
            }
            for (ReconciledRow row : all.subList(Math.max(0, all.size() - terms.cycles()), all.size())) {
                rows++;
                earliest = row.start().isBefore(earliest) ? row.start() : earliest;
                if (row.status() == Status.DELTA) {
                    open = open.plus(new OpenDelta(row.subscription(), row.start(), row.delta(), row.unexplained()));
                }
            }
        }

        /** Of the months since the earliest of those cycles; what says no time counts always. */
        Map<Currency, BigDecimal> unlinked(ReconciliationRun run) {
            Map<Currency, BigDecimal> sums = new HashMap<>();
            terms.user().map(user -> reconcile.unlinkedOf(terms.service(), user)).orElse(run.unlinked()).stream()
                    .filter(one -> one.why() == Unlinked.Why.NO_PERIOD
                            || !one.month().isBefore(earliest.withDayOfMonth(1)))
                    .forEach(one -> sums.merge(one.currency(), one.subtotal(), BigDecimal::add));
            return sums;
        }
    }
}
