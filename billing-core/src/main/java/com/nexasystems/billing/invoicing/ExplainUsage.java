package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.invoicing.UsageExplanation.BilledLine;
import com.nexasystems.billing.invoicing.UsageExplanation.Verdict;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers for a usage record: which line counted it, or why none did. */
public final class ExplainUsage {

    private final UsageRecords records;
    private final Subscriptions subscriptions;
    private final Plans plans;
    private final Invoices invoices;

    @Inject
    public ExplainUsage(UsageRecords records, Subscriptions subscriptions, Plans plans, Invoices invoices) {
        this.records = records;
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.invoices = invoices;
    }

    /** @return empty if there is no such record */
    public Optional<UsageExplanation> explain(UsageKey key) {
        return records.find(key).map(this::explain);
    }

    private UsageExplanation explain(UsageRecord record) {
        Subscription subscription = subscriptions.find(record.key().subscription()).orElseThrow();
        BillingPeriod period = subscription.isOverAt(record.start())
                ? subscription.phaseAt(record.start()).usagePeriod(record.start()) : subscription.periodOf(record.start());
        var stretch = new LateUsage(subscription.id(), record.key().metric(), period);
        Plan plan = plans.find(subscription.planAt(record.start())).orElseThrow();
        List<Charge> charges = plan.versionAt(period.start()).charges().stream()
                .filter(charge -> charge.metric().equals(record.key().metric())).toList();
        List<Invoice> billing = invoices.billing(List.of(Stretch.of(stretch)));
        List<BilledLine> lines = lines(billing, stretch);

        if (charges.isEmpty()) {
            return new UsageExplanation(record, period, Verdict.NOT_CHARGED, "plan " + plan.code()
                    + " has no charge on metric " + record.key().metric(), lines);
        }
        if (!subscription.state().isBilled() || subscription.phaseAt(record.start()).paused()) {
            return new UsageExplanation(record, period, Verdict.NOT_CHARGED, "the subscription is "
                    + (subscription.state().isBilled() ? "paused" : subscription.state().code())
                    + " then, which is not billed", lines);
        }
        if (subscription.isOverAt(record.start())) {
            return new UsageExplanation(record, period, Verdict.NOT_CHARGED, "it starts after the subscription was"
                    + " terminated at " + subscription.terminatedAt().orElseThrow(), List.of());
        }
        if (billing.stream().noneMatch(invoice -> isOver(invoice, stretch)) && !isCounted(record, lines)) {
            return new UsageExplanation(record, period, Verdict.WAITING, "its period is billed when it is over, at "
                    + subscription.nextInvoiceAt().map(Object::toString).orElse("the end"), lines);
        }
        if (records.late(List.of(subscription.id())).contains(stretch)) {
            boolean draft = billing.stream().anyMatch(invoice -> Drafting.isDraftOf(invoice, stretch));
            return new UsageExplanation(record, period, Verdict.WAITING, "usage came in or was corrected after the period"
                    + " was billed; " + (draft ? "the draft takes it in when it is finalised"
                    : "the difference goes on the next invoice"), lines);
        }
        if (lines.isEmpty()) {
            return new UsageExplanation(record, period, Verdict.COUNTED_AT_NO_CHARGE, "invoice "
                    + name(billing.get(0)) + " counted it, and the period's usage came to nothing: "
                    + "it is within what the plan includes, or rounds to zero", lines);
        }
        BilledLine latest = lines.get(lines.size() - 1);
        return new UsageExplanation(record, period, Verdict.COUNTED, "invoice " + name(latest.invoice()) + ", line "
                + latest.number() + ", counted it"
                + (latest.invoice().status() == InvoiceStatus.VOID ? "; that invoice was withdrawn" : ""), lines);
    }

    /** Whether the invoice was written when the stretch was over. */
    private static boolean isOver(Invoice invoice, LateUsage stretch) {
        return invoice.usagePeriod().filter(own -> own.start().equals(stretch.period().start())).isPresent();
    }

    /** Whether it was there already when the period was last billed before its end. */
    private static boolean isCounted(UsageRecord record, List<BilledLine> lines) {
        return lines.stream().anyMatch(billed -> !record.recordedAt().isAfter(billed.invoice().due()));
    }

    private static List<BilledLine> lines(List<Invoice> billing, LateUsage stretch) {
        var lines = new ArrayList<BilledLine>();
        for (Invoice invoice : billing) {
            for (int i = 0; i < invoice.lines().size(); i++) {
                InvoiceLine line = invoice.lines().get(i);
                if (line.explanation().period().start().equals(stretch.period().start()) && line.explanation().counted()
                        .filter(counted -> counted.metric().equals(stretch.metric())).isPresent()) {
                    lines.add(new BilledLine(invoice, i + 1, line));
                }
            }
        }
        return lines;
    }

    private static String name(Invoice invoice) {
        return invoice.number().orElseGet(() -> "draft " + invoice.id());
    }
}
