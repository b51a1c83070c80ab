package com.nexasystems.billing.jpa;

import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.LineHold;
import com.nexasystems.billing.invoicing.LineHolds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class JpaLineHolds implements LineHolds {

    private static final Batch<LineHold> HOLDS = ActorColumns.in(new Batch<LineHold>()
            .uuid("invoice_id", hold -> hold.invoice().value())
            .text("line", LineHold::line)
            .text("reason", LineHold::reason)
            .instant("at", LineHold::at), "by", LineHold::by);

    private final JpaUnitOfWork unitOfWork;

    JpaLineHolds(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(LineHold hold) {
        return unitOfWork.inConnection(connection -> HOLDS.update(connection,
                "INSERT INTO line_hold (%s) SELECT * FROM %s ON CONFLICT (invoice_id, line) DO NOTHING"
                        .formatted(HOLDS.names(), HOLDS.rows()), List.of(hold))) == 1;
    }

    @Override
    public boolean release(InvoiceId invoice, String line) {
        return unitOfWork.inConnection(connection -> Sql.update(connection,
                "DELETE FROM line_hold WHERE invoice_id = ? AND line = ?", invoice.value(), line)) == 1;
    }

    @Override
    public Map<InvoiceId, List<LineHold>> of(Collection<InvoiceId> invoices) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM line_hold WHERE invoice_id = ANY (?) ORDER BY line", JpaLineHolds::read,
                Sql.uuids(connection, invoices.stream().map(InvoiceId::value)))).stream()
                .collect(Collectors.groupingBy(LineHold::invoice));
    }

    private static LineHold read(ResultSet row) throws SQLException {
        return new LineHold(new InvoiceId(Sql.uuid(row, "invoice_id")), row.getString("line"), row.getString("reason"),
                ActorColumns.read(row, "by"), Sql.instant(row, "at"));
    }
}
