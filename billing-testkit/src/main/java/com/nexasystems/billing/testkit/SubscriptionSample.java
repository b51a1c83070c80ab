package com.nexasystems.billing.testkit;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/** Builds a {@link Subscription}. Immutable: each method answers another sample. */
public final class SubscriptionSample {

    private final Subscription built;

    private SubscriptionSample(Subscription built) {
        this.built = built;
    }

    static SubscriptionSample of(Service service, Customer customer, Plan plan, String externalId) {
        return new SubscriptionSample(Subscription.starting(
                new SubscriptionId(Samples.id(service.code() + " " + externalId)), service.id(), customer.id(), externalId,
                plan.code(), SubscriptionState.ACTIVE, BillingCycle.calendar(Interval.MONTHLY, ZoneId.of("UTC")), false,
                Samples.NEW_YEAR));
    }

    public SubscriptionSample id(UUID id) {
        return with(new SubscriptionId(id), built.state(), built.terminatedAt(), built.billedThrough(), built.nextInvoiceAt());
    }

    /** In that state, whatever the way there. */
    public SubscriptionSample in(SubscriptionState state) {
        return with(built.id(), state, built.terminatedAt(), built.billedThrough(), built.nextInvoiceAt());
    }

    public SubscriptionSample billedThrough(Instant instant) {
        return with(built.id(), built.state(), built.terminatedAt(), instant, built.nextInvoiceAt());
    }

    /** The next invoice is due then. */
    public SubscriptionSample due(Instant instant) {
        return with(built.id(), built.state(), built.terminatedAt(), built.billedThrough(), Optional.of(instant));
    }

    public SubscriptionSample withoutNextInvoice() {
        return with(built.id(), built.state(), built.terminatedAt(), built.billedThrough(), Optional.empty());
    }

    public SubscriptionSample cycle(BillingCycle cycle, boolean inAdvance, Instant startedAt) {
        return new SubscriptionSample(Subscription.starting(built.id(), built.service(), built.customer(),
                built.externalId(), built.plan(), built.state(), cycle, inAdvance, startedAt));
    }

    public Subscription build() {
        return built;
    }

    private SubscriptionSample with(SubscriptionId id, SubscriptionState state, Optional<Instant> end, Instant through,
                                    Optional<Instant> next) {
        return new SubscriptionSample(new Subscription(id, built.service(), built.customer(), built.externalId(),
                built.plan(), state, built.cycle(), built.inAdvance(), built.startedAt(), end, through, next));
    }
}
