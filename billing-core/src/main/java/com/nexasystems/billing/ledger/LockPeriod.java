package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.ledger.PeriodLock.UnlockRequest;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Locks the books until a day. One person locks; to unlock, it takes two. */
public final class LockPeriod {

    private final Journal journal;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public LockPeriod(Journal journal, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.journal = journal;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * A wish to unlock is withdrawn by it.
     *
     * @param until the last day on which nothing is posted any more
     * @param by    a person
     * @throws InvalidValue if a later day is locked already, or there are drafts that would never be posted
     */
    public PeriodLock lock(LocalDate until, Actor by) {
        PostEntries.checkPerson(by);
        return change(by, "ledger.locked", before -> {
            if (before.until().filter(day -> day.isAfter(until)).isPresent()) {
                throw new InvalidValue("until", "everything until " + before.until().get() + " is locked already");
            }
            journal.drafts(Optional.empty(), 1).stream().map(Draft::entry).filter(entry -> !entry.date().isAfter(until))
                    .findFirst().ifPresent(entry -> {
                        throw new InvalidValue("until", "there are drafts until then, such as " + entry.key() + " of "
                                + entry.date() + "; post them first");
                    });
            return new Change(new PeriodLock(Optional.of(until), Optional.empty()), "");
        });
    }

    /**
     * The first of two people.
     *
     * @param until the last day that stays locked; empty to unlock all
     * @param by     a person
     * @throws InvalidValue if that would unlock nothing
     */
    public PeriodLock requestUnlock(Optional<LocalDate> until, String reason, Actor by) {
        PostEntries.checkPerson(by);
        InvalidValue.checkText("reason", reason, 512);
        return change(by, "ledger.unlock-requested", before -> {
            LocalDate locked = before.until().orElseThrow(() -> new InvalidValue("until", "nothing is locked"));
            if (until.filter(day -> !day.isBefore(locked)).isPresent()) {
                throw new InvalidValue("until", "would unlock nothing: locked is until " + locked);
            }
            return new Change(new PeriodLock(before.until(), Optional.of(new UnlockRequest(until, by, reason,
                    clock.instant()))), reason);
        });
    }

    /**
     * The second of two people.
     *
     * @param by a person, and not the one who asked for it
     * @throws InvalidValue if nobody has asked for it, or it is the same person
     */
    public PeriodLock approveUnlock(Actor by) {
        PostEntries.checkPerson(by);
        return change(by, "ledger.unlocked", before -> {
            UnlockRequest request = before.request()
                    .orElseThrow(() -> new InvalidValue("unlock", "nobody has asked for it"));
            if (isSame(request.by(), by)) {
                throw new InvalidValue("by", "somebody else than " + request.by().name() + " has to agree");
            }
            return new Change(new PeriodLock(request.until(), Optional.empty()),
                    request.reason() + " (asked for by " + request.by().name() + ")");
        });
    }

    /** However they write their name. */
    private static boolean isSame(Actor one, Actor other) {
        return one.name().strip().equalsIgnoreCase(other.name().strip());
    }

    private record Change(PeriodLock lock, String reason) { }

    private PeriodLock change(Actor by, String action, Function<PeriodLock, Change> change) {
        return unitOfWork.call(() -> {
            journal.claimEnd();
            Change made = change.apply(journal.lock());
            journal.setLock(made.lock);
            Instant now = clock.instant();
            trail.add(List.of(new AuditEntry(now, by, action, "ledger", Map.of("reason", made.reason, "until",
                    made.lock.request().map(request -> day(request.until())).orElseGet(() -> day(made.lock.until()))))));
            return made.lock;
        });
    }

    private static String day(Optional<LocalDate> until) {
        return until.map(LocalDate::toString).orElse("none");
    }
}
