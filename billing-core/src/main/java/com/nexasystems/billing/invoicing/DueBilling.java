package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.Drafting.Draft;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.FreshUsage;
import com.nexasystems.billing.usage.UsageRecords;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Bills what is due of subscriptions that are claimed: the draft, how far it is billed, and who is told. */
public final class DueBilling {

    private final Drafting drafting;
    private final UsageRecords records;
    private final FreshUsage fresh;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public DueBilling(Drafting drafting, UsageRecords records, FreshUsage fresh, Subscriptions subscriptions,
                      Invoices invoices, EventLog events, Ids ids, Clock clock) {
        this.drafting = drafting;
        this.records = records;
        this.fresh = fresh;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param billed subscriptions that have moved on, also those without an invoice */
    record Page(int billed, List<Drafted> drafted, List<BillingFailure> failed) { }

    /** One period of each. Must be called inside the unit of work that claimed them. */
    Page bill(List<Subscription> due) {
        var failed = new ArrayList<BillingFailure>();
        List<Draft> drafts = Isolated.each(due, drafting::draft, failed);
        List<Drafted> drafted = drafts.stream().flatMap(draft -> draft.drafted().stream()).toList();
        Set<InvoiceId> added = Set.copyOf(invoices.add(drafted.stream().map(Drafted::invoice).toList()));
        List<Drafted> kept = drafted.stream().filter(d -> added.contains(d.invoice().id())).toList();
        List<Subscription> billed = drafts.stream().map(Draft::billed).toList();
        subscriptions.advance(billed);
        fresh.mark(billed.stream().filter(Subscription::watched).map(Subscription::id).toList());
        records.settle(drafts.stream().flatMap(draft -> draft.settled().stream()).toList());
        events.append(announcements(drafts, kept, clock.instant()));
        return new Page(drafts.size(), kept, failed);
    }

    private List<BillingEvent> announcements(List<Draft> drafts, List<Drafted> kept, Instant now) {
        Stream<BillingEvent> news = drafts.stream().flatMap(draft -> draft.subscription().newsOfDue().stream()
                .map(type -> draft.billed().event(ids.next(), type, now)));
        var told = new InvoiceEvents(ids, now, drafts.stream().map(Draft::billed).toList());
        Stream<BillingEvent> created = kept.stream()
                .map(draft -> told.of(EventType.INVOICE_CREATED, draft.invoice()));
        return Stream.concat(news, created).toList();
    }
}
