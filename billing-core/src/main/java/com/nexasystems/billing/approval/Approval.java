package com.nexasystems.billing.approval;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody is asked to approve something; and what they have decided.
 *
 * @param subject  what it is about, as the gate that asks for it calls it, such as {@code cut-over:hosting}
 * @param text     what the person reads before they decide
 * @param approver the only one who may decide
 * @param askedBy  who wants it; somebody else
 * @param token    digest of the link's secret
 * @param until    the link is good before it
 * @param decision empty while they have not decided
 */
public record Approval(UUID id, String subject, String text, Actor approver, Actor askedBy, Instant askedAt, TokenHash token,
                       Instant until, Optional<Decision> decision) {

    static final int LONGEST_COMMENT = 2000;
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_TEXT = 4000;

    /**
     * What the approver has decided.
     *
     * @param comment may be empty text
     */
    public record Decision(boolean approved, String comment, Instant at) {

        public Decision {
            if (!comment.isEmpty()) {
                InvalidValue.checkText("comment", comment, LONGEST_COMMENT);
            }
            at = at.truncatedTo(ChronoUnit.MICROS);
        }

        public String word() {
            return approved ? "approved" : "rejected";
        }
    }

    /** @throws InvalidValue if a text cannot be stored, or somebody is to approve what they ask for */
    public Approval {
        InvalidValue.checkText("subject", subject, LONGEST_SUBJECT);
        InvalidValue.checkText("text", text, LONGEST_TEXT);
        InvalidValue.checkText("approver", approver.name(), LONGEST_SUBJECT);
        if (approver.equals(askedBy)) {
            throw new InvalidValue("approver", "must be somebody else than who asks for it: " + approver.name());
        }
        askedAt = InvalidValue.checkInstant("asked_at", askedAt);
        until = InvalidValue.checkInstant("until", until);
        if (!askedAt.isBefore(until)) {
            throw new InvalidValue("until", "must be after " + askedAt + ": " + until);
        }
    }

    Approval decided(Decision now) {
        return new Approval(id, subject, text, approver, askedBy, askedAt, token, until, Optional.of(now));
    }
}
