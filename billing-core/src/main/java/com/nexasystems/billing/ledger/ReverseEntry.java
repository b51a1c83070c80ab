package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.ledger.Journal.End;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a posted entry back, by another one that says the opposite. When its invoice is ingested again, what is true of the
 * fact is drafted anew, under the next revision.
 */
public final class ReverseEntry {

    private final Journal journal;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public ReverseEntry(Journal journal, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.journal = journal;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param day    of the reversing entry; empty for the day of the entry itself
     * @param reason becomes the text of the reversing entry
     * @param by     a person
     * @throws InvalidValue if there is no such posted entry, it is a reversal, was reversed already, or the day is locked or
     *                      before that of the entry; nothing has changed then
     */
    public PostedEntry reverse(EntryKey key, Optional<LocalDate> day, String reason, Actor by) {
        PostEntries.checkPerson(by);
        InvalidValue.checkText("reason", reason, 512);
        return unitOfWork.call(() -> {
            Known known = journal.claim(List.of(key.invoice())).get(key.invoice());
            End end = journal.claimEnd();
            PostedEntry posted = standing(known, key);
            LocalDate on = day.orElse(posted.entry().date());
            checkDay(on, posted.entry().date());
            var batch = new PostedBatch(end, by, clock.instant());
            batch.add(posted.entry().reversedOn(on, reason), posted.evidence(), Optional.of(posted.sequence()));
            batch.postTo(journal, trail, "ledger.reversed", Map.of("entry", key.toString(), "reason", reason));
            known.record().map(IngestedInvoice::unsettled)
                    .ifPresent(record -> journal.keep(List.of(new Keep(record, known.drafts(), Optional.empty()))));
            return batch.last();
        });
    }

    private static PostedEntry standing(Known known, EntryKey key) {
        PostedEntry posted = known.posted().stream().filter(each -> each.entry().key().equals(key)).findFirst()
                .orElseThrow(() -> new InvalidValue("entry", "there is no posted entry " + key));
        if (!known.standing().contains(posted)) {
            throw new InvalidValue("entry", posted.reverses().isPresent() ? "is a reversal itself: " + key
                    : "is reversed already: " + key);
        }
        return posted;
    }

    private void checkDay(LocalDate on, LocalDate posted) {
        if (on.isBefore(posted)) {
            throw new InvalidValue("date", "is before that of the entry, " + posted + ": " + on);
        }
        if (journal.lock().locks(on)) {
            throw new InvalidValue("date", on + " is locked, as is everything until " + journal.lock().until().orElse(on)
                    + "; give a later day");
        }
    }
}
