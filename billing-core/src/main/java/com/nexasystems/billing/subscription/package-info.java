/**
 * Subscriptions: who is on which plan, since when, and up to where they have been billed.
 *
 * <p>Invariants: only the named transitions of {@link com.nexasystems.billing.subscription.SubscriptionState} happen; the
 * billing windows of a subscription follow each other without gap or overlap. Does not own usage or prices. Begin reading
 * at {@link com.nexasystems.billing.subscription.Subscription}.
 */
package com.nexasystems.billing.subscription;
