package com.nexasystems.billing.jpa;

import com.nexasystems.billing.approval.Approval;
import com.nexasystems.billing.approval.Approval.Decision;
import com.nexasystems.billing.approval.Approvals;
import com.nexasystems.billing.approval.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JpaApprovals implements Approvals {

    private static final Batch<Approval> APPROVALS = ActorColumns.in(ActorColumns.in(new Batch<Approval>()
            .uuid("id", Approval::id)
            .text("subject", Approval::subject)
            .text("text", Approval::text)
            .instant("asked_at", Approval::askedAt)
            .text("token_sha256", approval -> approval.token().sha256())
            .instant("until", Approval::until)
            .bool("approved", approval -> approval.decision().map(Decision::approved).orElse(null))
            .text("comment", approval -> approval.decision().map(Decision::comment).orElse(null))
            .instant("decided_at", approval -> approval.decision().map(Decision::at).orElse(null)),
            "approver", Approval::approver), "asked_by", Approval::askedBy);

    private final JpaUnitOfWork unitOfWork;

    JpaApprovals(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void add(Approval approval) {
        unitOfWork.inConnection(connection -> APPROVALS.insert(connection, "approval", List.of(approval)));
    }

    @Override
    public Optional<Approval> find(UUID id) {
        return approvals("id = ?", id).stream().findFirst();
    }

    @Override
    public boolean decide(UUID id, Decision decision) {
        return unitOfWork.inConnection(connection -> Sql.update(connection, """
                UPDATE approval SET approved = ?, comment = ?, decided_at = ?::timestamptz
                WHERE id = ? AND decided_at IS NULL
                """, decision.approved(), decision.comment(), Sql.text(decision.at()), id)) == 1;
    }

    @Override
    public List<Approval> of(String subject) {
        return approvals("subject = ? ORDER BY place", subject);
    }

    private List<Approval> approvals(String condition, Object value) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM approval WHERE " + condition,
                JpaApprovals::read, value));
    }

    private static Approval read(ResultSet row) throws SQLException {
        Instant decidedAt = Sql.instant(row, "decided_at");
        return new Approval(Sql.uuid(row, "id"), row.getString("subject"), row.getString("text"),
                ActorColumns.read(row, "approver"), ActorColumns.read(row, "asked_by"), Sql.instant(row, "asked_at"),
                new TokenHash(row.getString("token_sha256")), Sql.instant(row, "until"), decidedAt == null ? Optional.empty()
                        : Optional.of(new Decision(row.getBoolean("approved"), row.getString("comment"), decidedAt)));
    }
}
