package com.nexasystems.billing.subscription;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A customer's use of one plan of one service. Its instants are kept to the microsecond, as a usage record's are.
 *
 * @param externalId    the service's own id, unique in the service, kept to the letter
 * @param cycle         the rhythm of its billing periods
 * @param inAdvance     whether its flat price is billed when a period begins
 * @param startedAt     first instant that is billed
 * @param terminatedAt  first instant that is no longer billed; empty while it runs
 * @param billedThrough usage that starts before this instant has been billed; {@code startedAt} at first
 * @param nextInvoiceAt when the next invoice is due; empty if none is
 */
public record Subscription(SubscriptionId id, ServiceId service, CustomerId customer, String externalId, PlanCode plan,
                           SubscriptionState state, BillingCycle cycle, boolean inAdvance, Instant startedAt,
                           Optional<Instant> terminatedAt, Instant billedThrough, Optional<Instant> nextInvoiceAt) {

    public Subscription {
        InvalidValue.checkText("external_id", externalId, 255);
        if (billedThrough.isBefore(startedAt)) {
            throw new InvalidValue("billed_through", "is before the subscription started at " + startedAt);
        }
        startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
        terminatedAt = terminatedAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        billedThrough = billedThrough.truncatedTo(ChronoUnit.MICROS);
        nextInvoiceAt = nextInvoiceAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        if (terminatedAt.isPresent() && terminatedAt.get().isBefore(startedAt)) {
            throw new InvalidValue("terminated_at", "is before the subscription started at " + startedAt);
        }
    }

    /** A subscription that starts and has not been billed yet. While it is pending, the next run at its start is due. */
    public static Subscription starting(SubscriptionId id, ServiceId service, CustomerId customer, String externalId,
                                        PlanCode plan, SubscriptionState state, BillingCycle cycle, boolean inAdvance,
                                        Instant startedAt) {
        boolean dueAtStart = inAdvance || state == SubscriptionState.PENDING;
        Instant first = dueAtStart ? startedAt : cycle.periodContaining(startedAt).end();
        return new Subscription(id, service, customer, externalId, plan, state, cycle, inAdvance, startedAt,
                Optional.empty(), startedAt, Optional.of(first));
    }

    /**
     * What the invoice that is due next bills: {@code [billed through, next invoice date)} of usage, and the flat price
     * of that stretch or, in advance, of the one that begins with the invoice.
     *
     * @throws IllegalStateException if no invoice is due
     */
    public BillingWindow dueWindow() {
        Instant due = due();
        Instant through = usageEnd(due);
        Optional<BillingPeriod> usage = billedThrough.isBefore(through)
                ? Optional.of(new BillingPeriod(billedThrough, through, cycle.zone())) : Optional.empty();
        Optional<BillingPeriod> flat = usage;
        if (inAdvance) {
            flat = isOverAt(due) ? Optional.empty() : Optional.of(untilEnd(cycle.periodContaining(due).from(due)));
        }
        return new BillingWindow(due, usage, flat);
    }

    /** This subscription after the invoice that was due: usage is billed to its date, and the next one is known. */
    public Subscription billed() {
        Instant due = due();
        Optional<Instant> next = isOverAt(due) ? Optional.empty() : Optional.of(nextAfter(due));
        SubscriptionState then = state == SubscriptionState.PENDING ? state.to(SubscriptionState.ACTIVE) : state;
        return with(then, terminatedAt, usageEnd(due), next);
    }

    /**
     * Ends it: what was used until then is billed at once, by the next run. Nothing after it is. An invoice that was due
     * before and is not written yet comes first. One that has not begun ends where it would have begun, unbilled; and what
     * is not billed while it runs is not billed at its end.
     */
    public Subscription terminated(Instant at) {
        if (!state.isBilled()) {
            return with(state.to(SubscriptionState.TERMINATED), Optional.of(at), at, Optional.empty());
        }
        Instant end = state == SubscriptionState.PENDING && at.isBefore(startedAt) ? startedAt : at;
        if (end.isBefore(billedThrough)) {
            throw new InvalidValue("terminated_at", "is before " + billedThrough + ", up to which it has been billed");
        }
        return with(state.to(SubscriptionState.TERMINATED), Optional.of(end), billedThrough,
                Optional.of(nextInvoiceAt.filter(end::isAfter).orElse(end)));
    }

    /** Has another invoice at that time at the latest, although its last one was written: for usage that came late. */
    public Subscription dueAgain(Instant at) {
        // Never before what is billed: a clock that is behind must not open a stretch again.
        Instant due = at.isBefore(billedThrough) ? billedThrough : at;
        return nextInvoiceAt.isPresent() ? this : with(state, terminatedAt, billedThrough, Optional.of(due));
    }

    /** In another of the states that are billed, or in one that is not. To be billed again it is {@link #resumed}. */
    public Subscription in(SubscriptionState next) {
        SubscriptionState allowed = state.to(next);
        if (!state.isBilled()) {
            throw new IllegalStateException("a subscription that is " + state.code() + " is billed again from some instant");
        }
        return with(allowed, terminatedAt, billedThrough, nextInvoiceAt);
    }

    /** Active and billed again from that instant on. Nothing of the time in which it was not billed ever is. */
    public Subscription resumed(Instant at) {
        SubscriptionState active = state.to(SubscriptionState.ACTIVE);
        if (state.isBilled()) {
            return with(active, terminatedAt, billedThrough, nextInvoiceAt);
        }
        Instant from = at.isBefore(billedThrough) ? billedThrough : at;
        return with(active, terminatedAt, from, Optional.of(inAdvance ? from : cycle.periodContaining(from).end()));
    }

    /** The stretch of the cycle in which a usage record of that start is billed; it lies within the subscription. */
    public BillingPeriod periodOf(Instant start) {
        return untilEnd(cycle.periodContaining(start).from(startedAt));
    }

    /** The whole period of the cycle around an instant; what a share of the flat price is a share of. */
    public BillingPeriod wholePeriod(Instant instant) {
        return cycle.periodContaining(instant);
    }

    /** What receivers are told of it. */
    public BillingEvent event(UUID eventId, EventType type, Instant at) {
        return new BillingEvent(eventId, type, service, id.value(), at, Map.of("external_id", externalId,
                "plan_code", plan.value(), "subscription_id", id.toString()));
    }

    private Instant due() {
        return nextInvoiceAt.orElseThrow(() -> new IllegalStateException("no invoice is due for " + externalId));
    }

    /** Whether it has ended at that instant: what starts then is no longer billed. */
    public boolean isOverAt(Instant instant) {
        return terminatedAt.isPresent() && !terminatedAt.get().isAfter(instant);
    }

    private BillingPeriod untilEnd(BillingPeriod period) {
        return terminatedAt.map(period::until).orElse(period);
    }

    private Instant usageEnd(Instant due) {
        return terminatedAt.filter(due::isAfter).orElse(due);
    }

    private Instant nextAfter(Instant due) {
        Instant end = cycle.periodContaining(due).end();
        return terminatedAt.filter(end::isAfter).orElse(end);
    }

    private Subscription with(SubscriptionState newState, Optional<Instant> newEnd, Instant newThrough,
                              Optional<Instant> newNext) {
        return new Subscription(id, service, customer, externalId, plan, newState, cycle, inAdvance, startedAt, newEnd,
                newThrough, newNext);
    }
}
