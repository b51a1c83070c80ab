package com.nexasystems.billing.gate;

import com.nexasystems.billing.boundary.Actor;
import java.util.Optional;

/**
 * A person's decision to go through a gate that refuses. Neither actor nor reason may be left out.
 *
 * @param role in which they decide, such as {@code manager}; who hands it over has made sure that they have it. Empty for
 *             somebody without one
 */
public record Bypass(Actor actor, Optional<String> role, String reason) {

    public Bypass {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("a bypass needs a reason");
        }
        if (actor.name().isBlank()) {
            throw new IllegalArgumentException("a bypass needs an actor");
        }
        role = role.map(String::strip).filter(name -> !name.isEmpty());
    }

    /** By somebody without a role. */
    public Bypass(Actor actor, String reason) {
        this(actor, Optional.empty(), reason);
    }

    /** By somebody in a role. */
    public Bypass(Actor actor, String role, String reason) {
        this(actor, Optional.of(role), reason);
    }
}
