package com.nexasystems.billing.approval;

import com.nexasystems.billing.approval.Approval.Decision;
import com.nexasystems.billing.approval.ApprovalAnswer.AlreadyDecided;
import com.nexasystems.billing.approval.ApprovalAnswer.Decided;
import com.nexasystems.billing.approval.ApprovalAnswer.Expired;
import com.nexasystems.billing.approval.ApprovalAnswer.Open;
import com.nexasystems.billing.approval.ApprovalAnswer.Unknown;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Takes the decision of who follows the link of an approval. Of several, the first one stands. */
public final class DecideApproval {

    private final Approvals approvals;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public DecideApproval(Approvals approvals, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.approvals = approvals;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** What the link is about. Decides nothing, so that a program that follows links does no harm. */
    public ApprovalAnswer look(String token) {
        return at(token, clock.instant());
    }

    /**
     * @param comment may be empty text
     * @throws InvalidValue if the comment cannot be stored; nothing is decided then
     */
    public ApprovalAnswer decide(String token, boolean approve, String comment) {
        var decision = new Decision(approve, comment, clock.instant());
        return unitOfWork.call(() -> at(token, decision.at()) instanceof Open open
                ? decided(open.approval(), decision) : at(token, decision.at()));
    }

    private ApprovalAnswer decided(Approval open, Decision decision) {
        if (!approvals.decide(open.id(), decision)) {
            return new AlreadyDecided(approvals.find(open.id()).orElseThrow());
        }
        trail.add(List.of(new AuditEntry(decision.at(), open.approver(), "approval." + decision.word(), open.id().toString(),
                Map.of("subject", open.subject(), "comment", decision.comment()))));
        return new Decided(open.decided(decision));
    }

    /** A wrong secret of a known approval is answered as an unknown one. */
    private ApprovalAnswer at(String text, Instant now) {
        return Token.read(text).flatMap(token -> approvals.find(token.id())
                        .filter(known -> known.token().matches(token.hash())))
                .map(known -> at(known, now)).orElseGet(Unknown::new);
    }

    private static ApprovalAnswer at(Approval known, Instant now) {
        if (known.decision().isPresent()) {
            return new AlreadyDecided(known);
        }
        return now.isBefore(known.until()) ? new Open(known) : new Expired(known);
    }
}
