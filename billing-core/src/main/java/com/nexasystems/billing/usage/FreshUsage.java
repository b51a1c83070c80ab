package com.nexasystems.billing.usage;

import com.nexasystems.billing.subscription.SubscriptionId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The watched subscriptions whose usage has changed since it was last looked at. {@code FreshUsageContract} checks these
 * rules.
 *
 * <p>FU-1 A subscription that was marked waits until it is settled, once however often it was marked.
 * <p>FU-2 {@link #waiting} is sorted by id, begins after the one given, and gives at most as many as asked for.
 * <p>FU-3 A mark is there if and only if its unit of work succeeded.
 */
public interface FreshUsage {

    void mark(Collection<SubscriptionId> subscriptions);

    /** @param after the last one of the page before; empty for the first page */
    List<SubscriptionId> waiting(Optional<SubscriptionId> after, int limit);

    void settle(Collection<SubscriptionId> subscriptions);
}
