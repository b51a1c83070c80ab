package com.nexasystems.billing.subscription;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch;
import com.nexasystems.billing.subscription.BillingWindow.UsageStretch;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A customer's use of one service, on one plan after the other. Its instants are kept to the microsecond, as a usage
 * record's are.
 *
 * @param externalId    the service's own id, unique in the service, kept to the letter
 * @param deployment    the service's own id of what runs on it, where that is something else; kept to the letter
 * @param phases        at least one, by rising start; the first one starts the subscription
 * @param trialEnd      first instant whose flat price is billed; empty without a trial
 * @param end           empty while it runs
 * @param watched       whether its usage is looked at as it comes in: charges in advance, thresholds
 * @param billedThrough usage that starts before this instant has been billed; the start at first
 * @param flatThrough   the flat price of the time before this instant has been billed; in advance it lies ahead
 * @param lastInvoiceAt when what was billed last was due; empty before the first time
 * @param nextInvoiceAt when the next invoice is due; empty if none is
 */
public record Subscription(SubscriptionId id, ServiceId service, CustomerId customer, String externalId,
                           Optional<String> deployment, SubscriptionState state, List<Phase> phases, Optional<Instant> trialEnd, Optional<End> end,
                           boolean watched, Instant billedThrough, Instant flatThrough, Optional<Instant> lastInvoiceAt,
                           Optional<Instant> nextInvoiceAt) {

    /**
     * How it ends.
     *
     * @param at     first instant that is no longer billed
     * @param unused what becomes of what was paid in advance for the time after it
     */
    public record End(Instant at, UnusedTime unused) {

        public End {
            at = InvalidValue.checkInstant("ending_at", at);
        }
    }

    public Subscription {
        InvalidValue.checkText("external_id", externalId, 255);
        deployment.ifPresent(text -> InvalidValue.checkText("deployment_id", text, 255));
        phases = List.copyOf(phases);
        Instant startedAt = phases.get(0).from();
        for (int i = 1; i < phases.size(); i++) {
            if (!phases.get(i).from().isAfter(phases.get(i - 1).from())) {
                throw new InvalidValue("subscription_at", "a phase must begin after " + phases.get(i - 1).from()
                        + ", where the one before it begins: " + phases.get(i).from());
            }
            if (!phases.get(i).cycle().zone().equals(phases.get(0).cycle().zone())) {
                throw new InvalidValue("timezone", "is the same in all phases: " + phases.get(0).cycle().zone());
            }
        }
        if (billedThrough.isBefore(startedAt)) {
            throw new InvalidValue("billed_through", "is before the subscription started at " + startedAt);
        }
        trialEnd = trialEnd.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        billedThrough = billedThrough.truncatedTo(ChronoUnit.MICROS);
        flatThrough = flatThrough.truncatedTo(ChronoUnit.MICROS);
        lastInvoiceAt = lastInvoiceAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        nextInvoiceAt = nextInvoiceAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        if (end.isPresent() && end.get().at().isBefore(startedAt)) {
            throw new InvalidValue("terminated_at", "is before the subscription started at " + startedAt);
        }
    }

    /** A subscription that starts and has not been billed yet; its first invoice is due when something of it is. */
    public static Subscription starting(SubscriptionId id, ServiceId service, CustomerId customer, String externalId,
                                        SubscriptionState state, Phase first, Optional<Instant> trialEnd) {
        Instant start = first.from();
        boolean dueAtStart = first.inAdvance() && trialEnd.isEmpty() || state == SubscriptionState.PENDING;
        var subscription = new Subscription(id, service, customer, externalId, Optional.empty(), state, List.of(first),
                trialEnd, Optional.empty(), false, start, start, Optional.empty(), Optional.of(start));
        return dueAtStart ? subscription : subscription.nextAt(subscription.nextAfter(start));
    }

    /** One that is rated for comparison, and never billed: no invoice of it is due. */
    public static Subscription inShadow(SubscriptionId id, ServiceId service, CustomerId customer, String externalId,
                                        Phase phase, Optional<End> end) {
        return new Subscription(id, service, customer, externalId, Optional.empty(), SubscriptionState.SHADOW,
                List.of(phase), Optional.empty(), end, false, phase.from(), phase.from(), Optional.empty(), Optional.empty());
    }

    /** The same, with that running on it; empty if what runs on it has no id of its own. */
    public Subscription running(Optional<String> newDeployment) {
        return new Subscription(id, service, customer, externalId, newDeployment, state, phases, trialEnd, end, watched,
                billedThrough, flatThrough, lastInvoiceAt, nextInvoiceAt);
    }

    /**
     * Billed from an instant on, after it was in shadow mode: another biller has billed what was before.
     *
     * @param flatFrom the flat price of the time before it has been billed by the other biller, too; may be later
     */
    public Subscription activated(Instant from, Instant flatFrom) {
        Subscription active = resumed(from);
        return flatFrom.isAfter(active.flatThrough) ? new Subscription(id, service, customer, externalId, deployment,
                active.state, active.phases, active.trialEnd, active.end, active.watched, active.billedThrough, flatFrom,
                active.lastInvoiceAt, active.nextInvoiceAt) : active;
    }

    /** In shadow mode again, as if it had not been {@link #activated}; only while no invoice of it was written. */
    public Subscription backInShadow() {
        Phase first = phases.get(0).resumedAt(startedAt());
        return inShadow(id, service, customer, externalId, first, end).running(deployment);
    }

    /** As it is, and something is billed at its start: charges in advance, beside the flat price. */
    public Subscription dueAtStart() {
        return lastInvoiceAt.isPresent() ? this : nextAt(Optional.of(startedAt()));
    }

    private Subscription nextAt(Optional<Instant> next) {
        return new Subscription(id, service, customer, externalId, deployment, state, phases, trialEnd, end, watched,
                billedThrough, flatThrough, lastInvoiceAt, next);
    }

    private Subscription in(SubscriptionState newState, List<Phase> newPhases, Optional<Instant> newTrialEnd,
                            Optional<End> newEnd, Optional<Instant> next) {
        return new Subscription(id, service, customer, externalId, deployment, newState, newPhases, newTrialEnd, newEnd,
                watched, billedThrough, flatThrough, lastInvoiceAt, next);
    }

    public Instant startedAt() {
        return phases.get(0).from();
    }

    /** First instant that is no longer billed; empty while it runs. */
    public Optional<Instant> terminatedAt() {
        return end.map(End::at);
    }

    /** The customer's, as it was when the subscription started. */
    public ZoneId zone() {
        return phases.get(0).cycle().zone();
    }

    /** The phase around an instant; before the start the first one, after the end the last one. */
    public Phase phaseAt(Instant instant) {
        Phase found = phases.get(0);
        for (Phase phase : phases) {
            if (phase.from().isAfter(instant)) {
                break;
            }
            found = phase;
        }
        return found;
    }

    /** The plan around an instant. */
    public PlanCode planAt(Instant instant) {
        return phaseAt(instant).plan();
    }

    /**
     * What the invoice that is due next bills: {@code [billed through, next invoice date)} of usage, and the flat price
     * of that stretch or, in advance, of the one that begins with the invoice.
     *
     * @throws IllegalStateException if no invoice is due
     */
    public BillingWindow dueWindow() {
        return new DueWindow(this, due()).window();
    }

    /** What phases before this one, on the same plan, have had of a whole period in arrears. */
    List<BillingPeriod> partsBefore(Phase of, BillingPeriod whole) {
        return phases.subList(0, phases.indexOf(of)).stream().filter(phase -> !phase.inAdvance())
                .flatMap(phase -> part(phase, of.plan(), whole, Phase::wholePeriod, this::afterTrial).stream()).toList();
    }

    /** The same of a whole period of fixed charges, for which there is no trial. */
    List<BillingPeriod> fixedPartsBefore(Phase of, BillingPeriod whole) {
        return phases.subList(0, phases.indexOf(of)).stream()
                .flatMap(phase -> part(phase, of.plan(), whole, Phase::fixedPeriod, begin -> begin).stream()).toList();
    }

    /** The parts of a whole period of one plan that were over at an instant, as the last one and those before it. */
    public Optional<FlatStretch> partsOver(PlanCode plan, BillingPeriod whole, Instant asOf) {
        List<BillingPeriod> parts = phases.stream()
                .flatMap(phase -> part(phase, plan, whole, Phase::wholePeriod, this::afterTrial).stream())
                .filter(part -> !part.end().isAfter(asOf)).toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        BillingPeriod last = parts.get(parts.size() - 1);
        var kind = isFollowedAt(last.end()) ? FlatStretch.Kind.UNTIL_CHANGE : FlatStretch.Kind.PERIOD;
        return Optional.of(new FlatStretch(kind, plan, last, whole, parts.get(0).start(),
                parts.subList(0, parts.size() - 1)));
    }

    /** What a phase has of a whole period of a plan; empty if it has nothing of it. */
    private Optional<BillingPeriod> part(Phase phase, PlanCode plan, BillingPeriod whole,
                                         BiFunction<Phase, Instant, BillingPeriod> wholeOf, UnaryOperator<Instant> begin) {
        Instant from = begin.apply(latest(phase.from(), whole.start()));
        Instant until = notAfterEnd(phaseAfter(phase).map(Phase::from).filter(whole.end()::isAfter).orElse(whole.end()));
        boolean has = !phase.paused() && phase.plan().equals(plan) && from.isBefore(until)
                && wholeOf.apply(phase, from).equals(whole);
        return has ? Optional.of(new BillingPeriod(from, until, zone())) : Optional.empty();
    }

    /** This subscription after the invoice that was due: usage is billed to its date, and the next one is known. */
    public Subscription billed() {
        Instant due = due();
        BillingWindow window = dueWindow();
        Instant until = notAfterEnd(due);
        Instant through = window.usage().map(usage -> usage.period().end())
                .orElse(phaseBefore(until).paused() ? latest(billedThrough, until) : billedThrough);
        Instant flat = window.lastFlat().map(stretch -> stretch.period().end())
                .orElse(window.flats().isEmpty() ? flatThrough : until);
        return new Subscription(id, service, customer, externalId, deployment, stateAt(due), phases, trialEnd, end, watched,
                through, flat, Optional.of(due), isOverAt(due) ? Optional.empty() : nextAfter(due, flat));
    }

    /** What its due date brings that receivers are told of: that it starts, or starts on another plan, or that it ends. */
    public List<EventType> newsOfDue() {
        Instant due = due();
        if (isOverAt(due)) {
            return state == SubscriptionState.TERMINATED ? List.of() : List.of(EventType.SUBSCRIPTION_TERMINATED);
        }
        boolean changes = beginsAPhase(due) && !planAt(due).equals(phaseBefore(due).plan());
        return changes || state == SubscriptionState.PENDING ? List.of(EventType.SUBSCRIPTION_STARTED) : List.of();
    }

    private SubscriptionState stateAt(Instant due) {
        SubscriptionState then = state;
        if (isOverAt(due)) {
            return then == SubscriptionState.TERMINATED ? then : then.to(SubscriptionState.TERMINATED);
        }
        if (then == SubscriptionState.PENDING) {
            then = then.to(afterTrial(due).isAfter(due) ? SubscriptionState.TRIALING : SubscriptionState.ACTIVE);
        }
        boolean trialIsOver = then == SubscriptionState.TRIALING && !afterTrial(due).isAfter(due);
        return trialIsOver ? then.to(SubscriptionState.ACTIVE) : then;
    }

    /** As it is watched, or no longer. */
    public Subscription watched(boolean now) {
        return new Subscription(id, service, customer, externalId, deployment, state, phases, trialEnd, end, now,
                billedThrough, flatThrough, lastInvoiceAt, nextInvoiceAt);
    }

    /** The first instant at or after one at which a phase may begin: none begins in what has been billed. */
    public Instant nextChangeAt(Instant at) {
        Instant unbilled = latest(at.truncatedTo(ChronoUnit.MICROS), billedThrough);
        return lastInvoiceAt.filter(last -> !last.isBefore(unbilled)).map(last -> last.plus(1, ChronoUnit.MICROS))
                .orElse(unbilled);
    }

    /** The change that is to come after an instant; empty if none is planned. */
    public Optional<Phase> plannedAfter(Instant instant) {
        return phaseAfter(phaseAt(instant));
    }

    /**
     * On another plan from that instant on. What was planned to follow does not.
     *
     * @throws InvalidValue if that is in what has been billed, or after the end
     */
    public Subscription changedTo(Phase next, Optional<Instant> newTrialEnd) {
        if (state == SubscriptionState.PENDING) {
            return new Subscription(id, service, customer, externalId, deployment, state, List.of(next), newTrialEnd, end,
                    watched, next.from(), next.from(), lastInvoiceAt, Optional.of(next.from()));
        }
        return followedBy(next, state, newTrialEnd);
    }

    /** Without the change that was to come after an instant. */
    public Subscription unchangedAfter(Instant instant, Optional<Instant> newTrialEnd) {
        return in(state, phases.subList(0, phases.indexOf(phaseAt(instant)) + 1), newTrialEnd, end, nextInvoiceAt);
    }

    /** An invoice that was due before the phase begins and is not written yet comes first. */
    private Subscription followedBy(Phase next, SubscriptionState newState, Optional<Instant> newTrialEnd) {
        if (next.from().isBefore(billedThrough)) {
            throw new InvalidValue("subscription_at", "is before " + billedThrough + ", up to which it has been billed");
        }
        if (isOverAt(next.from())) {
            throw new InvalidValue("subscription_at", "is after the subscription ends: " + next.from());
        }
        var phasesNow = new ArrayList<>(phases.stream().filter(phase -> phase.from().isBefore(next.from())).toList());
        phasesNow.add(next);
        return in(newState, phasesNow, newTrialEnd, end,
                Optional.of(nextInvoiceAt.filter(next.from()::isAfter).orElse(next.from())));
    }

    /** Not billed from that instant on, until it is {@link #resumed}. A change that was planned does not come. */
    public Subscription paused(Instant at) {
        SubscriptionState paused = state.to(SubscriptionState.PAUSED);
        return followedBy(phaseAt(at).pausedAt(at), paused, trialEnd);
    }

    /** Active, or in its trial, and billed again from that instant on. What was not billed meanwhile never is. */
    public Subscription resumed(Instant at) {
        SubscriptionState active = state.to(state == SubscriptionState.PAUSED && afterTrial(at).isAfter(at)
                ? SubscriptionState.TRIALING : SubscriptionState.ACTIVE);
        if (state.isBilled() && state != SubscriptionState.PAUSED) {
            return in(active);
        }
        Instant from = state == SubscriptionState.PAUSED ? nextChangeAt(at) : latest(at, billedThrough);
        Phase phase = phaseAt(from);
        if (from.equals(startedAt()) && !state.isBilled()) {
            return starting(id, service, customer, externalId, active, phase.resumedAt(from), trialEnd)
                    .running(deployment).dueAtStart();
        }
        Subscription unbilled = state == SubscriptionState.PAUSED ? this : new Subscription(id, service, customer, externalId,
                deployment, state, unbilledPhases(), trialEnd, end, watched, from, from, lastInvoiceAt, Optional.empty());
        return unbilled.followedBy(phase.resumedAt(from), active, trialEnd);
    }

    /** What was not billed stays so, whatever state comes next. */
    private List<Phase> unbilledPhases() {
        return phases.stream().map(phase -> phase.pausedAt(phase.from())).toList();
    }

    /** As {@link #terminated(Instant, UnusedTime)}; what was paid in advance is credited. */
    public Subscription terminated(Instant at) {
        return terminated(at, UnusedTime.CREDIT);
    }

    /**
     * Ends it: what was used until then is billed at once, by the next run. Nothing after it is. An invoice that was due
     * before and is not written yet comes first. One that has not begun ends where it would have begun, unbilled; and what
     * is not billed while it runs is not billed at its end.
     */
    public Subscription terminated(Instant at, UnusedTime unused) {
        SubscriptionState terminated = state.to(SubscriptionState.TERMINATED);
        Instant last = state == SubscriptionState.PENDING && at.isBefore(startedAt()) ? startedAt() : afterItsBegin(at);
        if (!state.isBilled()) {
            return new Subscription(id, service, customer, externalId, deployment, terminated, unbilledPhases(), trialEnd,
                    Optional.of(new End(last, unused)), watched, last, flatThrough, lastInvoiceAt, Optional.empty());
        }
        return endedAt(last, unused, terminated);
    }

    /**
     * Ends at an instant to come, as if it were terminated then. Until then it runs, and may be made to end at another.
     *
     * @throws InvalidValue if that is in what has been billed
     */
    public Subscription ending(Instant at, UnusedTime unused) {
        state.to(SubscriptionState.TERMINATED);
        return endedAt(at, unused, state);
    }

    /** A phase whose begin has been billed has begun: it ends no sooner than a microsecond later. */
    private Instant afterItsBegin(Instant at) {
        Instant end = at.truncatedTo(ChronoUnit.MICROS);
        boolean hasBegun = lastInvoiceAt.filter(end::equals).isPresent() && phaseAt(end).from().equals(end);
        return hasBegun ? end.plus(1, ChronoUnit.MICROS) : end;
    }

    private Subscription endedAt(Instant last, UnusedTime unused, SubscriptionState newState) {
        if (last.isBefore(billedThrough)) {
            throw new InvalidValue("terminated_at", "is before " + billedThrough + ", up to which it has been billed");
        }
        List<Phase> begun = phases.stream().filter(phase -> !phase.from().isAfter(last)).toList();
        Instant next = nextInvoiceAt.filter(last::isAfter).orElse(last);
        return in(newState, begun, trialEnd, Optional.of(new End(last, unused)), Optional.of(next));
    }

    /** Has another invoice at that time at the latest, although its last one was written: for usage that came late. */
    public Subscription dueAgain(Instant at) {
        // Always after what is billed: a clock that is behind, or stands still, must not open a stretch again.
        return nextInvoiceAt.isPresent() ? this
                : nextAt(Optional.of(latest(at, lastInvoiceAt.map(last -> last.plus(1, ChronoUnit.MICROS))
                        .filter(billedThrough::isBefore).orElse(billedThrough))));
    }

    /** In another of the states that are billed, or in one that is not. To be billed again it is {@link #resumed}. */
    public Subscription in(SubscriptionState next) {
        SubscriptionState allowed = state.to(next);
        if (!state.isBilled()) {
            throw new IllegalStateException("a subscription that is " + state.code() + " is billed again from some instant");
        }
        return in(allowed, phases, trialEnd, end, nextInvoiceAt);
    }

    /** A stretch of usage of this subscription: what {@link #periodOf} gives, or was billed. */
    public UsageStretch usageStretch(BillingPeriod period) {
        Phase phase = phaseAt(period.start());
        return new UsageStretch(phase.plan(), period, phase.usagePeriod(period.start()), isFollowedAt(period.end()));
    }

    /** Whether another phase takes over there: a change at the very end is none. */
    private boolean isFollowedAt(Instant instant) {
        return beginsAPhase(instant) && !isOverAt(instant);
    }

    /** Whether what is used at that instant is billed at some time. */
    public boolean isBilledAt(Instant instant) {
        return state.isBilled() && !phaseAt(instant).paused();
    }

    /** The stretch in which a usage record of that start is billed; it lies within its phase. */
    public BillingPeriod periodOf(Instant start) {
        Phase phase = phaseAt(start);
        BillingPeriod period = phase.usagePeriod(start).from(phase.from());
        return untilEnd(phaseAfter(phase).map(next -> period.until(next.from())).orElse(period));
    }

    /** To what the day belongs on which a stretch of usage ends: to the phase that begins there, if one does. */
    public CutDay endDayOf(BillingPeriod stretch) {
        boolean goesOn = !isOverAt(stretch.end()) && phases.stream().anyMatch(phase -> phase.from().equals(stretch.end()));
        return goesOn ? CutDay.AFTER : CutDay.BEFORE;
    }

    /** What receivers are told of it. */
    public BillingEvent event(UUID eventId, EventType type, Instant at) {
        return event(eventId, type, at, Map.of());
    }

    /** What receivers are told of it, with what they need to know beside which one it is. */
    public BillingEvent event(UUID eventId, EventType type, Instant at, Map<String, String> more) {
        if (state == SubscriptionState.SHADOW) {
            throw new IllegalStateException("nobody is told of a subscription in shadow mode: " + externalId);
        }
        var data = new HashMap<>(more);
        data.putAll(told());
        data.put("plan_code", planAt(at).value());
        return new BillingEvent(eventId, type, service, id.value(), at, data);
    }

    /**
     * What every event says of it: the ids by which the service knows it, and ours; and its state, so that whoever applies the
     * state of the highest sequence number it has seen ends where this one is, in whatever order events come.
     */
    public Map<String, String> told() {
        var told = new HashMap<>(Map.of("subscription_id", id.toString(), "external_id", externalId,
                "subscription_state", state.code()));
        deployment.ifPresent(text -> told.put("deployment_id", text));
        return told;
    }

    private Instant due() {
        return nextInvoiceAt.orElseThrow(() -> new IllegalStateException("no invoice is due for " + externalId));
    }

    /** Whether it has ended at that instant: what starts then is no longer billed. */
    public boolean isOverAt(Instant instant) {
        return end.isPresent() && !end.get().at().isAfter(instant);
    }

    /** Whether it has begun and goes on at that instant, and what is used then is billed at some time. */
    public boolean isInUseAt(Instant instant) {
        return state != SubscriptionState.PENDING && isUnderWayAt(instant);
    }

    private boolean isUnderWayAt(Instant instant) {
        return isBilledAt(instant) && !instant.isBefore(startedAt()) && !isOverAt(instant);
    }

    /** Whether it is billed at that instant, and what was due before has been: so that a period goes on, unbilled. */
    public boolean isRunningAt(Instant instant) {
        return isUnderWayAt(instant) && !billedThrough.isAfter(instant) && !billedThrough.isBefore(periodOf(instant).start());
    }

    private BillingPeriod untilEnd(BillingPeriod period) {
        return terminatedAt().map(period::until).orElse(period);
    }

    Instant notAfterEnd(Instant instant) {
        return terminatedAt().filter(instant::isAfter).orElse(instant);
    }

    Instant afterTrial(Instant instant) {
        return trialEnd.filter(instant::isBefore).orElse(instant);
    }

    /** The phase that an instant ends, or lies in. */
    Phase phaseBefore(Instant instant) {
        return phaseAt(justBefore(instant));
    }

    static Instant justBefore(Instant instant) {
        return instant.minus(1, ChronoUnit.MICROS);
    }

    private Optional<Phase> phaseAfter(Phase phase) {
        int next = phases.indexOf(phase) + 1;
        return next < phases.size() ? Optional.of(phases.get(next)) : Optional.empty();
    }

    boolean endsAPhase(Instant instant) {
        return isOverAt(instant) || beginsAPhase(instant);
    }

    /** Whether another phase takes over at that instant. */
    boolean beginsAPhase(Instant instant) {
        return phases.stream().skip(1).anyMatch(phase -> phase.from().equals(instant));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<Instant> nextAfter(Instant instant) {
        return nextAfter(instant, flatThrough);
    }

    /** The next date at which something of it is over or begins; empty while it is paused, and after its end. */
    private Optional<Instant> nextAfter(Instant instant, Instant flatBilled) {
        Phase phase = phaseAt(instant);
        Stream<Instant> paidAhead = phase.inAdvance() ? Stream.of(flatBilled) : Stream.empty();
        Stream<Instant> ends = phase.paused() ? Stream.empty()
                : Stream.of(Stream.of(phase.nextBoundary(instant)), trialEnd.stream(), paidAhead).flatMap(s -> s);
        return Stream.of(ends, phaseAfter(phase).map(Phase::from).stream(), terminatedAt().stream()).flatMap(s -> s)
                .filter(candidate -> candidate.isAfter(instant)).min(Instant::compareTo);
    }
}
