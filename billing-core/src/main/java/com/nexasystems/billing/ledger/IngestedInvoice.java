package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the ledger knows of an invoice.
 *
 * @param outcome    what came of it when it was last looked at
 * @param reason     why it is not booked
 * @param settled    whether nothing more is expected of it: paid or not booked, and no balance open
 * @param document   what its source said when it was last verified; empty if it never was
 * @param evidence   {@link Evidence#sha256} of what the source said when it first came to this; empty if it never was
 *                   verified
 * @param unmatched  lines that no family rule matches
 * @param changed    how what its source says differs from what is posted; empty if it does not
 * @param verifiedAt when its source last answered; empty if it never did. To the microsecond
 * @param triedAt    when its source was last asked. To the microsecond
 */
public record IngestedInvoice(String invoice, Outcome outcome, Optional<Reason> reason, boolean settled,
                              Optional<Document> document, Optional<String> evidence, List<UnmatchedLine> unmatched,
                              List<String> changed, Optional<Instant> verifiedAt, Instant triedAt) {

    /** What came of an invoice. */
    public enum Outcome {
        /** It has entries. */
        BOOKED,
        /** It is not to be booked. */
        SKIPPED,
        /** It cannot be booked exactly; somebody has to look at it. */
        HELD,
        /** Its source did not vouch for it; it is asked again. */
        UNVERIFIED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws InvalidValue if it is not the code of an outcome */
        public static Outcome ofCode(String code) {
            for (Outcome outcome : values()) {
                if (outcome.code().equals(code)) {
                    return outcome;
                }
            }
            throw new InvalidValue("outcome", "is not known: " + code);
        }
    }

    /**
     * Why something is not booked.
     *
     * @param code by which reasons are counted, such as {@code void} or {@code tax}
     * @param text for people, with the figures
     */
    public record Reason(String code, String text) { }

    /**
     * The invoice as a document.
     *
     * @param issued on the books' calendar; empty of a draft
     * @param due    when it is to be paid; the day of issue if the source does not say
     */
    public record Document(Optional<String> number, Party party, Optional<LocalDate> issued, Optional<LocalDate> due,
                           Money total) { }

    /** A line that was booked as {@link FamilyRules#OTHER}. */
    public record UnmatchedLine(String line, String description, Money net) { }

    public IngestedInvoice {
        unmatched = List.copyOf(unmatched);
        changed = List.copyOf(changed);
        verifiedAt = verifiedAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        triedAt = triedAt.truncatedTo(ChronoUnit.MICROS);
        if ((outcome == Outcome.BOOKED) == reason.isPresent()) {
            throw new IllegalArgumentException("there is a reason if and only if it is not booked: " + invoice);
        }
    }

    /** Whether nothing but the time of looking has changed. */
    boolean comesToTheSameAs(IngestedInvoice other) {
        return outcome == other.outcome && reason.equals(other.reason) && settled == other.settled
                && document.equals(other.document) && unmatched.equals(other.unmatched) && changed.equals(other.changed);
    }

    IngestedInvoice withEvidenceOf(IngestedInvoice before) {
        return new IngestedInvoice(invoice, outcome, reason, settled, document, before.evidence, unmatched, changed,
                verifiedAt, triedAt);
    }

    /** Or not known when. */
    boolean isIssuedBefore(LocalDate day) {
        return document.flatMap(Document::issued).filter(issued -> !issued.isBefore(day)).isEmpty();
    }

    /** To be looked at again in the next run. */
    IngestedInvoice unsettled() {
        return new IngestedInvoice(invoice, outcome, reason, false, document, evidence, unmatched, changed, verifiedAt,
                triedAt);
    }

    /** Whether its source has vouched for what is known of it, and nothing stands in the way. */
    public boolean isBooked() {
        return outcome == Outcome.BOOKED;
    }
}
