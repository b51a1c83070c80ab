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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A customer's use of one service, on one plan after the other. Its instants are kept to the microsecond, as a usage
 * record's are.
 *
 * @param externalId    the service's own id, unique in the service, kept to the letter
 * @param phases        at least one, by rising start; the first one starts the subscription
 * @param trialEnd      first instant whose flat price is billed; empty without a trial
 * @param end           empty while it runs
 * @param watched       whether its usage is looked at as it comes in: charges in advance, thresholds
 * @param billedThrough usage that starts before this instant has been billed; the start at first
 * @param flatThrough   the flat price of the time before this instant has been billed; in advance it lies ahead
 * @param nextInvoiceAt when the next invoice is due; empty if none is
 */
public record Subscription(SubscriptionId id, ServiceId service, CustomerId customer, String externalId,
                           SubscriptionState state, List<Phase> phases, Optional<Instant> trialEnd, Optional<End> end,
                           boolean watched, Instant billedThrough, Instant flatThrough, Optional<Instant> nextInvoiceAt) {

    /**
     * How it ended.
     *
     * @param at     first instant that is no longer billed
     * @param unused what becomes of what was paid in advance for the time after it
     */
    public record End(Instant at, UnusedTime unused) {

        public End {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    public Subscription {
        InvalidValue.checkText("external_id", externalId, 255);
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
        nextInvoiceAt = nextInvoiceAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        if (end.isPresent() && end.get().at().isBefore(startedAt)) {
            throw new InvalidValue("terminated_at", "is before the subscription started at " + startedAt);
        }
    }

    /** A subscription that starts and has not been billed yet. While it is pending, the next run at its start is due. */
    public static Subscription starting(SubscriptionId id, ServiceId service, CustomerId customer, String externalId,
                                        SubscriptionState state, Phase first, Optional<Instant> trialEnd) {
        Instant start = first.from();
        boolean dueAtStart = first.inAdvance() && trialEnd.isEmpty() || state == SubscriptionState.PENDING;
        var subscription = new Subscription(id, service, customer, externalId, state, List.of(first), trialEnd,
                Optional.empty(), false, start, start, Optional.of(start));
        return dueAtStart ? subscription : subscription.dueFirst(subscription.nextAfter(start));
    }

    private Subscription dueFirst(Optional<Instant> first) {
        return new Subscription(id, service, customer, externalId, state, phases, trialEnd, end, watched, billedThrough,
                flatThrough, first);
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
        Instant due = due();
        return new BillingWindow(due, usageDue(due), flatsDue(due));
    }

    private Optional<UsageStretch> usageDue(Instant due) {
        Instant until = notAfterEnd(due);
        Phase phase = phaseBefore(until);
        Instant from = latest(billedThrough, phase.from());
        if (phase.paused() || !from.isBefore(until)) {
            return Optional.empty();
        }
        BillingPeriod whole = phase.usagePeriod(from);
        boolean isOver = until.equals(whole.end()) || endsAPhase(until);
        return isOver ? Optional.of(new UsageStretch(phase.plan(), new BillingPeriod(from, until, zone()), whole))
                : Optional.empty();
    }

    private List<FlatStretch> flatsDue(Instant due) {
        return Stream.of(flatInArrears(due), flatUnused(due), flatInAdvance(due)).flatMap(Optional::stream).toList();
    }

    private Optional<FlatStretch> flatInArrears(Instant due) {
        Instant until = notAfterEnd(due);
        Phase phase = phaseBefore(until);
        Instant from = afterTrial(latest(flatThrough, phase.from()));
        if (phase.inAdvance() || phase.paused() || !from.isBefore(until)) {
            return Optional.empty();
        }
        BillingPeriod whole = phase.wholePeriod(from);
        if (!until.equals(whole.end()) && !endsAPhase(until)) {
            return Optional.empty();
        }
        var kind = isOverAt(until) || until.equals(whole.end()) ? FlatStretch.Kind.PERIOD : FlatStretch.Kind.UNTIL_CHANGE;
        return Optional.of(new FlatStretch(kind, phase.plan(), new BillingPeriod(from, until, zone()), whole, from,
                earlierParts(phase, whole)));
    }

    /** What phases before this one, on the same plan, have had in arrears of a whole period. */
    private List<BillingPeriod> earlierParts(Phase of, BillingPeriod whole) {
        var parts = new ArrayList<BillingPeriod>();
        for (Phase phase : phases.subList(0, phases.indexOf(of))) {
            Instant from = afterTrial(latest(phase.from(), whole.start()));
            Instant until = phaseAfter(phase).orElseThrow().from();
            if (!phase.paused() && !phase.inAdvance() && phase.plan().equals(of.plan()) && from.isBefore(until)
                    && phase.wholePeriod(from).equals(whole)) {
                parts.add(new BillingPeriod(from, until, zone()));
            }
        }
        return parts;
    }

    /** What was paid in advance reaches beyond the end of the phase. */
    private Optional<FlatStretch> flatUnused(Instant due) {
        Instant until = notAfterEnd(due);
        Phase phase = phaseBefore(until);
        boolean kept = isOverAt(until) && end.orElseThrow().unused() == UnusedTime.SKIP;
        Instant from = afterTrial(until);
        if (!phase.inAdvance() || phase.paused() || kept || !endsAPhase(until) || !from.isBefore(flatThrough)) {
            return Optional.empty();
        }
        var kind = isOverAt(until) ? FlatStretch.Kind.UNUSED_AFTER_END : FlatStretch.Kind.UNUSED_AFTER_CHANGE;
        // A phase that ends where its period does has the period after it paid, if that was billed before the change came.
        BillingPeriod whole = phase.wholePeriod(from);
        return Optional.of(new FlatStretch(kind, phase.plan(), new BillingPeriod(from, flatThrough, zone()), whole,
                afterTrial(latest(phase.from(), whole.start())), List.of()));
    }

    private Optional<FlatStretch> flatInAdvance(Instant due) {
        Phase phase = phaseAt(due);
        boolean billedAlready = flatThrough.isAfter(due) && !phase.from().equals(due);
        if (!phase.inAdvance() || phase.paused() || isOverAt(due) || billedAlready || afterTrial(due).isAfter(due)) {
            return Optional.empty();
        }
        BillingPeriod whole = phase.wholePeriod(due);
        boolean begins = due.equals(whole.start()) || phases.indexOf(phase) == 0;
        return Optional.of(new FlatStretch(begins ? FlatStretch.Kind.PERIOD : FlatStretch.Kind.REMAINING, phase.plan(),
                untilEnd(whole.from(due)), whole, due, List.of()));
    }

    /** This subscription after the invoice that was due: usage is billed to its date, and the next one is known. */
    public Subscription billed() {
        Instant due = due();
        BillingWindow window = dueWindow();
        Instant until = notAfterEnd(due);
        Instant through = window.usage().map(usage -> usage.period().end())
                .orElse(phaseBefore(until).paused() ? latest(billedThrough, until) : billedThrough);
        Instant flat = window.flats().stream().filter(stretch -> !stretch.isCredit()).map(s -> s.period().end())
                .reduce((first, second) -> second)
                .orElse(window.flats().isEmpty() ? flatThrough : until);
        return new Subscription(id, service, customer, externalId, stateAt(due), phases, trialEnd, end, watched, through,
                flat, isOverAt(due) ? Optional.empty() : nextAfter(due));
    }

    private SubscriptionState stateAt(Instant due) {
        SubscriptionState then = state;
        if (then == SubscriptionState.PENDING) {
            then = then.to(afterTrial(due).isAfter(due) ? SubscriptionState.TRIALING : SubscriptionState.ACTIVE);
        }
        return then == SubscriptionState.TRIALING && !afterTrial(due).isAfter(due) ? then.to(SubscriptionState.ACTIVE) : then;
    }

    /** As it is watched, or no longer. */
    public Subscription watched(boolean now) {
        return new Subscription(id, service, customer, externalId, state, phases, trialEnd, end, now, billedThrough,
                flatThrough, nextInvoiceAt);
    }

    /**
     * On another plan, or paused, from that instant on. What was to follow then does not. An invoice that was due before
     * and is not written yet comes first.
     *
     * @throws InvalidValue if the phase would begin in what has been billed, or after the end
     */
    Subscription followedBy(Phase next, SubscriptionState newState) {
        if (next.from().isBefore(billedThrough)) {
            throw new InvalidValue("subscription_at", "is before " + billedThrough + ", up to which it has been billed");
        }
        if (isOverAt(next.from())) {
            throw new InvalidValue("subscription_at", "is after the subscription ends: " + next.from());
        }
        var phasesNow = new ArrayList<>(phases.stream().filter(phase -> phase.from().isBefore(next.from())).toList());
        phasesNow.add(next);
        Instant due = nextInvoiceAt.filter(next.from()::isAfter).orElse(next.from());
        return new Subscription(id, service, customer, externalId, newState, phasesNow, trialEnd, end, watched, billedThrough,
                flatThrough, Optional.of(due));
    }

    /** Not billed from that instant on, until it is {@link #resumed}. */
    public Subscription paused(Instant at) {
        SubscriptionState paused = state.to(SubscriptionState.PAUSED);
        return followedBy(phaseAt(at).pausedAt(at), paused);
    }

    /** Active and billed again from that instant on. Nothing of the time in which it was not billed ever is. */
    public Subscription resumed(Instant at) {
        SubscriptionState active = state.to(SubscriptionState.ACTIVE);
        if (state.isBilled() && state != SubscriptionState.PAUSED) {
            return in(active);
        }
        Instant from = latest(at, billedThrough);
        Phase phase = phaseAt(from);
        if (from.equals(startedAt())) {
            return starting(id, service, customer, externalId, active, phase.resumedAt(from), trialEnd);
        }
        Subscription unbilled = state == SubscriptionState.PAUSED ? this : new Subscription(id, service, customer, externalId,
                state, unbilledPhases(), trialEnd, end, watched,
                from, from, Optional.empty());
        return unbilled.followedBy(phase.resumedAt(from), active);
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
        Instant last = state == SubscriptionState.PENDING && at.isBefore(startedAt()) ? startedAt() : at;
        if (!state.isBilled()) {
            return new Subscription(id, service, customer, externalId, terminated, unbilledPhases(), trialEnd,
                    Optional.of(new End(last, unused)), watched, last, flatThrough, Optional.empty());
        }
        if (last.isBefore(billedThrough)) {
            throw new InvalidValue("terminated_at", "is before " + billedThrough + ", up to which it has been billed");
        }
        List<Phase> begun = phases.stream().filter(phase -> !phase.from().isAfter(last)).toList();
        return new Subscription(id, service, customer, externalId, terminated, begun, trialEnd,
                Optional.of(new End(last, unused)), watched, billedThrough, flatThrough,
                Optional.of(nextInvoiceAt.filter(last::isAfter).orElse(last)));
    }

    /** Has another invoice at that time at the latest, although its last one was written: for usage that came late. */
    public Subscription dueAgain(Instant at) {
        // Never before what is billed: a clock that is behind must not open a stretch again.
        return nextInvoiceAt.isPresent() ? this : dueFirst(Optional.of(latest(at, billedThrough)));
    }

    /** In another of the states that are billed, or in one that is not. To be billed again it is {@link #resumed}. */
    public Subscription in(SubscriptionState next) {
        SubscriptionState allowed = state.to(next);
        if (!state.isBilled()) {
            throw new IllegalStateException("a subscription that is " + state.code() + " is billed again from some instant");
        }
        return new Subscription(id, service, customer, externalId, allowed, phases, trialEnd, end, watched, billedThrough,
                flatThrough, nextInvoiceAt);
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
        return new BillingEvent(eventId, type, service, id.value(), at, Map.of("external_id", externalId,
                "plan_code", planAt(at).value(), "subscription_id", id.toString()));
    }

    private Instant due() {
        return nextInvoiceAt.orElseThrow(() -> new IllegalStateException("no invoice is due for " + externalId));
    }

    /** Whether it has ended at that instant: what starts then is no longer billed. */
    public boolean isOverAt(Instant instant) {
        return end.isPresent() && !end.get().at().isAfter(instant);
    }

    /** Whether it is billed at that instant, and what was due before has been: so that a period goes on, unbilled. */
    public boolean isRunningAt(Instant instant) {
        return state.isBilled() && !instant.isBefore(startedAt()) && !isOverAt(instant) && !phaseAt(instant).paused()
                && !billedThrough.isAfter(instant) && !billedThrough.isBefore(periodOf(instant).start());
    }

    private BillingPeriod untilEnd(BillingPeriod period) {
        return terminatedAt().map(period::until).orElse(period);
    }

    private Instant notAfterEnd(Instant instant) {
        return terminatedAt().filter(instant::isAfter).orElse(instant);
    }

    private Instant afterTrial(Instant instant) {
        return trialEnd.filter(instant::isBefore).orElse(instant);
    }

    /** The phase that an instant ends, or lies in. */
    private Phase phaseBefore(Instant instant) {
        return phaseAt(instant.minus(1, ChronoUnit.MICROS));
    }

    private Optional<Phase> phaseAfter(Phase phase) {
        int next = phases.indexOf(phase) + 1;
        return next < phases.size() ? Optional.of(phases.get(next)) : Optional.empty();
    }

    private boolean endsAPhase(Instant instant) {
        return isOverAt(instant) || phases.stream().skip(1).anyMatch(phase -> phase.from().equals(instant));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The next date at which something of it is over or begins; empty while it is paused, and after its end. */
    private Optional<Instant> nextAfter(Instant instant) {
        Phase phase = phaseAt(instant);
        Stream<Instant> ends = phase.paused() ? Stream.empty()
                : Stream.concat(Stream.of(phase.nextBoundary(instant)), trialEnd.stream());
        return Stream.of(ends, phaseAfter(phase).map(Phase::from).stream(), terminatedAt().stream()).flatMap(s -> s)
                .filter(candidate -> candidate.isAfter(instant)).min(Instant::compareTo);
    }
}
