package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.PlanPrices;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch;
import com.nexasystems.billing.subscription.BillingWindow.UsageStretch;
import com.nexasystems.billing.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Lines for what a plan's period, or the parts of it that are over, is short of the plan's minimum commitment: the share
 * of the
 * commitment, less all that was billed for the period, before discounts: flat price, usage, minimums, fixed charges, on
 * whichever invoice they stand. What was billed of the commitment before is taken off, so that late usage lowers it, and the
 * period comes to the commitment or to what it costs without one, whichever is more.
 */
final class CommitmentLines {

    private static final int PAGE = 1000;

    private final Invoices invoices;
    private final BillingPolicy policy;

    CommitmentLines(Invoices invoices, BillingPolicy policy) {
        this.invoices = invoices;
        this.policy = policy;
    }

    /**
     * @param usage the stretches of usage that are billed or adjusted on the invoice: whose periods are looked at
     * @param lines that the invoice has beside
     * @param own   the invoice, where it is stored already
     */
    Stream<InvoiceLine> lines(Subscription subscription, Map<PlanCode, Plan> plans, Instant due,
                              List<UsageStretch> usage, List<InvoiceLine> lines, Optional<InvoiceId> own) {
        return usage.stream().filter(stretch -> hasCommitment(plans.get(stretch.plan())))
                .map(stretch -> subscription.partsOver(stretch.plan(),
                        subscription.phaseAt(stretch.period().start()).wholePeriod(stretch.period().start()), due))
                .flatMap(Optional::stream).distinct()
                .map(parts -> line(plans.get(parts.plan()), parts, Stream.concat(lines.stream(),
                        written(subscription, parts.whole(), own).stream().flatMap(invoice -> invoice.lines().stream()))
                        .toList()));
    }

    private static boolean hasCommitment(Plan plan) {
        return plan.versions().stream().anyMatch(version -> version.commitment().isPresent());
    }

    private InvoiceLine line(Plan plan, FlatStretch parts, List<InvoiceLine> lines) {
        PlanVersion version = plan.versionAt(parts.since());
        Proration share = parts.share(policy.proration()).plus(parts.earlierShare(any -> true, policy.proration()));
        var period = new BillingPeriod(parts.since(), parts.period().end(), parts.whole().zone());
        Money billed = sum(plan, lines, line -> line.kind() != InvoiceLine.Kind.COMMITMENT && isOf(line, plan, parts));
        Money committed = sum(plan, lines, line -> line.kind() == InvoiceLine.Kind.COMMITMENT && isOf(line, plan, parts));
        Explanation missing = PlanPrices.commitment(plan, version, period, share, billed);
        return InvoiceLine.adjusting(InvoiceLine.Kind.COMMITMENT, plan.name() + ", minimum commitment", missing,
                policy.rounding(), committed);
    }

    /**
     * What is given back begins where the part ends; what another part is billed begins later. What somebody took off by a
     * correction is not asked for again.
     */
    private static boolean isOf(InvoiceLine line, Plan plan, FlatStretch parts) {
        Instant begin = line.explanation().period().start();
        return line.kind() != InvoiceLine.Kind.CORRECTION && line.kind() != InvoiceLine.Kind.DISCOUNT
                && line.explanation().plan().filter(price -> price.plan().equals(plan.code())).isPresent()
                && parts.whole().contains(begin) && !begin.isAfter(parts.period().end());
    }

    private static Money sum(Plan plan, List<InvoiceLine> lines, Predicate<InvoiceLine> wanted) {
        return lines.stream().filter(wanted).map(InvoiceLine::amount).reduce(Money.zero(plan.currency()), Money::plus);
    }

    /** The invoices that can have a line of the period. One look for each such subscription: few plans have a commitment. */
    private List<Invoice> written(Subscription subscription, BillingPeriod whole, Optional<InvoiceId> own) {
        var found = new ArrayList<Invoice>();
        InvoiceQuery query = InvoiceQuery.ALL.of(subscription.id()).dueSince(whole.start()).limit(PAGE);
        List<Invoice> page = invoices.list(query);
        found.addAll(page);
        while (page.size() == PAGE) {
            page = invoices.list(query.after(page.get(PAGE - 1)));
            found.addAll(page);
        }
        return found.stream().filter(invoice -> own.filter(invoice.id()::equals).isEmpty()).toList();
    }
}
