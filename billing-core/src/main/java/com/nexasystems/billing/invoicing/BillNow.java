package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.invoicing.DueBilling.Page;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.Subscriptions;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bills single subscriptions at once, without waiting for the next run: after a start that is billed in advance, after an
 * end, after usage that is. One unit of work, with the same locks as a run, beside which it can go on.
 */
public final class BillNow {

    private static final int MOST_PERIODS = 1_000;

    private final DueBilling due;
    private final BillInterim interim;
    private final Finalise finalise;
    private final Subscriptions subscriptions;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public BillNow(DueBilling due, BillInterim interim, Finalise finalise, Subscriptions subscriptions, Clock clock,
                   UnitOfWork unitOfWork) {
        this.due = due;
        this.interim = interim;
        this.finalise = finalise;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What is due of them by now, however many periods that are, and what usage in advance comes to; drafts whose grace
     * period is over are issued. What cannot be billed stays due, and the next run reports it.
     *
     * @return the invoices, as they are then
     */
    public List<Invoice> bill(Collection<SubscriptionId> ids) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            List<Invoice> drafts = new ArrayList<>();
            List<Subscription> open = dueOf(ids, now);
            for (int period = 0; !open.isEmpty() && period < MOST_PERIODS; period++) {
                Page page = due.bill(open);
                page.drafted().forEach(drafted -> drafts.add(drafted.invoice()));
                open = page.billed() == 0 ? List.of() : dueOf(ids, now);
            }
            interim.bill(ids, now).forEach(drafted -> drafts.add(drafted.invoice()));
            List<Invoice> issued = finalise.finaliseOver(drafts, now);
            List<InvoiceId> done = issued.stream().map(Invoice::id).toList();
            return Stream.concat(drafts.stream().filter(draft -> !done.contains(draft.id())), issued.stream()).toList();
        });
    }

    private List<Subscription> dueOf(Collection<SubscriptionId> ids, Instant now) {
        return subscriptions.claim(ids).stream().filter(subscription -> subscription.state().isBilled())
                .filter(subscription -> subscription.nextInvoiceAt().filter(at -> !at.isAfter(now)).isPresent()).toList();
    }
}
