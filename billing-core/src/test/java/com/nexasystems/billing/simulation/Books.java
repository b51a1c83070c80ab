package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.UsageExplanation.Verdict;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.reference.Fraction;
import com.nexasystems.billing.reference.NaiveRater;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.UnusedTime;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An auditor, who looks at the invoices, the events and the senders' own books, and believes none of them alone. */
final class Books {

    private final Billing billing;
    private final BillingPolicy policy;
    private final Company company;
    private final List<Sender> senders;

    Books(Billing billing, BillingPolicy policy, Company company, List<Sender> senders) {
        this.billing = billing;
        this.policy = policy;
        this.company = company;
        this.senders = senders;
    }

    /** @param closely whose usage is rated again, from the senders' books */
    void check(List<Subscription> subscriptions, Subscription closely) {
        List<Invoice> invoices = billing.ports().invoices().list(InvoiceQuery.ALL);
        company.services.forEach(service -> numbersHaveNoGap(service, invoices));
        assertThat(invoices).extracting(Invoice::reason).doesNotHaveDuplicates();
        invoices.forEach(this::invoiceIsRight);
        subscriptions.forEach(subscription -> eventsTellOfEachInvoiceOnce(subscription, of(subscription, invoices)));
        stretchesFollowEachOther(closely, of(closely, invoices));
        everyRecordIsCountedOnce(closely, of(closely, invoices));
        everyFlatPriceIsBilledOnce(closely, of(closely, invoices));
    }

    void checkAllIsBilled(List<Subscription> subscriptions) {
        subscriptions.forEach(subscription -> check(subscriptions, subscription));
        assertThat(billing.ports().usageRecords().late(subscriptions.stream().map(Subscription::id).toList())).isEmpty();
        assertThat(billing.ports().invoices().list(InvoiceQuery.ALL)).extracting(Invoice::status)
                .doesNotContain(InvoiceStatus.DRAFT);
        senders.forEach(sender -> sender.accepted().forEach(this::isStoredAndExplained));
    }

    private void isStoredAndExplained(UsageRecord sent) {
        assertThat(billing.ports().usageRecords().find(sent.key()).map(UsageRecord::quantity)).contains(sent.quantity());
        assertThat(billing.explainUsage().explain(sent.key()).orElseThrow().verdict()).isNotEqualTo(Verdict.WAITING);
    }

    private static List<Invoice> of(Subscription subscription, List<Invoice> invoices) {
        return invoices.stream().filter(invoice -> invoice.isOf(subscription.id())).toList();
    }

    private static void numbersHaveNoGap(Service service, List<Invoice> invoices) {
        List<String> numbers = invoices.stream().filter(invoice -> invoice.service().equals(service.id()))
                .flatMap(invoice -> invoice.number().stream()).sorted().toList();
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size())
                .mapToObj(number -> "%s-%06d".formatted(service.code().toUpperCase(Locale.ROOT), number)).toList());
    }

    private void invoiceIsRight(Invoice invoice) {
        assertThat(invoice.lines()).noneMatch(line -> line.amount().isZero());
        Customer customer = billing.ports().customers().find(invoice.customer()).orElseThrow();
        assertThat(invoice.taxes().isEmpty()).isEqualTo(customer.taxExempt());
        for (TaxAmount tax : invoice.taxes()) {
            assertThat(tax.amount().amount()).as("tax of " + invoice.reason()).isEqualByComparingTo(tax(invoice, tax));
        }
    }

    /** The rates are those of the shipped table; here they are only applied. */
    private BigDecimal tax(Invoice invoice, TaxAmount tax) {
        BigDecimal subtotal = sum(invoice.lines(), line -> line.amount().amount());
        if (policy.tax().level() == TaxPolicy.Level.PER_LINE) {
            return sum(invoice.lines(), line -> percent(invoice, line.amount().amount(), tax.percent()));
        }
        return policy.tax().level() == TaxPolicy.Level.PER_COMPONENT && tax.code().startsWith("HST")
                ? percent(invoice, subtotal, BigDecimal.valueOf(5))
                        .add(percent(invoice, subtotal, tax.percent().subtract(BigDecimal.valueOf(5))))
                : percent(invoice, subtotal, tax.percent());
    }

    private BigDecimal percent(Invoice invoice, BigDecimal base, BigDecimal percent) {
        return base.multiply(percent).movePointLeft(2)
                .setScale(invoice.currency().getDefaultFractionDigits(), policy.tax().rounding());
    }

    private void eventsTellOfEachInvoiceOnce(Subscription subscription, List<Invoice> invoices) {
        List<EventLog.Sequenced> log = billing.ports().eventLog().of(subscription.id().value());
        assertThat(log).extracting(EventLog.Sequenced::sequence)
                .isEqualTo(IntStream.rangeClosed(1, log.size()).mapToObj(Long::valueOf).toList());
        assertThat(ids(log, EventType.INVOICE_CREATED))
                .containsExactlyInAnyOrderElementsOf(ids(invoices));
        assertThat(ids(log, EventType.INVOICE_FINALIZED)).containsExactlyInAnyOrderElementsOf(
                ids(invoices.stream().filter(invoice -> invoice.number().isPresent()).toList()));
    }

    private static List<String> ids(List<EventLog.Sequenced> log, EventType type) {
        return log.stream().map(EventLog.Sequenced::event).filter(event -> event.type() == type)
                .map(event -> event.data().get("invoice_id")).toList();
    }

    private static List<String> ids(List<Invoice> invoices) {
        return invoices.stream().map(invoice -> invoice.id().toString()).toList();
    }

    private static void stretchesFollowEachOther(Subscription subscription, List<Invoice> invoices) {
        Instant end = subscription.startedAt();
        for (BillingPeriod stretch : stretches(invoices)) {
            assertThat(stretch.start()).as("stretches of " + subscription.externalId()).isEqualTo(end);
            assertThat(subscription.phaseAt(stretch.start()).usagePeriod(stretch.start()).end()).isAfterOrEqualTo(stretch.end());
            end = stretch.end();
        }
        assertThat(end).isEqualTo(subscription.billedThrough());
    }

    private static List<BillingPeriod> stretches(List<Invoice> invoices) {
        return invoices.stream().map(Invoice::usagePeriod).flatMap(Optional::stream)
                .sorted(Comparator.comparing(BillingPeriod::start)).toList();
    }

    /** What was billed for a stretch, withdrawn or not, is the stretch rated by hand: unless news of it is waiting. */
    private void everyRecordIsCountedOnce(Subscription subscription, List<Invoice> invoices) {
        Plan plan = billing.ports().plans().find(subscription.planAt(subscription.startedAt())).orElseThrow();
        List<LateUsage> waiting = billing.ports().usageRecords().late(List.of(subscription.id()));
        for (BillingPeriod stretch : stretches(invoices)) {
            for (Charge charge : plan.versionAt(stretch.start()).charges()) {
                if (!waiting.contains(new LateUsage(subscription.id(), charge.metric(), stretch))) {
                    assertThat(billed(invoices, stretch, charge)).as("%s of %s in %s", charge, subscription, stretch)
                            .isEqualByComparingTo(byHand(subscription, stretch, charge, plan));
                }
            }
        }
    }

    private BigDecimal byHand(Subscription subscription, BillingPeriod stretch, Charge charge, Plan plan) {
        Metric metric = company.metrics.stream().filter(one -> one.code().equals(charge.metric())).findFirst().orElseThrow();
        List<UsageRecord> records = senders.stream()
                .flatMap(sender -> sender.accepted(subscription, metric).stream()).toList();
        BillingPeriod whole = subscription.phaseAt(stretch.start()).usagePeriod(stretch.start());
        return NaiveRater.rate(charge, metric, stretch, whole, records)
                .roundedHalfUp(plan.currency().getDefaultFractionDigits());
    }

    /** Each period of the cycle has one flat price, or what a share of it comes to by hand; and there is no other. */
    private void everyFlatPriceIsBilledOnce(Subscription subscription, List<Invoice> invoices) {
        Plan plan = billing.ports().plans().find(subscription.planAt(subscription.startedAt())).orElseThrow();
        List<InvoiceLine> lines = invoices.stream().flatMap(invoice -> invoice.lines().stream())
                .filter(line -> line.kind() == InvoiceLine.Kind.FLAT).toList();
        Map<Instant, InvoiceLine> flat = lines.stream().filter(line -> !line.amount().isNegative())
                .collect(Collectors.toMap(line -> line.explanation().period().start(), Function.identity()));
        BigDecimal givenBack = BigDecimal.ZERO;
        Instant until = flatBilledUntil(subscription);
        for (Instant start = subscription.startedAt(); start.isBefore(until); ) {
            BillingPeriod whole = subscription.phaseAt(start).wholePeriod(start);
            BillingPeriod rest = whole.from(start);
            BillingPeriod part = subscription.terminatedAt().map(rest::until).orElse(rest);
            InvoiceLine line = flat.remove(start);
            // In advance, what was billed before the end was known is billed whole.
            BillingPeriod billed = line == null ? part : line.explanation().period();
            assertThat(billed).as("flat price of " + subscription).isIn(rest, part);
            assertThat(line == null ? BigDecimal.ZERO : line.amount().amount()).as("flat price of " + subscription)
                    .isEqualByComparingTo(flatByHand(plan, billed, whole));
            givenBack = givenBack.add(isGivenBack(subscription, billed) ? unusedByHand(plan, subscription, billed, whole)
                    : BigDecimal.ZERO);
            start = whole.end();
        }
        assertThat(flat).isEmpty();
        assertThat(sum(lines.stream().filter(line -> line.amount().isNegative()).toList(), line -> line.amount().amount()))
                .as("given back to " + subscription).isEqualByComparingTo(givenBack.negate());
    }

    /** Once the invoice of the end is written, what was paid for the time after it. */
    private static boolean isGivenBack(Subscription subscription, BillingPeriod paid) {
        return subscription.end().filter(end -> end.unused() != UnusedTime.SKIP && end.at().isBefore(paid.end())
                && subscription.lastInvoiceAt().filter(last -> !last.isBefore(end.at())).isPresent()).isPresent();
    }

    /** By day, the day of the end is kept. */
    private BigDecimal unusedByHand(Plan plan, Subscription subscription, BillingPeriod paid, BillingPeriod whole) {
        Instant end = subscription.terminatedAt().orElseThrow();
        BillingPeriod used = new BillingPeriod(paid.start(), end, paid.zone());
        return share(plan, paid.start(), length(paid) - length(used), whole);
    }

    private static Instant flatBilledUntil(Subscription subscription) {
        Instant billed = subscription.phases().get(0).inAdvance()
                ? subscription.nextInvoiceAt().or(subscription::terminatedAt).orElseThrow() : subscription.billedThrough();
        return subscription.terminatedAt().filter(billed::isAfter).orElse(billed);
    }

    private BigDecimal flatByHand(Plan plan, BillingPeriod part, BillingPeriod whole) {
        return share(plan, part.start(), length(part), whole);
    }

    private BigDecimal share(Plan plan, Instant priced, long units, BillingPeriod whole) {
        BigDecimal price = null;
        for (PlanVersion version : plan.versions()) {
            price = version.effectiveFrom().isAfter(priced) ? price : version.flatPrice().amount();
        }
        return Fraction.of(price).times(Fraction.of(units)).over(Fraction.of(length(whole)))
                .roundedHalfUp(plan.currency().getDefaultFractionDigits());
    }

    private long length(BillingPeriod period) {
        if (policy.proration() == ProrationPolicy.BY_SECOND) {
            return period.end().getEpochSecond() - period.start().getEpochSecond();
        }
        LocalDate first = period.start().atZone(period.zone()).toLocalDate();
        LocalDate last = period.end().minusNanos(1).atZone(period.zone()).toLocalDate();
        return first.datesUntil(last).count() + 1;
    }

    private static BigDecimal billed(List<Invoice> invoices, BillingPeriod stretch, Charge charge) {
        List<InvoiceLine> lines = invoices.stream().flatMap(invoice -> invoice.lines().stream())
                .filter(line -> line.kind() != InvoiceLine.Kind.FLAT
                        && line.explanation().charge().equals(charge.code())
                        && line.explanation().period().start().equals(stretch.start())).toList();
        return sum(lines, line -> line.amount().amount());
    }

    private static <T> BigDecimal sum(List<T> list, Function<T, BigDecimal> amount) {
        return list.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
