package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageRecords;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Issues the drafts whose grace period is over: brings them up to date with usage that came meanwhile, and gives each the
 * next number of its service, by due date. Can be killed and run again: no number is lost or given twice.
 */
public final class Finalise {

    private static final int PAGE = 500;

    private final Drafting drafting;
    private final UsageRecords records;
    private final Subscriptions subscriptions;
    private final Services services;
    private final Invoices invoices;
    private final InvoiceNumbers numbers;
    private final BillingPolicy policy;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public Finalise(Drafting drafting, UsageRecords records, Subscriptions subscriptions, Services services,
                    Invoices invoices, InvoiceNumbers numbers, BillingPolicy policy, EventLog events, Ids ids, Clock clock,
                    UnitOfWork unitOfWork) {
        this.drafting = drafting;
        this.records = records;
        this.subscriptions = subscriptions;
        this.services = services;
        this.invoices = invoices;
        this.numbers = numbers;
        this.policy = policy;
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
        Instant dueUntil = asOf.minus(policy.grace());
        var failures = new ArrayList<BillingFailure>();
        long failed = 0;
        long count = 0;
        Optional<Invoice> after = Optional.empty();
        do {
            Optional<Invoice> from = after;
            Page page = unitOfWork.call(() -> finalisePage(dueUntil, from));
            page.finalised.forEach(finalised);
            count += page.finalised.size();
            failed += page.failed.size();
            page.failed.stream().limit(BillingReport.MOST_FAILURES - failures.size()).forEach(failures::add);
            after = page.last;
        } while (after.isPresent());
        return new BillingReport(count, failures, failed);
    }

    private record Page(Optional<Invoice> last, List<Invoice> finalised, List<BillingFailure> failed) { }

    private Page finalisePage(Instant dueUntil, Optional<Invoice> after) {
        List<Invoice> seen = invoices.drafts(dueUntil, after, PAGE);
        if (seen.isEmpty()) {
            return new Page(Optional.empty(), List.of(), List.of());
        }
        // Held from here on: no usage comes in for them, and no other node finalises them. Whatever either did since the
        // page was read shows in reading it again.
        Set<SubscriptionId> held = seen.stream().flatMap(draft -> draft.subscription().stream()).collect(Collectors.toSet());
        Map<SubscriptionId, Subscription> subscription = subscriptions.claim(held).stream()
                .collect(Collectors.toMap(Subscription::id, Function.identity()));
        List<Invoice> drafts = invoices.drafts(dueUntil, after, PAGE).stream()
                .filter(draft -> draft.subscription().map(held::contains).orElse(true)).toList();

        var failed = new ArrayList<BillingFailure>();
        List<Invoice> ready = upToDate(drafts, subscription, records.late(held), failed);
        List<Invoice> numbered = numbered(ready);
        invoices.finalise(numbered);
        Instant now = clock.instant();
        events.append(numbered.stream()
                .map(invoice -> InvoiceEvents.of(ids.next(), EventType.INVOICE_FINALIZED, invoice, now)).toList());
        return new Page(Optional.of(seen.get(seen.size() - 1)), numbered, failed);
    }

    /** The drafts, those among them rated again for which usage came in. One that cannot be rated is left out. */
    private List<Invoice> upToDate(List<Invoice> drafts, Map<SubscriptionId, Subscription> subscription,
                                   List<LateUsage> late, List<BillingFailure> failed) {
        var ready = new ArrayList<Invoice>(drafts.size());
        for (Invoice draft : drafts) {
            List<LateUsage> own = late.stream().filter(stretch -> Drafting.isDraftOf(draft, stretch)).toList();
            if (own.isEmpty()) {
                ready.add(draft);
                continue;
            }
            try {
                Invoice rated = drafting.redraft(draft, subscription.get(draft.subscription().orElseThrow()));
                invoices.replace(List.of(rated));
                records.settle(own);
                ready.add(rated);
            } catch (PortFailure e) {
                throw e;
            } catch (RuntimeException e) {
                failed.add(BillingFailure.of(draft, e));
            }
        }
        return ready;
    }

    private List<Invoice> numbered(List<Invoice> drafts) {
        Map<ServiceId, List<Invoice>> byService = drafts.stream()
                .collect(Collectors.groupingBy(Invoice::service, LinkedHashMap::new, Collectors.toList()));
        var numbered = new ArrayList<Invoice>(drafts.size());
        byService.forEach((id, own) -> {
            Service service = services.find(id).orElseThrow();
            long next = numbers.take(id, own.size());
            for (Invoice draft : own) {
                numbered.add(draft.numbered(number(service, next++)));
            }
        });
        return numbered;
    }

    /** Such as {@code HOSTING-000042}. */
    private static String number(Service service, long number) {
        return service.code().toUpperCase(Locale.ROOT) + "-" + String.format(Locale.ROOT, "%06d", number);
    }
}
