package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageRecords;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Brings drafts up to date with the usage that came in since they were written. */
public final class DraftUpdate {

    private final Drafting drafting;
    private final UsageRecords records;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final Corrections corrections;

    @Inject
    public DraftUpdate(Drafting drafting, UsageRecords records, Subscriptions subscriptions, Invoices invoices,
                       Corrections corrections) {
        this.drafting = drafting;
        this.records = records;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.corrections = corrections;
    }

    /**
     * Drafts that are held, and as they are now.
     *
     * @param subscriptions of the drafts, claimed
     * @param current       without those that cannot be rated
     * @param changed       those of {@code current} that were rated again, and kept
     * @param failed        those that cannot be rated
     */
    record Held(Map<SubscriptionId, Subscription> subscriptions, List<Invoice> current, List<Invoice> changed,
                List<BillingFailure> failed) { }

    /**
     * Holds the subscriptions of these drafts: no usage comes in for them from here on, and no other node works on them.
     * Whatever either did since they were seen shows in reading them again.
     */
    Held hold(List<Invoice> seen, Supplier<List<Invoice>> again) {
        Set<SubscriptionId> wanted = subscriptionsOf(seen);
        Map<SubscriptionId, Subscription> held = subscriptions.claim(wanted).stream()
                .collect(Collectors.toMap(Subscription::id, Function.identity()));
        List<Invoice> drafts = again.get().stream()
                .filter(draft -> draft.subscription().map(held::containsKey).orElse(true)).toList();
        List<LateUsage> late = records.late(held.keySet());
        var current = new ArrayList<Invoice>(drafts.size());
        var changed = new ArrayList<Invoice>();
        var failed = new ArrayList<BillingFailure>();
        for (Invoice draft : drafts) {
            List<LateUsage> own = late.stream().filter(stretch -> Drafting.isDraftOf(draft, stretch)).toList();
            if (own.isEmpty()) {
                current.add(draft);
                continue;
            }
            try {
                Invoice rated = corrections.keep(draft,
                        drafting.redraft(draft, held.get(draft.subscription().orElseThrow())));
                invoices.replace(List.of(rated));
                records.settle(own);
                current.add(rated);
                changed.add(rated);
            } catch (PortFailure e) {
                throw e;
            } catch (RuntimeException e) {
                failed.add(BillingFailure.of(draft, e));
            }
        }
        return new Held(held, current, changed, failed);
    }

    private static Set<SubscriptionId> subscriptionsOf(Collection<Invoice> drafts) {
        return drafts.stream().flatMap(draft -> draft.subscription().stream()).collect(Collectors.toSet());
    }
}
