package com.nexasystems.billing.testkit;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.invoicing.BilledSubscription;
import com.nexasystems.billing.invoicing.Credit;
import com.nexasystems.billing.invoicing.Discount;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.PlanPrices;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Builds an {@link Invoice}. Immutable: each method answers another sample. */
public final class InvoiceSample {

    private static final BillingPeriod JANUARY = Samples.month("2026-01");

    private final Invoice built;

    private InvoiceSample(Invoice built) {
        this.built = built;
    }

    static InvoiceSample of(Subscription subscription) {
        var reason = InvoiceReason.of(subscription.id(), InvoiceReason.Kind.SUBSCRIPTION, JANUARY.start());
        var billed = new BilledSubscription(subscription.id(), subscription.externalId(),
                subscription.planAt(JANUARY.start()), 1, Optional.of(JANUARY));
        return new InvoiceSample(new Invoice(reason, subscription.service(), subscription.customer(), "Zoë",
                Optional.of(billed), InvoiceStatus.DRAFT, Optional.empty(), JANUARY.end(),
                JANUARY.lastDay().plusDays(1), Samples.CAD, TaxPolicy.DEFAULT, List.of(flat("20.00")), List.of(), List.of(),
                List.of()));
    }

    /** A line of the sample plan's flat price, which is that. */
    public static InvoiceLine flat(String price) {
        Plan plan = Plan.of("starter", Interval.MONTHLY, false,
                Money.of(Samples.CAD, price), JANUARY.start());
        Explanation why = PlanPrices.flat(plan, plan.versions().get(0), JANUARY, new Proration(31, 31, "day"));
        return InvoiceLine.of(InvoiceLine.Kind.FLAT, "Starter", why, RoundingMode.HALF_UP);
    }

    /** A line that adds, to what was billed for the metric in that period, what the sample plan says of that quantity. */
    public static InvoiceLine adjustment(Subscription subscription, Metric metric, BillingPeriod period, String quantity,
                                         String alreadyBilled) {
        Plan plan = Samples.plan(subscription.planAt(period.start()).value());
        var usage = new AggregatedUsage(new UsageWindow(subscription.id(), metric, period, false), 1,
                Optional.of(period.start()), Optional.of(period.start()), "0123456789abcdef", new BigDecimal(quantity),
                BigDecimal.ZERO, List.of());
        var version = plan.versions().get(0);
        return InvoiceLine.adjusting(InvoiceLine.Kind.ADJUSTMENT, "CPU, adjustment",
                RatePeriod.rate(plan, version, version.charges().get(0), usage), RoundingMode.HALF_UP,
                Money.of(Samples.CAD, alreadyBilled));
    }

    public InvoiceSample because(InvoiceReason.Kind kind, Instant periodStart) {
        return with(new InvoiceReason(built.reason().subject(), kind, periodStart), built.due(), built.usagePeriod(),
                built.lines(), built.taxes());
    }

    public InvoiceSample due(Instant due) {
        return with(built.reason(), due, built.usagePeriod(), built.lines(), built.taxes());
    }

    /** For the usage and the flat price of that period, and due at its end. */
    public InvoiceSample period(BillingPeriod period) {
        return with(new InvoiceReason(built.reason().subject(), InvoiceReason.Kind.SUBSCRIPTION, period.start()), period.end(),
                Optional.of(period), built.lines(), built.taxes());
    }

    public InvoiceSample withoutUsage() {
        return with(built.reason(), built.due(), Optional.empty(), built.lines(), built.taxes());
    }

    public InvoiceSample lines(InvoiceLine... lines) {
        return with(built.reason(), built.due(), built.usagePeriod(), List.of(lines), built.taxes());
    }

    public InvoiceSample taxes(List<TaxAmount> taxes) {
        return with(built.reason(), built.due(), built.usagePeriod(), built.lines(), taxes);
    }

    public Invoice build() {
        return built;
    }

    /** For no subscription, but for the customer. */
    public InvoiceSample oneOff() {
        return new InvoiceSample(new Invoice(InvoiceReason.of(built.customer(), InvoiceReason.Kind.ONE_OFF, built.due()),
                built.service(), built.customer(), built.customerName(), Optional.empty(), built.status(), built.number(),
                built.due(), built.issueDate(), built.currency(), built.taxPolicy(), built.lines(), built.discounts(),
                built.taxes(), built.credits()));
    }

    public InvoiceSample settled(List<Discount> discounts, List<Credit> credits) {
        return new InvoiceSample(built.settled(discounts, built.taxes(), credits));
    }

    private InvoiceSample with(InvoiceReason reason, Instant due, Optional<BillingPeriod> usage, List<InvoiceLine> lines,
                               List<TaxAmount> taxes) {
        var billed = built.billed().map(before -> new BilledSubscription(before.id(), before.externalId(), before.plan(),
                before.planVersion(), usage));
        return new InvoiceSample(new Invoice(reason, built.service(), built.customer(), built.customerName(), billed,
                built.status(), built.number(), due, due.atZone(ZoneOffset.UTC).toLocalDate(), built.currency(),
                built.taxPolicy(), lines, built.discounts(), taxes, built.credits()));
    }
}
