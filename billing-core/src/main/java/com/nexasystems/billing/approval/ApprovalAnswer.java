package com.nexasystems.billing.approval;

import com.nexasystems.billing.approval.Approval.Decision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What somebody is told who follows the link of an approval. None of it is an error: links are followed twice, and late. */
public sealed interface ApprovalAnswer {

    /** It waits for their decision. */
    record Open(Approval approval) implements ApprovalAnswer { }

    /** They have just decided. */
    record Decided(Approval approval) implements ApprovalAnswer { }

    /** It was decided before; that decision stands. */
    record AlreadyDecided(Approval approval) implements ApprovalAnswer { }

    /** The link is no longer good, and nothing was decided. */
    record Expired(Approval approval) implements ApprovalAnswer { }

    /** No such link was given out. */
    record Unknown() implements ApprovalAnswer { }

    /** The same for people, in English. */
    default String text() {
        if (this instanceof Open open) {
            return open.approval.askedBy().name() + " asks you to approve: " + open.approval.text();
        }
        if (this instanceof Decided now) {
            return "thank you: " + decision(now.approval).word() + " by " + now.approval.approver().name();
        }
        if (this instanceof AlreadyDecided before) {
            Decision decision = decision(before.approval);
            return "already " + decision.word() + " by " + before.approval.approver().name() + " on " + day(decision.at());
        }
        return this instanceof Expired late ? "this link expired on " + day(late.approval.until()) + "; ask "
                + late.approval.askedBy().name() + " for a new one" : "this link is not known; ask for a new one";
    }

    /** Empty for an unknown link. */
    default Optional<Approval> known() {
        if (this instanceof Open open) {
            return Optional.of(open.approval);
        }
        if (this instanceof Decided now) {
            return Optional.of(now.approval);
        }
        if (this instanceof AlreadyDecided before) {
            return Optional.of(before.approval);
        }
        return this instanceof Expired late ? Optional.of(late.approval) : Optional.empty();
    }

    private static Decision decision(Approval approval) {
        return approval.decision().orElseThrow();
    }

    private static String day(Instant at) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).format(at.atOffset(ZoneOffset.UTC));
    }
}
