package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.Completeness.Judged;
import com.nexasystems.billing.invoicing.DraftUpdate.Held;
import com.nexasystems.billing.invoicing.InvoiceNumbers.Series;
import com.nexasystems.billing.invoicing.Regroup.Grouped;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.UnusedTime;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Issues the drafts whose grace period is over: brings them up to date with usage that came meanwhile, sets what the
 * customer has with the service against them, and gives each the next number of its service, by due date. What comes to less
 * than zero is made good by a credit note. What is not complete stays a draft, if its service asks for complete invoices.
 * Can be killed and run again: no number is lost or given twice, no credit spent twice.
 */
public final class Finalise {

    private static final int PAGE = 500;

    private final DraftUpdate update;
    private final Completeness completeness;
    private final Regroup regroup;
    private final Settlement settlement;
    private final IssueCreditNote creditNotes;
    private final Numbering numbering;
    private final Invoices invoices;
    private final BillingPolicy policy;
    private final BillingTerms terms;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public Finalise(DraftUpdate update, Completeness completeness, Regroup regroup, Settlement settlement,
                    IssueCreditNote creditNotes, Numbering numbering, Invoices invoices, BillingPolicy policy,
                    BillingTerms terms, EventLog events, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.update = update;
        this.completeness = completeness;
        this.regroup = regroup;
        this.settlement = settlement;
        this.creditNotes = creditNotes;
        this.numbering = numbering;
        this.invoices = invoices;
        this.policy = policy;
        this.terms = terms;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param asOf      issues drafts that were due at least the grace period before it
     * @param finalised is told of each invoice after it is durable
     * @throws PortFailure if a port failed; what was issued until then stays, and the next call does the rest
     */
    public BillingReport finalise(Instant asOf, Consumer<Invoice> finalised) {
        Instant dueUntil = asOf.minus(shortestGrace());
        var report = new ReportBuilder();
        Optional<Invoice> after = Optional.empty();
        do {
            Optional<Invoice> from = after;
            Page page = unitOfWork.call(() -> finalisePage(dueUntil, asOf, from));
            page.finalised.forEach(finalised);
            report.add(page.finalised.size(), page.failed);
            report.refused(page.refused);
            after = page.last;
        } while (after.isPresent());
        return report.build();
    }

    private record Page(Optional<Invoice> last, List<Invoice> finalised, List<BillingFailure> failed,
                        List<RefusedInvoice> refused) { }

    private Page finalisePage(Instant dueUntil, Instant asOf, Optional<Invoice> after) {
        List<Invoice> seen = invoices.drafts(dueUntil, after, PAGE);
        if (seen.isEmpty()) {
            return new Page(Optional.empty(), List.of(), List.of(), List.of());
        }
        List<Invoice> wanted = over(regroup.withSiblings(seen, dueUntil), asOf);
        Held held = update.hold(wanted, () -> unchanged(wanted,
                regroup.withSiblings(invoices.drafts(dueUntil, after, PAGE), dueUntil)));
        Judged judged = completeness.judge(held.current());
        Grouped grouped = regroup.group(judged.complete());
        List<Invoice> issued = issue(grouped.drafts(), held.subscriptions());
        regroup.close(issued, grouped.members());
        return new Page(Optional.of(seen.get(seen.size() - 1)), issued, held.failed(), judged.refused());
    }

    /** Customers may have a shorter grace period than the house. */
    private Duration shortestGrace() {
        return terms.shortestGrace().map(Duration::ofDays).filter(own -> own.compareTo(policy.grace()) < 0)
                .orElse(policy.grace());
    }

    /** Those whose grace period is over. */
    private List<Invoice> over(List<Invoice> drafts, Instant asOf) {
        Map<ServiceCustomer, BillingTerms.Terms> own = terms.of(drafts.stream().map(Finalise::holder).distinct().toList());
        return drafts.stream().filter(draft -> !draft.due().plus(Optional.ofNullable(own.get(holder(draft)))
                .flatMap(BillingTerms.Terms::graceDays).map(Duration::ofDays).orElse(policy.grace())).isAfter(asOf)).toList();
    }

    private static ServiceCustomer holder(Invoice invoice) {
        return new ServiceCustomer(invoice.service(), invoice.customer());
    }

    /** Issues those of some drafts whose grace period is over, in the unit of work that drafted them. */
    List<Invoice> finaliseOver(List<Invoice> drafts, Instant asOf) {
        return issueNow(over(drafts, asOf).stream().map(Invoice::id).toList());
    }

    /**
     * Issues a draft at once, whatever its grace period.
     *
     * @throws InvalidValue if the service has no such invoice, it is no draft, cannot be rated, or is not complete
     */
    public Invoice finaliseNow(ServiceId service, InvoiceId id) {
        return unitOfWork.call(() -> {
            invoices.find(id).filter(draft -> draft.service().equals(service) && draft.status() == InvoiceStatus.DRAFT)
                    .orElseThrow(() -> new InvalidValue("invoice", "does not exist, or is no draft: " + id));
            Held held = hold(List.of(id));
            completeness.judge(held.current()).refused().forEach(refused -> {
                throw new InvalidValue("invoice", "cannot be finalised yet: " + refused.reason());
            });
            return issue(held.current(), held.subscriptions()).stream().findFirst()
                    .orElseThrow(() -> new InvalidValue("invoice", "cannot be rated: " + id));
        });
    }

    private Held hold(List<InvoiceId> ids) {
        return update.hold(draftsAmong(ids), () -> draftsAmong(ids));
    }

    /** What is not complete stays a draft; the next run reports it. */
    private List<Invoice> issueNow(List<InvoiceId> ids) {
        Held held = hold(ids);
        return issueComplete(held.current(), held.subscriptions());
    }

    /** As {@link #issue}, of those that are complete. */
    List<Invoice> issueComplete(List<Invoice> drafts, Map<SubscriptionId, Subscription> subscriptions) {
        return issue(completeness.judge(drafts).complete(), subscriptions);
    }

    private List<Invoice> draftsAmong(List<InvoiceId> ids) {
        return ids.stream().flatMap(id -> invoices.find(id).stream())
                .filter(invoice -> invoice.status() == InvoiceStatus.DRAFT)
                .sorted(Comparator.comparing(Invoice::due).thenComparing(invoice -> invoice.reason().subject().toString()))
                .toList();
    }

    /** Without what was drafted since the page was read: a later page has it. */
    private static List<Invoice> unchanged(List<Invoice> seen, List<Invoice> now) {
        Set<InvoiceId> ids = seen.stream().map(Invoice::id).collect(Collectors.toSet());
        return now.stream().filter(draft -> ids.contains(draft.id())).toList();
    }

    /** Settles and numbers drafts that are held and up to date. Must be called inside a unit of work. */
    private List<Invoice> issue(List<Invoice> drafts, Map<SubscriptionId, Subscription> subscriptions) {
        List<Invoice> settled = settlement.settle(drafts);
        Set<Invoice> before = Set.copyOf(drafts);
        invoices.replace(settled.stream().filter(invoice -> !before.contains(invoice)).toList());
        List<Invoice> numbered = numbered(settled);
        invoices.finalise(numbered);
        numbered.stream().filter(invoice -> invoice.total().isNegative())
                .forEach(invoice -> creditNotes.belowZero(invoice, isRefunded(invoice, subscriptions)));
        var told = new InvoiceEvents(ids, clock.instant(), subscriptions.values());
        events.append(numbered.stream().map(told::finalised).toList());
        return numbered;
    }

    private static boolean isRefunded(Invoice invoice, Map<SubscriptionId, Subscription> subscriptions) {
        Stream<SubscriptionId> given = invoice.lines().stream().filter(line -> line.amount().isNegative())
                .flatMap(line -> line.origin().map(LineOrigin::subscription).or(invoice::subscription).stream());
        return given.map(subscriptions::get).flatMap(subscription -> subscription.end().stream())
                .anyMatch(end -> end.unused() == UnusedTime.REFUND);
    }

    /** In their order; of several services one after the other, in the order of their ids, so that no two nodes wait. */
    private List<Invoice> numbered(List<Invoice> drafts) {
        Map<String, List<Invoice>> byService = drafts.stream()
                .collect(Collectors.groupingBy(draft -> draft.service().toString(), TreeMap::new, Collectors.toList()));
        var numbered = new ArrayList<Invoice>(drafts.size());
        byService.values().forEach(own -> {
            Iterator<String> numbers = numbering.next(own.get(0).service(), Series.INVOICE, own.size()).iterator();
            own.forEach(draft -> numbered.add(draft.numbered(numbers.next())));
        });
        return numbered;
    }
}
