package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.reconciliation.Inference.Anchor;
import com.nexasystems.billing.reconciliation.Inference.Candidate;
import com.nexasystems.billing.reconciliation.Inference.Unexplained;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Asked;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Compared;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.tax.TaxRates;
import com.nexasystems.billing.usage.UsageRecords;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Looks for the rules by which an application's biller makes its charges, in the charges themselves. Decides nothing: an
 * operator {@linkplain AdoptRules adopts} rules. Writes nothing.
 *
 * <p>Goes through all rows twice: once for a sample, on which thousands of rules are tried, and once to count what the best of
 * them explain. Memory does not grow with the rows.
 */
public final class InferRules {

    private static final int PAGE = 500;
    private static final int SAMPLE_WITH_USAGE = 1_200;
    private static final int SAMPLE_WITHOUT = 400;
    private static final LocalDate FROM_THE_BEGINNING = LocalDate.of(1, 1, 1);

    private final SubscriptionPage pages;
    private final ShadowRecords records;
    private final UsageRecords usage;
    private final Plans plans;
    private final TaxRates taxRates;

    @Inject
    public InferRules(Subscriptions subscriptions, Customers customers, ShadowRecords records, RatePeriod ratePeriod,
                      UsageRecords usage, Plans plans, TaxRates taxRates) {
        this.pages = new SubscriptionPage(subscriptions, customers, records, ratePeriod);
        this.records = records;
        this.usage = usage;
        this.plans = plans;
        this.taxRates = taxRates;
    }

    /**
     * @param progress told how many subscriptions are done; each is gone through twice
     * @throws InvalidValue if nothing has been imported for the service
     */
    public Inference infer(ServiceId service, LongConsumer progress) {
        ImportRun imported = records.lastRun(service).orElseThrow(() -> new InvalidValue("service",
                "has imported nothing yet; run the import first"));
        BillerRules start = BillerRules.engine(imported.terms().zone());
        var asked = new Asked(service, FROM_THE_BEGINNING, imported.startedAt(), start);
        var tariffs = new Tariffs(plans, taxRates);
        var sample = new Sample();
        each(asked, tariffs, progress, sample::add);
        List<RuleRow> withUsage = sample.withUsage.stream().map(row -> new RuleRow(row.compared,
                Optional.of(UsageEvidence.read(usage, tariffs.metric(row.compared.period()),
                        row.compared.period(), List.of())))).toList();
        List<RuleRow> rows = Stream.concat(withUsage.stream(), Stream.concat(sample.parts.stream(), sample.plain.stream())
                .map(row -> new RuleRow(row.compared, Optional.empty()))).toList();
        var search = new RuleSearch(rows, withUsage);
        List<Candidate> candidates = search.candidates(start);
        BillerRules best = candidates.get(0).rules();
        var count = new Count(best);
        each(new Asked(service, FROM_THE_BEGINNING, imported.startedAt(), best), tariffs, progress, count::add);
        return new Inference(count.rows, count.explained, search.isBorneOut(best), best, sample.anchor(), rows.size(),
                candidates, search.undecided(best), count.exceptions);
    }

    private void each(Asked asked, Tariffs tariffs, LongConsumer progress, Consumer<Compared> listener) {
        Optional<String> after = Optional.empty();
        List<ShadowSubscription> page = records.subscriptions(asked.service(), after, PAGE);
        while (!page.isEmpty()) {
            pages.read(page, asked, tariffs).periods().stream().filter(RuleRow::isComparable).forEach(listener);
            progress.accept(page.size());
            after = Optional.of(page.get(page.size() - 1).externalId());
            page = records.subscriptions(asked.service(), after, PAGE);
        }
    }

    /** Rows spread over all subscriptions, the same ones each time. */
    private static final class Sample {

        private final PriorityQueue<Sampled> withUsage = new PriorityQueue<>();
        private final PriorityQueue<Sampled> parts = new PriorityQueue<>();
        private final PriorityQueue<Sampled> plain = new PriorityQueue<>();
        private boolean calendar = true;
        private boolean monthEnd;

        void add(Compared row) {
            boolean usage = RuleRow.hasUsage(row);
            PriorityQueue<Sampled> queue = usage ? withUsage : row.period().isWhole() ? plain : parts;
            queue.add(new Sampled(row));
            if (queue.size() > (usage ? SAMPLE_WITH_USAGE : SAMPLE_WITHOUT)) {
                queue.remove();
            }
            int anchor = row.period().subscription().phases().get(0).cycle().anchor().getDayOfMonth();
            calendar &= anchor == 1;
            monthEnd |= anchor > 28;
        }

        Anchor anchor() {
            return calendar ? Anchor.CALENDAR : monthEnd ? Anchor.MONTH_END_ANCHORED : Anchor.ANNIVERSARY;
        }
    }

    /** In an order that has nothing to do with what is in it. */
    private record Sampled(Compared compared) implements Comparable<Sampled> {

        private static final Comparator<Sampled> ORDER = Comparator.<Sampled>comparingInt(one -> one.mixed())
                .thenComparing(one -> one.compared.period().subscription().externalId())
                .thenComparing(one -> one.compared.period().first());

        private int mixed() {
            int hash = 31 * compared.period().subscription().externalId().hashCode() + compared.period().first().hashCode();
            return hash * 0x9E3779B1;
        }

        @Override
        public int compareTo(Sampled other) {
            return ORDER.compare(this, other);
        }
    }

    /** What rules explain of all rows. */
    private static final class Count {

        private final BillerRules rules;
        private final List<Unexplained> exceptions = new ArrayList<>();
        private long rows;
        private long explained;

        Count(BillerRules rules) {
            this.rules = rules;
        }

        void add(Compared row) {
            var tried = new RuleRow(row, Optional.empty());
            rows++;
            if (tried.isExplained(rules)) {
                explained++;
            } else if (exceptions.size() < Inference.MOST_EXCEPTIONS) {
                exceptions.add(new Unexplained(row.period().subscription().externalId(), row.period().first(),
                        tried.expected(rules), tried.total()));
            }
        }
    }
}
