package com.nexasystems.billing.approval;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a person to approve something, through a link that is good once. Only the digest of its secret is kept. */
public final class AskForApproval {

    private static final int SECRET_BYTES = 32;

    private final Approvals approvals;
    private final Entropy entropy;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public AskForApproval(Approvals approvals, Entropy entropy, AuditTrail trail, Ids ids, Clock clock,
                          UnitOfWork unitOfWork) {
        this.approvals = approvals;
        this.entropy = entropy;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What was asked.
     *
     * @param token goes into the link that the approver is sent; it cannot be had again
     */
    public record Asked(Approval approval, String token) { }

    /**
     * Each call asks anew, and leaves what was asked before.
     *
     * @param subject  as the check names it that looks for the approval
     * @param text     what the approver reads
     * @param approver name of the person, such as an e-mail
     * @param validity how long the link is good
     * @throws InvalidValue if a text cannot be stored, the validity is not above zero, or the approver is who asks
     */
    public Asked ask(String subject, String text, String approver, Actor by, Duration validity) {
        Instant now = clock.instant();
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(SECRET_BYTES));
        var approval = new Approval(ids.next(), subject, text, Actor.person(approver), by, now, TokenHash.of(secret),
                now.plus(validity), Optional.empty());
        unitOfWork.run(() -> {
            approvals.add(approval);
            trail.add(List.of(new AuditEntry(now, by, "approval.asked", approval.id().toString(), Map.of(
                    "subject", subject, "approver", approver, "until", approval.until().toString()))));
        });
        return new Asked(approval, Token.of(approval.id(), secret));
    }
}
