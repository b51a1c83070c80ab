package com.nexasystems.billing.subscription;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch.Kind;
import com.nexasystems.billing.subscription.BillingWindow.UsageStretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what is billed at a due date. */
final class DueWindow {

    private final Subscription subscription;
    private final Instant due;
    private final Instant until;
    private final Phase ending;
    private final Phase beginning;
    private final boolean again;

    DueWindow(Subscription subscription, Instant due) {
        this.subscription = subscription;
        this.due = due;
        this.until = subscription.notAfterEnd(due);
        this.ending = subscription.phaseBefore(until);
        this.beginning = subscription.phaseAt(due);
        this.again = subscription.lastInvoiceAt().filter(due::equals).isPresent();
    }

    BillingWindow window() {
        return new BillingWindow(due, usage(), flats(), fixedOver(), fixedAhead());
    }

    private Optional<UsageStretch> usage() {
        Instant from = latest(subscription.billedThrough(), ending.from());
        if (ending.paused() || !from.isBefore(until)) {
            return Optional.empty();
        }
        boolean isOver = until.equals(ending.usagePeriod(from).end()) || subscription.endsAPhase(until);
        return isOver ? Optional.of(subscription.usageStretch(new BillingPeriod(from, until, subscription.zone())))
                : Optional.empty();
    }

    private List<FlatStretch> flats() {
        return Stream.of(flatInArrears(), flatUnused(), flatInAdvance()).flatMap(Optional::stream).toList();
    }

    private Optional<FlatStretch> flatInArrears() {
        Instant from = subscription.afterTrial(latest(subscription.flatThrough(), ending.from()));
        if (ending.inAdvance() || ending.paused() || !from.isBefore(until)) {
            return Optional.empty();
        }
        BillingPeriod whole = ending.wholePeriod(from);
        if (!until.equals(whole.end()) && !subscription.endsAPhase(until)) {
            return Optional.empty();
        }
        return Optional.of(stretch(overKind(whole), ending, from, until, whole, from,
                subscription.partsBefore(ending, whole)));
    }

    private Kind overKind(BillingPeriod whole) {
        return subscription.isOverAt(until) || until.equals(whole.end()) ? Kind.PERIOD : Kind.UNTIL_CHANGE;
    }

    /** What was paid in advance reaches beyond the end of the phase. */
    private Optional<FlatStretch> flatUnused() {
        Instant from = subscription.afterTrial(until);
        if (!ending.inAdvance() || !givesBack() || !from.isBefore(subscription.flatThrough())) {
            return Optional.empty();
        }
        // A phase that ends where its period does has the period after it paid, if that was billed before the end came.
        BillingPeriod whole = ending.wholePeriod(from);
        return Optional.of(stretch(unusedKind(), ending, from, subscription.flatThrough(), whole,
                subscription.afterTrial(latest(ending.from(), whole.start())), List.of()));
    }

    private boolean givesBack() {
        boolean kept = subscription.isOverAt(until) && subscription.end().orElseThrow().unused() == UnusedTime.SKIP;
        return !ending.paused() && !kept && subscription.endsAPhase(until);
    }

    private Kind unusedKind() {
        return subscription.isOverAt(until) ? Kind.UNUSED_AFTER_END : Kind.UNUSED_AFTER_CHANGE;
    }

    private Optional<FlatStretch> flatInAdvance() {
        boolean billedAlready = subscription.flatThrough().isAfter(due) && !beginning.from().equals(due);
        if (!beginning.inAdvance() || !isRunning() || billedAlready || subscription.afterTrial(due).isAfter(due)) {
            return Optional.empty();
        }
        BillingPeriod whole = beginning.wholePeriod(due);
        boolean begins = due.equals(whole.start()) || due.equals(beginning.from())
                || subscription.trialEnd().filter(due::equals).isPresent();
        return Optional.of(stretch(begins ? aheadKind(whole) : Kind.CONTINUED, beginning, due,
                subscription.notAfterEnd(whole.end()), whole, due, List.of()));
    }

    private boolean isRunning() {
        return !beginning.paused() && !subscription.isOverAt(due);
    }

    private Kind aheadKind(BillingPeriod whole) {
        boolean inTheMiddle = subscription.beginsAPhase(due) && !due.equals(whole.start());
        return inTheMiddle ? Kind.REMAINING : Kind.PERIOD;
    }

    /** The stretch of a period of fixed charges that is over now. */
    private List<FlatStretch> fixedOver() {
        BillingPeriod whole = ending.fixedPeriod(Subscription.justBefore(until));
        Instant from = latest(ending.from(), whole.start());
        boolean isOver = until.equals(whole.end()) || subscription.endsAPhase(until);
        return again || !until.equals(due) || ending.paused() || !from.isBefore(until) || !isOver ? List.of()
                : List.of(stretch(overKind(whole), ending, from, until, whole, from,
                        subscription.fixedPartsBefore(ending, whole)));
    }

    /** The stretch of a period of fixed charges that begins now, and what is left of one that has ended before its time. */
    private List<FlatStretch> fixedAhead() {
        return Stream.concat(fixedUnused().stream(), fixedBegun().stream()).toList();
    }

    private Optional<FlatStretch> fixedUnused() {
        // Billed already, up to here: then the period that is paid is the one that begins here.
        BillingPeriod whole = ending.fixedPeriod(again ? until : Subscription.justBefore(until));
        Instant from = latest(ending.from(), whole.start());
        boolean wasBilled = again || from.isBefore(until);
        if (!until.equals(due) || !wasBilled || !givesBack() || !until.isBefore(whole.end())) {
            return Optional.empty();
        }
        var used = new ArrayList<>(subscription.fixedPartsBefore(ending, whole));
        if (from.isBefore(until)) {
            used.add(new BillingPeriod(from, until, subscription.zone()));
        }
        return Optional.of(stretch(unusedKind(), ending, until, whole.end(), whole, from, used));
    }

    private Optional<FlatStretch> fixedBegun() {
        BillingPeriod whole = beginning.fixedPeriod(due);
        boolean begins = due.equals(whole.start()) || due.equals(beginning.from());
        return again || !isRunning() || !begins ? Optional.empty()
                : Optional.of(stretch(aheadKind(whole), beginning, due, whole.end(), whole, due,
                        subscription.fixedPartsBefore(beginning, whole)));
    }

    private FlatStretch stretch(Kind kind, Phase phase, Instant from, Instant to, BillingPeriod whole, Instant since,
                                List<BillingPeriod> earlier) {
        return new FlatStretch(kind, phase.plan(), new BillingPeriod(from, to, subscription.zone()), whole, since, earlier);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
