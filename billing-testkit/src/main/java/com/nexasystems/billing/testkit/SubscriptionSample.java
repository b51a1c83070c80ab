package com.nexasystems.billing.testkit;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Builds a {@link Subscription}. Immutable: each method answers another sample. */
public final class SubscriptionSample {

    private final Subscription built;

    private SubscriptionSample(Subscription built) {
        this.built = built;
    }

    static SubscriptionSample of(Service service, Customer customer, Plan plan, String externalId) {
        BillingCycle calendar = BillingCycle.calendar(Interval.MONTHLY, ZoneId.of("UTC"));
        return new SubscriptionSample(Subscription.starting(
                new SubscriptionId(Samples.id(service.code() + " " + externalId)), service.id(), customer.id(), externalId,
                SubscriptionState.ACTIVE, new Phase(Samples.NEW_YEAR, plan.code(), calendar, Interval.MONTHLY, Interval.MONTHLY,
                        false, false), Optional.empty()));
    }

    public SubscriptionSample id(UUID id) {
        return with(new SubscriptionId(id), built.state(), built.billedThrough(), built.nextInvoiceAt());
    }

    /** In that state, whatever the way there. */
    public SubscriptionSample in(SubscriptionState state) {
        return with(built.id(), state, built.billedThrough(), built.nextInvoiceAt());
    }

    public SubscriptionSample billedThrough(Instant instant) {
        return with(built.id(), built.state(), instant, built.nextInvoiceAt());
    }

    /** The next invoice is due then. */
    public SubscriptionSample due(Instant instant) {
        return with(built.id(), built.state(), built.billedThrough(), Optional.of(instant));
    }

    public SubscriptionSample withoutNextInvoice() {
        return with(built.id(), built.state(), built.billedThrough(), Optional.empty());
    }

    public SubscriptionSample cycle(BillingCycle cycle, boolean inAdvance, Instant startedAt) {
        return new SubscriptionSample(Subscription.starting(built.id(), built.service(), built.customer(),
                built.externalId(), built.state(), new Phase(startedAt, built.planAt(startedAt), cycle, cycle.interval(),
                        cycle.interval(), inAdvance, false), Optional.empty()));
    }

    /** With that trial, and those phases after the first one, and watched, and a deployment: every field in use. */
    public SubscriptionSample eventful(Instant trialEnd, Phase... more) {
        List<Phase> phases = Stream.concat(built.phases().stream(), Stream.of(more)).toList();
        return new SubscriptionSample(new Subscription(built.id(), built.service(), built.customer(), built.externalId(),
                Optional.of("déployé \uD83D\uDE80 " + built.externalId()), built.state(), phases, Optional.of(trialEnd),
                built.end(), true, built.billedThrough(), trialEnd, Optional.of(trialEnd), built.nextInvoiceAt()));
    }

    /** With that running on it at the service. */
    public SubscriptionSample running(String deployment) {
        return new SubscriptionSample(built.running(Optional.of(deployment)));
    }

    public Subscription build() {
        return built;
    }

    private SubscriptionSample with(SubscriptionId id, SubscriptionState state, Instant through, Optional<Instant> next) {
        return new SubscriptionSample(new Subscription(id, built.service(), built.customer(), built.externalId(),
                built.deployment(), state, built.phases(), built.trialEnd(), built.end(), built.watched(), through,
                built.flatThrough(), built.lastInvoiceAt(), next));
    }
}
