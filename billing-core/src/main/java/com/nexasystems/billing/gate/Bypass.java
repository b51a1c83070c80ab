package com.nexasystems.billing.gate;

import com.nexasystems.billing.boundary.Actor;

/** A person's decision to go through a gate that refuses. Neither actor nor reason may be left out. */
public record Bypass(Actor actor, String reason) {

    public Bypass {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("a bypass needs a reason");
        }
    }
}
