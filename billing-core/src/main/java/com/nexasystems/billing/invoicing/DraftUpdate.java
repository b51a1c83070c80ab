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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Brings drafts up to date with the usage that came in since they were written, and with the taxes as they are now. */
public final class DraftUpdate {

    private final Drafting drafting;
    private final LineTaxes taxes;
    private final UsageRecords records;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final Corrections corrections;

    @Inject
    public DraftUpdate(Drafting drafting, LineTaxes taxes, UsageRecords records, Subscriptions subscriptions,
                       Invoices invoices, Corrections corrections) {
        this.drafting = drafting;
        this.taxes = taxes;
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
     * @param changed       those of {@code current} that were rated or taxed again, and kept
     * @param failed        those that cannot be rated or taxed
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
        var failed = new ArrayList<BillingFailure>();
        var rated = new HashSet<Invoice>();
        for (Invoice draft : drafts) {
            List<LateUsage> own = late.stream().filter(stretch -> Drafting.isDraftOf(draft, stretch)).toList();
            attempt(draft, failed, () -> own.isEmpty() ? draft : corrections.keep(draft,
                    drafting.redraft(draft, held.get(draft.subscription().orElseThrow())))).ifPresent(now -> {
                current.add(now);
                if (!own.isEmpty()) {
                    rated.add(now);
                    records.settle(own);
                }
            });
        }
        List<Invoice> taxed = taxed(current, failed);
        Set<Invoice> before = Set.copyOf(drafts);
        List<Invoice> changed = taxed.stream().filter(now -> rated.contains(now) || !before.contains(now)).toList();
        invoices.replace(changed);
        return new Held(held, taxed, changed, failed);
    }

    /** By the taxes and the customers as they are now: all at once; if one cannot be taxed, one by one. */
    private List<Invoice> taxed(List<Invoice> drafts, List<BillingFailure> failed) {
        try {
            return taxes.on(drafts);
        } catch (PortFailure e) {
            throw e;
        } catch (RuntimeException e) {
            return drafts.stream().flatMap(draft -> attempt(draft, failed, () -> taxes.on(draft)).stream()).toList();
        }
    }

    private static Optional<Invoice> attempt(Invoice draft, List<BillingFailure> failed, Supplier<Invoice> work) {
        try {
            return Optional.of(work.get());
        } catch (PortFailure e) {
            throw e;
        } catch (RuntimeException e) {
            failed.add(BillingFailure.of(draft, e));
            return Optional.empty();
        }
    }

    private static Set<SubscriptionId> subscriptionsOf(Collection<Invoice> drafts) {
        return drafts.stream().flatMap(draft -> draft.subscription().stream()).collect(Collectors.toSet());
    }
}
