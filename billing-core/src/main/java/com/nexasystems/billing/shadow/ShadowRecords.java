package com.nexasystems.billing.shadow;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an import keeps beside customers, plans, subscriptions and usage. {@code ShadowRecordsContract} and
 * {@code ShadowPruningContract} check these rules.
 *
 * <p>SH-1 What was marked as made by the import is found by its kind and key; marking it again changes nothing.
 * <p>SH-2 The shadow subscriptions come by rising external id, each once, those after the cursor, at most as many as asked
 * for. Adding one again replaces it.
 * <p>SH-3 Putting an invoice keeps it whole, and answers, for each in their order, whether it is new, changed or as before.
 * Of several of one id the last one counts, and all of them are answered by it.
 * <p>SH-4 An invoice that was put is given exactly as it was, once, with all of its items, to the subscription that it
 * names: numbers to the last digit, zeros at their end included, instants to the microsecond.
 * <p>SH-5 The others, which name no shadow subscription of the service, come by rising id, those after the cursor, at most
 * as many as asked for.
 * <p>SH-6 A twin that was put is given once to its subscription, however often it was put, as it was put last.
 * <p>SH-7 The latest import run is the one that was added last, exactly as it was.
 * <p>SH-8 What is kept for one service is not there for another.
 * <p>SH-9 Pruning removes the subscriptions that are still in shadow mode with their usage, what was marked as made and is
 * of no other use, and all that is kept here of the service; and nothing else. Of use is a plan that a subscription is or
 * was on, or that has an edition; a metric with a charge; a link whose customer has something at the service; and a customer
 * who has a link, or something at any service: a subscription, an invoice, a wallet, a coupon, a credit note, or terms.
 * <p>SH-10 Of the invoices whose id is in a range, keeping some removes the others, and answers how many that were.
 */
public interface ShadowRecords {

    /** What an import may have to make. The key is a code, an id or an external id as text. */
    enum Made { METRIC, PLAN, CUSTOMER, LINK }

    /** What putting an invoice came to. */
    enum Put { CREATED, UPDATED, UNCHANGED }

    /** How much was removed. */
    record Pruned(long subscriptions, long usage, long plans, long customers, long invoices) { }

    void mark(ServiceId service, Made kind, Collection<String> keys);

    /** Those of the keys that are marked. */
    Set<String> marked(ServiceId service, Made kind, Collection<String> keys);

    void add(ServiceId service, List<ShadowSubscription> subscriptions);

    List<ShadowSubscription> subscriptions(ServiceId service, Optional<String> after, int limit);

    long countSubscriptions(ServiceId service);

    List<Put> put(ServiceId service, List<SourceInvoice> invoices);

    /**
     * @param after   ids that are larger
     * @param through and up to it; all of them, if it is empty
     */
    long keepOnly(ServiceId service, Optional<String> after, Optional<String> through, Collection<String> ids);

    /** By the subscription's external id; those without invoices are left out. Of one subscription, by rising id. */
    Map<String, List<SourceInvoice>> invoices(ServiceId service, Collection<String> subscriptions);

    List<SourceInvoice> unlinked(ServiceId service, Optional<String> after, int limit);

    void putTwins(ServiceId service, List<UsageTwin> twins);

    List<UsageTwin> twins(Collection<SubscriptionId> subscriptions);

    void add(ImportRun run);

    Optional<ImportRun> lastRun(ServiceId service);

    Pruned prune(ServiceId service);
}
