package com.nexasystems.billing.usage;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The usage records of all subscriptions. {@code UsageRecordsContract} checks these rules.
 *
 * <p>UR-1 A key (subscription, metric, idempotency key) is stored once; the same record again answers DUPLICATE.
 * <p>UR-2 The same key with other contents answers CONFLICT, with what is stored, and changes nothing.
 * <p>UR-3 To replace, the same key with other contents answers REPLACED, with what was stored before; but a key whose
 * start differs stays a CONFLICT, for a record does not move to another period.
 * <p>UR-4 The answers stand in the order of the records. Within a batch, the first record of a key is there for the next.
 * <p>UR-5 A record belongs to the period that contains its start; one that starts at the period's end does not.
 * <p>UR-6 Every aggregation answers as {@link AggregatedUsage#of} does, digest included, in the order of the windows.
 * <p>UR-7 What a unit of work added that held the subscription is seen by whoever claims the subscription afterwards: no
 * record falls between recording and billing.
 * <p>UR-8 Of concurrent records with one key, one is stored.
 * <p>UR-9 A late mark stays until it is settled, once however often it was made.
 * <p>UR-10 A record that was stored is found by its key, exactly as it was.
 * <p>UR-11 The combinations of values that records have are answered once each, sorted, in the order of the windows.
 * <p>UR-12 A list gives the single events that {@link UsageList} says, the latest start first, then by key, page by page, with
 * their number, up to {@link UsageList#MOST}.
 * <p>UR-13 A series adds up by the hours, days or months of the zone's calendar, in their order.
 */
public interface UsageRecords {

    /** What storing a record came to. */
    enum Result { STORED, DUPLICATE, REPLACED, CONFLICT }

    /** @param before what is stored (CONFLICT) or was stored (REPLACED); else empty */
    record Answer(Result result, Optional<UsageRecord> before) { }

    /**
     * Stores records of subscriptions that this unit of work {@linkplain com.nexasystems.billing.subscription.Subscriptions#hold
     * holds}.
     *
     * @throws PortFailure if the records may not have been stored; add them again, UR-1 makes that safe
     */
    List<Answer> add(List<UsageRecord> records, boolean replace);

    /** In the order of the windows. */
    List<AggregatedUsage> aggregate(List<UsageWindow> windows);

    /**
     * The combinations of values that the records of a window have, in the order of the windows. Slices are disregarded.
     *
     * @param properties for each window, what is combined: {@link UsageSlice#valuesOf} of its records, each once, sorted by
     *                   the first value, then the second …; by code point
     */
    List<List<List<String>>> combinations(List<UsageWindow> windows, List<List<String>> properties);

    Optional<UsageRecord> find(UsageKey key);

    Page<UsageRecord> list(UsageList list, PageRequest request);

    List<UsageSeries.Point> series(UsageSeries series);

    void markLate(Collection<LateUsage> late);

    /** What is waiting to be rated again for these subscriptions, sorted by subscription, start and metric. */
    List<LateUsage> late(Collection<SubscriptionId> subscriptions);

    void settle(Collection<LateUsage> late);
}
