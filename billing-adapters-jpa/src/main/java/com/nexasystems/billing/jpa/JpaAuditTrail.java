package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

final class JpaAuditTrail implements AuditTrail {

    private static final Batch<AuditEntry> BATCH = new Batch<AuditEntry>()
            .instant("at", AuditEntry::at)
            .text("actor_kind", entry -> entry.actor().kind())
            .text("actor_name", entry -> entry.actor().name())
            .text("action", AuditEntry::action)
            .text("subject", AuditEntry::subject)
            .texts("detail_names", entry -> entry.details().keySet())
            .texts("detail_values", entry -> entry.details().values());

    private final JpaUnitOfWork unitOfWork;

    JpaAuditTrail(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void add(List<AuditEntry> entries) {
        unitOfWork.inConnection(connection -> BATCH.update(connection, """
                INSERT INTO audit_entry (%s) SELECT * FROM %s
                """.formatted(BATCH.names(), BATCH.rows()), entries));
    }

    @Override
    public List<AuditEntry> of(String subject) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM audit_entry WHERE subject = ? ORDER BY id", JpaAuditTrail::read, subject));
    }

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(Sql.instant(row, "at"), new Actor(row.getString("actor_kind"), row.getString("actor_name")),
                row.getString("action"), row.getString("subject"),
                Texts.map(Sql.texts(row, "detail_names"), Sql.texts(row, "detail_values")));
    }
}
