package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Locks are rows of {@code credit_note}; whoever waits for several waits in the order of the ids. */
final class JpaCreditNotes implements CreditNotes {

    private static final Batch<ServiceCustomer> HOLDERS = new Batch<ServiceCustomer>()
            .uuid("service_id", holder -> holder.service().value())
            .uuid("customer_id", holder -> holder.customer().value());

    private static final Batch<CreditNoteId> IDS = new Batch<CreditNoteId>().uuid("id", CreditNoteId::value);

    private static final Batch<Draw> DRAWS = new Batch<Draw>()
            .uuid("invoice_id", draw -> draw.invoice().value())
            .uuid("credit_note_id", draw -> draw.note().value())
            .numeric("amount", draw -> draw.amount().amount())
            .text("currency", draw -> draw.amount().currency().getCurrencyCode())
            .instant("at", Draw::at)
            .bool("taken_back", draw -> false);

    private static final Comparator<Draw> BY_INSTANT = Comparator.comparing(Draw::at)
            .thenComparing(draw -> draw.note().toString());

    private final JpaUnitOfWork unitOfWork;

    JpaCreditNotes(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public List<CreditNoteId> add(List<CreditNote> notes) {
        return unitOfWork.inConnection(connection -> {
            Set<UUID> ids = new HashSet<>(CreditNoteRow.BATCH.query(connection, """
                    INSERT INTO credit_note (%s) SELECT * FROM %s ORDER BY id
                    ON CONFLICT (id) DO NOTHING
                    RETURNING id
                    """.formatted(CreditNoteRow.BATCH.names(), CreditNoteRow.BATCH.rows()), notes,
                    row -> row.getObject("id", UUID.class)));
            List<CreditNote> added = notes.stream().filter(note -> ids.remove(note.id().value())).toList();
            CreditNoteRow.insertTaxes(connection, added);
            return added.stream().map(CreditNote::id).toList();
        });
    }

    @Override
    public void update(List<CreditNote> notes) {
        unitOfWork.inConnection(connection -> CreditNoteRow.BATCH.update(connection, """
                UPDATE credit_note n SET balance = batch.balance, withdrawn = batch.withdrawn,
                       refund_status = batch.refund_status
                FROM %s WHERE n.id = batch.id
                """.formatted(CreditNoteRow.BATCH.rows()), notes));
    }

    @Override
    public Optional<CreditNote> find(CreditNoteId id) {
        return unitOfWork.inConnection(connection -> CreditNoteRow.read(connection, "WHERE id = ?", id.value()))
                .stream().findFirst();
    }

    @Override
    public List<CreditNote> of(InvoiceId invoice) {
        return unitOfWork.inConnection(connection -> CreditNoteRow.read(connection,
                "WHERE invoice_id = ? ORDER BY issued_at, id", invoice.value()));
    }

    @Override
    public Map<InvoiceId, List<CreditNote>> ofAll(Collection<InvoiceId> some) {
        return some.isEmpty() ? Map.of() : unitOfWork.inConnection(connection -> CreditNoteRow.read(connection,
                "WHERE invoice_id = ANY (?::uuid[]) ORDER BY issued_at, id",
                Sql.arrayLiteral(some.stream().map(InvoiceId::value).iterator()))).stream()
                .collect(Collectors.groupingBy(CreditNote::invoice));
    }

    @Override
    public List<CreditNote> claim(Collection<ServiceCustomer> holders) {
        return unitOfWork.inConnection(connection -> read(connection, HOLDERS.query(connection, """
                SELECT n.id FROM %s JOIN credit_note n USING (service_id, customer_id)
                WHERE n.balance > 0 ORDER BY n.id FOR UPDATE OF n
                """.formatted(HOLDERS.rows()), holders, JpaCreditNotes::id)));
    }

    @Override
    public List<CreditNote> claimAll(Collection<CreditNoteId> ids) {
        return unitOfWork.inConnection(connection -> read(connection, IDS.query(connection, """
                SELECT n.id FROM %s JOIN credit_note n USING (id) ORDER BY n.id FOR UPDATE OF n
                """.formatted(IDS.rows()), ids, JpaCreditNotes::id)));
    }

    /** Read after they are locked: as whoever held them has left them. */
    private static List<CreditNote> read(Connection connection, List<UUID> locked) throws SQLException {
        return locked.isEmpty() ? List.of() : CreditNoteRow.read(connection,
                "WHERE id = ANY (?::uuid[]) ORDER BY issued_at, id", Sql.arrayLiteral(locked.iterator()));
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject("id", UUID.class);
    }

    @Override
    public void record(List<Draw> draws) {
        unitOfWork.inConnection(connection -> DRAWS.update(connection, """
                INSERT INTO credit_note_draw (%s) SELECT * FROM %s
                """.formatted(DRAWS.names(), DRAWS.rows()), draws));
    }

    @Override
    public List<Draw> draws(InvoiceId invoice) {
        return draws("SELECT * FROM credit_note_draw WHERE NOT taken_back AND invoice_id = ?", invoice.value());
    }

    @Override
    public List<Draw> drawsOf(CreditNoteId note) {
        return draws("SELECT * FROM credit_note_draw WHERE NOT taken_back AND credit_note_id = ?", note.value());
    }

    @Override
    public List<Draw> takeBack(InvoiceId invoice) {
        return draws("UPDATE credit_note_draw SET taken_back = true WHERE NOT taken_back AND invoice_id = ? RETURNING *",
                invoice.value());
    }

    private List<Draw> draws(String sql, UUID id) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, sql, row -> new Draw(
                new InvoiceId(row.getObject("invoice_id", UUID.class)),
                new CreditNoteId(row.getObject("credit_note_id", UUID.class)),
                new Money(Currency.getInstance(row.getString("currency")), row.getBigDecimal("amount")),
                Sql.instant(row, "at")), id)).stream().sorted(BY_INSTANT).toList();
    }

    @Override
    public List<CreditNote> list(ServiceId service, Optional<CustomerId> customer, Optional<CreditNote> after, int limit) {
        return unitOfWork.inConnection(connection -> CreditNoteRow.read(connection, """
                WHERE service_id = ? AND customer_id = coalesce(?::uuid, customer_id)
                AND (issued_at, id) < (coalesce(?::timestamptz, 'infinity'), coalesce(?::uuid, id))
                ORDER BY issued_at DESC, id DESC LIMIT ?
                """, service.value(), customer.map(CustomerId::value).orElse(null),
                after.map(last -> Sql.text(last.issuedAt())).orElse(null), after.map(last -> last.id().value()).orElse(null),
                limit));
    }

    @Override
    public Page<CreditNote> list(ServiceId service, Optional<CustomerId> customer, PageRequest request) {
        UUID only = customer.map(CustomerId::value).orElse(null);
        return unitOfWork.inConnection(connection -> new Page<>(CreditNoteRow.read(connection, """
                WHERE service_id = ? AND customer_id = coalesce(?::uuid, customer_id)
                ORDER BY issued_at DESC, id DESC LIMIT ? OFFSET ?
                """, service.value(), only, request.size(), request.offset()), Sql.query(connection, """
                SELECT count(*) FROM credit_note WHERE service_id = ? AND customer_id = coalesce(?::uuid, customer_id)
                """, row -> row.getLong(1), service.value(), only).get(0)));
    }
}
