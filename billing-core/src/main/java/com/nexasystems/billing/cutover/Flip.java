package com.nexasystems.billing.cutover;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A cut-over that has happened.
 *
 * @param user          the one user who was flipped; everybody, if it is empty
 * @param since         the earliest instant from which this engine bills
 * @param subscriptions how many it bills since
 * @param reverted      when it was taken back
 */
public record Flip(UUID id, ServiceId service, Optional<String> user, Instant since, long subscriptions, Actor by, Instant at,
                   Optional<Reverted> reverted) {

    /** Taken back. */
    public record Reverted(Actor by, Instant at) {

        public Reverted {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    public Flip {
        since = since.truncatedTo(ChronoUnit.MICROS);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    Flip reverted(Actor actor, Instant now) {
        return new Flip(id, service, user, since, subscriptions, by, at, Optional.of(new Reverted(actor, now)));
    }
}
