package com.nexasystems.billing.subscription;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The subscriptions. {@code SubscriptionsContract} checks these rules.
 *
 * <p>SU-1 A subscription that was added is found by id and by (service, external id), exactly as it was.
 * <p>SU-2 An external id of a service is taken once, until its subscription is terminated: adding another one keeps
 * nothing of it and leaves it out of the answer. The latest subscription is the one that is found.
 * <p>SU-3 The subscriptions of one service are not there for another: {@link #resolve} leaves them out.
 * <p>SU-4 {@link #claimDue} gives those in a state that is billed whose invoice is due, ordered by due date and id, and
 * only those after the cursor, at most as many as asked for.
 * <p>SU-5 What one unit of work has claimed, no other claims until it has ended.
 * <p>SU-6 A claim that waits gives every due subscription, after the units of work that hold them have ended, as they
 * are then.
 * <p>SU-7 An update replaces state, deployment, end, and how far it is billed.
 * <p>SU-8 What one unit of work holds, no other claims until it has ended, and the other way round; but several may hold it
 * at once. A hold answers as {@link #resolve} does, with the subscriptions as they are once held.
 * <p>SU-9 {@link #onPlan} gives the subscriptions that have a phase on the plan, in whatever state, each once, ordered by
 * customer and id, and only those after the cursor, at most as many as asked for.
 * <p>SU-10 An advance replaces state, whether it is watched, and how far it is billed.
 * <p>SU-11 A search gives what {@link SubscriptionSearch} says, the newest by id first, page by page, with their number.
 */
public interface Subscriptions {

    /** @return the ids of those that were added */
    List<SubscriptionId> add(List<Subscription> subscriptions);

    void update(List<Subscription> subscriptions);

    /**
     * As {@link #update}, of subscriptions whose deployment, phases, trial and end are what is stored: billing moves many
     * of them on, and nothing else need be written.
     */
    void advance(List<Subscription> subscriptions);

    Optional<Subscription> find(SubscriptionId id);

    Page<Subscription> search(SubscriptionSearch search, PageRequest request);

    List<Subscription> findAll(Collection<SubscriptionId> ids);

    /**
     * The subscriptions of the service that these texts name: by our id, or else by the service's external id.
     *
     * @return by the text that named them; those that name nothing of this service are left out
     */
    Map<String, Subscription> resolve(ServiceId service, Collection<String> references);

    /**
     * As {@link #resolve}, and keeps these subscriptions from being billed, changed or ended until this unit of work has
     * ended. Waits for those that are claimed. Must be called inside a unit of work.
     */
    Map<String, Subscription> hold(ServiceId service, Collection<String> references);

    /**
     * Claims a page of due subscriptions for this unit of work; nobody else bills or holds them until it has
     * ended. Must be called inside one.
     *
     * @param asOf     invoices due at or before it
     * @param after    the last one of the page before; empty for the first page
     * @param whenHeld what to do with those that another unit of work holds
     */
    List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit, WhenHeld whenHeld);

    /** How many subscriptions {@link #claimDue} would give at that instant; for showing progress. */
    long countDue(Instant asOf);

    /** Claims these subscriptions, after the units of work that hold them have ended, and gives them as they are then. */
    List<Subscription> claim(Collection<SubscriptionId> ids);

    /**
     * A page of the subscriptions that are, were or will be on a plan, those of one customer in a row.
     * Claims and holds nothing.
     *
     * @param after the last one of the page before; empty for the first page
     */
    List<Subscription> onPlan(PlanCode plan, Optional<PlanCursor> after, int limit);

    /** How many subscriptions {@link #onPlan} would give in all; for showing progress. */
    long countOnPlan(PlanCode plan);

    /** A place in the order of the subscriptions on a plan. */
    record PlanCursor(CustomerId customer, SubscriptionId id) implements Comparable<PlanCursor> {

        public static PlanCursor of(Subscription subscription) {
            return new PlanCursor(subscription.customer(), subscription.id());
        }

        /** By the text of the ids, which is how databases sort them. */
        @Override
        public int compareTo(PlanCursor other) {
            int byCustomer = customer.toString().compareTo(other.customer.toString());
            return byCustomer != 0 ? byCustomer : id.compareTo(other.id);
        }
    }

    /** A place in the order of due subscriptions. */
    record Cursor(Instant due, SubscriptionId id) implements Comparable<Cursor> {

        public static Cursor of(Subscription subscription) {
            return new Cursor(subscription.nextInvoiceAt().orElseThrow(), subscription.id());
        }

        @Override
        public int compareTo(Cursor other) {
            int byDue = due.compareTo(other.due);
            return byDue != 0 ? byDue : id.compareTo(other.id);
        }
    }

    /** What a claim does about subscriptions that another unit of work holds. */
    enum WhenHeld { SKIP, WAIT }
}
