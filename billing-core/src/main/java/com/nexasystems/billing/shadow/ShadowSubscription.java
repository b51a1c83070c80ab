package com.nexasystems.billing.shadow;

import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A subscription that the import made.
 *
 * @param externalId the application's id of it
 * @param user       the application's id of who has it
 * @param payable    whether the application knows a means of payment of the user
 * @param from       where the first period begins that is compared. The subscription itself may begin sooner, so that usage
 *                   of other midnights is there
 * @param until      where the last one ends; empty while it runs
 * @param current    first day of the period that the application is in: what is before it is over there
 */
public record ShadowSubscription(SubscriptionId id, String externalId, String user, boolean payable, Instant from,
                                 Optional<Instant> until, Optional<LocalDate> current) {

    public ShadowSubscription {
        from = from.truncatedTo(ChronoUnit.MICROS);
        until = until.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
    }
}
