package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.Reconciliations.Cursor;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Asked;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Compared;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Read;
import com.nexasystems.billing.reconciliation.Tariff.Charged;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.UsageTwin;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.tax.TaxRates;
import com.nexasystems.billing.usage.UsageRecords;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Compares what this engine would have charged with what the application charged, period by period, and looks for the cause of
 * every difference.
 *
 * <p>Works page by page, so that it can be killed and run again. Memory does not grow with the number of periods. What an
 * operator has resolved stays so, if the figures are what they were.
 */
public final class Reconcile {

    private static final int PAGE = 500;
    private static final LocalDate FROM_THE_BEGINNING = LocalDate.of(1, 1, 1);

    private final SubscriptionPage pages;
    private final ShadowRecords records;
    private final UsageRecords usage;
    private final Plans plans;
    private final TaxRates taxRates;
    private final Reconciliations reconciliations;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public Reconcile(Subscriptions subscriptions, Customers customers, ShadowRecords records, RatePeriod ratePeriod,
                     UsageRecords usage, Plans plans, TaxRates taxRates, Reconciliations reconciliations, EventLog events,
                     Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.pages = new SubscriptionPage(subscriptions, customers, records, ratePeriod);
        this.records = records;
        this.usage = usage;
        this.plans = plans;
        this.taxRates = taxRates;
        this.reconciliations = reconciliations;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What to compare.
     *
     * @param from      periods that end after it; all, if it is empty
     * @param tolerance see {@link ReconciliationRun}
     */
    public record Request(ServiceId service, Optional<LocalDate> from, BigDecimal tolerance) {

        public static Request of(ServiceId service) {
            return new Request(service, Optional.empty(), ReconciliationRun.DEFAULT_TOLERANCE);
        }

        public Request from(LocalDate day) {
            return new Request(service, Optional.of(day), tolerance);
        }
    }

    /** As {@link #run(Request, int, LongConsumer)}, with one worker; inside a unit of work it is a part of it. */
    public ReconciliationRun run(Request request, LongConsumer progress) {
        return run(request, 1, progress);
    }

    /**
     * Compares all periods that were over when the last import began: later data may be missing. If there are differences,
     * and not those of the last run, the service is told that there are.
     *
     * @param workers  pages worked on at the same time; one inside a unit of work, which is of one thread
     * @param progress told how many subscriptions are done, page by page; one call at a time
     * @throws InvalidValue if nothing has been imported for the service, or the tolerance is not allowed
     * @throws PortFailure  if a port failed; run it again
     */
    public ReconciliationRun run(Request request, int workers, LongConsumer progress) {
        ImportRun imported = records.lastRun(request.service).orElseThrow(() -> new InvalidValue("service",
                "has imported nothing yet; run the import first"));
        BillerRules rules = rules(request.service, imported);
        LocalDate from = request.from.orElse(FROM_THE_BEGINNING);
        return new Run(request, ids.next(), from, new Asked(request.service, from, imported.startedAt(), rules), progress)
                .through(workers);
    }

    /** What is compared by: what was adopted, else the engine's own. */
    public BillerRules rules(ServiceId service, ImportRun imported) {
        return reconciliations.adopted(service).map(AdoptedRules::rules)
                .orElse(BillerRules.engine(imported.terms().zone()));
    }

    /** One run: what its pages share. */
    private final class Run {

        private final Request request;
        private final UUID id;
        private final LocalDate from;
        private final Asked asked;
        private final LongConsumer progress;
        private final UnlinkedTally unlinked = new UnlinkedTally();
        private Optional<String> last = Optional.empty();

        Run(Request request, UUID id, LocalDate from, Asked asked, LongConsumer progress) {
            this.request = request;
            this.id = id;
            this.from = from;
            this.asked = asked;
            this.progress = progress;
        }

        ReconciliationRun through(int workers) {
            check();
            if (workers == 1) {
                work();
            } else {
                workTogether(workers);
            }
            tellUnlinked(request.service, unlinked::add);
            return unitOfWork.call(this::end);
        }

        private void workTogether(int workers) {
            ExecutorService pool = Executors.newFixedThreadPool(workers);
            try {
                CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(this::work, pool)).limit(workers)
                        .toArray(CompletableFuture[]::new)).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            } finally {
                pool.shutdown();
            }
        }

        private void work() {
            var tariffs = new Tariffs(plans, taxRates);
            List<ShadowSubscription> page = next();
            while (!page.isEmpty()) {
                List<ShadowSubscription> now = page;
                done(unitOfWork.call(() -> compare(now, tariffs)), page.size());
                page = next();
            }
        }

        private synchronized List<ShadowSubscription> next() {
            List<ShadowSubscription> page = records.subscriptions(request.service, last, PAGE);
            last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).externalId());
            return page;
        }

        private synchronized void done(List<SourceInvoice> unplaced, int subscriptions) {
            unplaced.forEach(invoice -> unlinked.add(Unlinked.Why.NO_PERIOD, invoice));
            progress.accept(subscriptions);
        }

        /** Before anything is written. */
        private void check() {
            new ReconciliationRun(id, request.service, asked.asOf(), from, asked.rules(), request.tolerance, 0, List.of(), "",
                    asked.asOf());
        }

        /** @return what belongs to no period */
        private List<SourceInvoice> compare(List<ShadowSubscription> page, Tariffs tariffs) {
            Read read = pages.read(page, asked, tariffs);
            List<UsageTwin> twins = records.twins(page.stream().map(ShadowSubscription::id).toList());
            reconciliations.put(id, read.periods().stream().map(one -> row(one, tariffs, twins)).toList());
            reconciliations.sweep(request.service, read.subscriptions(), from, RowQuery.LAST_DAY, id);
            return read.unplaced();
        }

        private ReconciledRow row(Compared one, Tariffs tariffs, List<UsageTwin> twins) {
            ShadowPeriod period = one.period();
            Charged computed = charged(one);
            BigDecimal actual = one.actual().total();
            BigDecimal delta = ReconciledRow.compared(computed.total()).subtract(ReconciledRow.compared(actual));
            boolean matches = delta.abs().compareTo(request.tolerance) <= 0 && one.actual().foreign().isEmpty();
            var found = matches ? new Attribution.Found(List.of(), BigDecimal.ZERO)
                    : new Attribution(new Comparison(one.tariff(), tariffs.others(period), asked.rules(), period, one.used(),
                    computed, one.actual(), () -> UsageEvidence.read(usage, tariffs.metric(period), period, twins))).find();
            return new ReconciledRow(request.service, period.subscription().externalId(), period.first(), period.end(),
                    one.tariff().currency(), computed.total(), actual, computed.flat(), one.actual().sum(Actual.Role.FLAT),
                    one.actual().sum(Actual.Role.USAGE), matches ? Status.MATCH : Status.DELTA, found.causes(),
                    found.unexplained(), Optional.empty());
        }

        /** The engine's own amounts, or what other rules make of the same usage. */
        private Charged charged(Compared one) {
            BillerRules rules = asked.rules();
            BigDecimal flat = one.tariff().flat(one.period().share(rules.proration(), rules.zone()));
            BigDecimal used = rules.quota() == QuotaRule.BEYOND ? one.usage()
                    : one.tariff().usage(one.tariff().overage(rules.quota(), one.used()));
            return one.tariff().charge(rules, flat, used);
        }

        private ReconciliationRun end() {
            RowDigest digest = digest(RowQuery.of(request.service).between(from, RowQuery.LAST_DAY));
            var run = new ReconciliationRun(id, request.service, asked.asOf(), from, asked.rules(), request.tolerance,
                    digest.rows(), unlinked.sums(), digest.hex(), clock.instant());
            boolean isNews = reconciliations.lastRun(request.service).filter(last -> last.digest().equals(run.digest()))
                    .isEmpty();
            reconciliations.add(run);
            if (isNews) {
                tellDeltas(run);
            }
            return run;
        }

        /** The service once for all of them, and not again until they have changed: a run may have a million. */
        private void tellDeltas(ReconciliationRun run) {
            long deltas = summary(RowQuery.of(request.service).between(from, RowQuery.LAST_DAY)).deltas();
            if (deltas > 0) {
                events.append(List.of(new BillingEvent(ids.next(), EventType.RECONCILIATION_DELTA, request.service,
                        request.service.value(), run.finishedAt(), Map.of("reconciliation_id", run.id().toString(),
                        "rows", String.valueOf(run.rows()), "deltas", String.valueOf(deltas), "from", from.toString()))));
            }
        }
    }

    /** What was charged to a user, by the application's id of it, and names no imported subscription. */
    public List<Unlinked> unlinkedOf(ServiceId service, String user) {
        var tally = new UnlinkedTally();
        tellUnlinked(service, invoice -> {
            if (invoice.userId().equals(user)) {
                tally.add(invoice);
            }
        });
        return tally.sums();
    }

    private void tellUnlinked(ServiceId service, Consumer<SourceInvoice> listener) {
        Optional<String> after = Optional.empty();
        List<SourceInvoice> page = records.unlinked(service, after, PAGE);
        while (!page.isEmpty()) {
            page.forEach(listener);
            after = Optional.of(page.get(page.size() - 1).id());
            page = records.unlinked(service, after, PAGE);
        }
    }

    /** Of the rows as they are now. */
    RowDigest digest(RowQuery query) {
        var digest = new RowDigest();
        List<ReconciledRow> page = reconciliations.list(query, Optional.empty(), PAGE * 10);
        while (!page.isEmpty()) {
            page.forEach(digest::add);
            page = reconciliations.list(query, Optional.of(Cursor.of(page.get(page.size() - 1))), PAGE * 10);
        }
        return digest;
    }

    /** How the rows stand; and what was compared with nothing when they were last computed. */
    public Summary summary(RowQuery query) {
        List<Unlinked> others = reconciliations.lastRun(query.service()).map(ReconciliationRun::unlinked).orElse(List.of())
                .stream().filter(one -> !one.month().isBefore(query.from().withDayOfMonth(1))
                        && one.month().isBefore(query.until())).toList();
        return Summary.of(reconciliations.totals(query), others);
    }
}
