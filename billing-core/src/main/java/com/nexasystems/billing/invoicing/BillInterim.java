package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.rating.WatchThresholds;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.FreshUsage;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Drafts invoices for usage of periods that go on: of charges in advance, and where a threshold is reached. Each bills
 * what the usage so far comes to, less what was billed of it, so that all invoices of a period add up to the period.
 *
 * <p>Announces too how much of a quota has been used: the usage is being looked at.
 *
 * <p>Looks only at subscriptions whose usage has changed. Works page by page, can be killed at any moment and run again,
 * and run on several nodes at once. Run it as often as charges in advance are to be billed.
 */
public final class BillInterim {

    private static final int PAGE = 500;

    private final Drafting drafting;
    private final WatchThresholds thresholds;
    private final FreshUsage fresh;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public BillInterim(Drafting drafting, WatchThresholds thresholds, FreshUsage fresh, Subscriptions subscriptions,
                       Invoices invoices, EventLog events, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.drafting = drafting;
        this.thresholds = thresholds;
        this.fresh = fresh;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param drafted is told of each draft after it is durable
     * @throws PortFailure if a port failed; what was drafted until then stays, and the next run does the rest
     */
    public BillingReport run(Consumer<Drafted> drafted) {
        var failures = new ArrayList<BillingFailure>();
        long count = 0;
        long failed = 0;
        Optional<SubscriptionId> after = Optional.empty();
        do {
            Optional<SubscriptionId> from = after;
            Page page = unitOfWork.call(() -> billPage(from));
            page.drafted.forEach(drafted);
            count += page.drafted.size();
            failed += page.failed.size();
            page.failed.stream().limit(BillingReport.MOST_FAILURES - failures.size()).forEach(failures::add);
            after = page.last;
        } while (after.isPresent());
        return new BillingReport(count, failures, failed);
    }

    private record Page(Optional<SubscriptionId> last, List<Drafted> drafted, List<BillingFailure> failed) { }

    private Page billPage(Optional<SubscriptionId> after) {
        List<SubscriptionId> waiting = fresh.waiting(after, PAGE);
        if (waiting.isEmpty()) {
            return new Page(Optional.empty(), List.of(), List.of());
        }
        Instant now = clock.instant();
        var failed = new ArrayList<BillingFailure>();
        List<Drafted> kept = bill(waiting, now, failed);
        return new Page(Optional.of(waiting.get(waiting.size() - 1)), kept, failed);
    }

    /** Of single subscriptions; those that cannot be billed stay marked for the next run. */
    List<Drafted> bill(Collection<SubscriptionId> ids, Instant now) {
        return bill(ids, now, new ArrayList<>());
    }

    private List<Drafted> bill(Collection<SubscriptionId> waiting, Instant now, List<BillingFailure> failed) {
        // Held from here on: usage that comes in now waits, and marks its subscription anew.
        List<Subscription> claimed = subscriptions.claim(waiting);
        List<Drafted> drafted = Isolated.each(claimed.stream().filter(subscription -> subscription.isRunningAt(now)).toList(),
                page -> drafting.interim(page, now), failed);
        watch(claimed, now, failed);
        Set<InvoiceId> added = Set.copyOf(invoices.add(drafted.stream().map(Drafted::invoice).toList()));
        List<Drafted> kept = drafted.stream().filter(draft -> added.contains(draft.invoice().id())).toList();
        var done = new HashSet<>(waiting);
        failed.forEach(failure -> done.remove(failure.subscription()));
        fresh.settle(done);
        var told = new InvoiceEvents(ids, now, claimed);
        events.append(kept.stream().map(draft -> told.of(EventType.INVOICE_CREATED, draft.invoice())).toList());
        return kept;
    }

    /** One that could not be billed stays marked, and is looked at again then. */
    private void watch(List<Subscription> claimed, Instant now, List<BillingFailure> failed) {
        Set<SubscriptionId> broken = failed.stream().map(BillingFailure::subscription).collect(Collectors.toSet());
        thresholds.announce(Isolated.each(claimed.stream().filter(one -> !broken.contains(one.id())).toList(),
                page -> thresholds.reached(page, now), failed), now);
    }
}
