package com.nexasystems.billing.subscription;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which subscriptions of a service.
 *
 * @param plans      have been, are or will be on one of these; empty asks for nothing
 * @param states     in one of these
 * @param externalId of the service: of several that had it one after the other, all
 */
public record SubscriptionSearch(ServiceId service, Optional<CustomerId> customer, Set<PlanCode> plans,
                                 Set<SubscriptionState> states, Optional<String> externalId) {

    public SubscriptionSearch {
        plans = Set.copyOf(plans);
        states = Set.copyOf(states);
    }

    /** All subscriptions of a service. */
    public static SubscriptionSearch of(ServiceId service) {
        return new SubscriptionSearch(service, Optional.empty(), Set.of(), EnumSet.allOf(SubscriptionState.class),
                Optional.empty());
    }

    public SubscriptionSearch of(CustomerId only) {
        return new SubscriptionSearch(service, Optional.of(only), plans, states, externalId);
    }

    public SubscriptionSearch on(Set<PlanCode> some) {
        return new SubscriptionSearch(service, customer, some, states, externalId);
    }

    public SubscriptionSearch in(Set<SubscriptionState> some) {
        return new SubscriptionSearch(service, customer, plans, some, externalId);
    }

    public SubscriptionSearch named(String only) {
        return new SubscriptionSearch(service, customer, plans, states, Optional.of(only));
    }
}
