package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscription.End;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

@Entity
@Table(name = "subscription")
class SubscriptionRow {

    static final Batch<Subscription> BATCH = new Batch<Subscription>()
            .uuid("id", subscription -> subscription.id().value())
            .uuid("service_id", subscription -> subscription.service().value())
            .uuid("customer_id", subscription -> subscription.customer().value())
            .text("external_id", Subscription::externalId)
            .text("deployment", subscription -> subscription.deployment().orElse(null))
            .text("state", subscription -> subscription.state().code())
            .text("zone", subscription -> subscription.zone().getId())
            .instants("phase_starts", phases(Phase::from))
            .texts("phase_plans", phases(phase -> phase.plan().value()))
            .texts("phase_intervals", phases(phase -> phase.cycle().interval().name()))
            .texts("phase_anchors", phases(phase -> phase.cycle().anchor().toString()))
            .texts("phase_usage_intervals", phases(phase -> phase.usageInterval().name()))
            .texts("phase_fixed_intervals", phases(phase -> phase.fixedInterval().name()))
            .bools("phase_in_advance", phases(Phase::inAdvance))
            .bools("phase_paused", phases(Phase::paused))
            .instant("trial_end", subscription -> subscription.trialEnd().orElse(null))
            .instant("ended_at", subscription -> subscription.terminatedAt().orElse(null))
            .text("unused_time", subscription -> subscription.end().map(end -> end.unused().name()).orElse(null))
            .bool("watched", Subscription::watched)
            .instant("billed_through", Subscription::billedThrough)
            .instant("flat_through", Subscription::flatThrough)
            .instant("last_invoice_at", subscription -> subscription.lastInvoiceAt().orElse(null))
            .instant("next_invoice_at", subscription -> subscription.nextInvoiceAt().orElse(null));

    /** What billing changes. */
    static final Batch<Subscription> ADVANCED = new Batch<Subscription>()
            .uuid("id", subscription -> subscription.id().value())
            .text("state", subscription -> subscription.state().code())
            .bool("watched", Subscription::watched)
            .instant("billed_through", Subscription::billedThrough)
            .instant("flat_through", Subscription::flatThrough)
            .instant("last_invoice_at", subscription -> subscription.lastInvoiceAt().orElse(null))
            .instant("next_invoice_at", subscription -> subscription.nextInvoiceAt().orElse(null));

    @Id
    UUID id;
    UUID serviceId;
    UUID customerId;
    String externalId;
    String deployment;
    String state;
    String zone;
    Instant[] phaseStarts;
    String[] phasePlans;
    String[] phaseIntervals;
    String[] phaseAnchors;
    String[] phaseUsageIntervals;
    String[] phaseFixedIntervals;
    Boolean[] phaseInAdvance;
    Boolean[] phasePaused;
    Instant trialEnd;
    Instant endedAt;
    String unusedTime;
    boolean watched;
    Instant billedThrough;
    Instant flatThrough;
    Instant lastInvoiceAt;
    Instant nextInvoiceAt;

    Subscription toDomain() {
        return new Subscription(new SubscriptionId(id), new ServiceId(serviceId), new CustomerId(customerId), externalId,
                Optional.ofNullable(deployment), SubscriptionState.valueOf(state.toUpperCase(Locale.ROOT)), phases(),
                Optional.ofNullable(trialEnd), Optional.ofNullable(endedAt).map(at -> new End(at,
                UnusedTime.valueOf(unusedTime))), watched, billedThrough, flatThrough, Optional.ofNullable(lastInvoiceAt), Optional.ofNullable(nextInvoiceAt));
    }

    private List<Phase> phases() {
        ZoneId of = ZoneId.of(zone);
        return IntStream.range(0, phaseStarts.length).mapToObj(i -> new Phase(phaseStarts[i], new PlanCode(phasePlans[i]),
                new BillingCycle(Interval.valueOf(phaseIntervals[i]), LocalDate.parse(phaseAnchors[i]), of),
                Interval.valueOf(phaseUsageIntervals[i]), Interval.valueOf(phaseFixedIntervals[i]), phaseInAdvance[i],
                phasePaused[i])).toList();
    }

    private static <T> Function<Subscription, Collection<T>> phases(Function<Phase, T> part) {
        return subscription -> subscription.phases().stream().map(part).toList();
    }
}
