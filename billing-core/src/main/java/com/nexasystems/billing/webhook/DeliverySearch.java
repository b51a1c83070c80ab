package com.nexasystems.billing.webhook;

import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which deliveries of a service; what is empty asks for nothing.
 *
 * @param states one of these
 * @param types  one of these; none named means all
 * @param from   made at or after it
 * @param until  made before it
 */
public record DeliverySearch(ServiceId service, Optional<EndpointId> endpoint, Set<Delivery.State> states,
                             Set<EventType> types, Optional<Instant> from, Optional<Instant> until) {

    public DeliverySearch {
        states = Set.copyOf(states);
        types = Set.copyOf(types);
    }

    /** All of a service. */
    public static DeliverySearch of(ServiceId service) {
        return new DeliverySearch(service, Optional.empty(), EnumSet.allOf(Delivery.State.class), Set.of(), Optional.empty(),
                Optional.empty());
    }

    public DeliverySearch to(EndpointId only) {
        return new DeliverySearch(service, Optional.of(only), states, types, from, until);
    }

    public DeliverySearch in(Set<Delivery.State> some) {
        return new DeliverySearch(service, endpoint, some, types, from, until);
    }

    public DeliverySearch types(Set<EventType> some) {
        return new DeliverySearch(service, endpoint, states, some, from, until);
    }

    public DeliverySearch made(Optional<Instant> newFrom, Optional<Instant> newUntil) {
        return new DeliverySearch(service, endpoint, states, types, newFrom, newUntil);
    }
}
