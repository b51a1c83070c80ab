package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.invoicing.BilledSubscription;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.invoicing.Stretch;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

final class JpaInvoices implements Invoices {

    private static final String NAMES = InvoiceRow.BATCH.names();
    private static final String ROWS = InvoiceRow.BATCH.rows();

    private static final String INSERT = """
            INSERT INTO invoice (%s) SELECT * FROM %s ORDER BY subject_id
            ON CONFLICT DO NOTHING
            RETURNING id
            """.formatted(NAMES, ROWS);

    private static final Batch<Invoice> KEYS = new Batch<Invoice>()
            .uuid("subject_id", invoice -> invoice.reason().subject())
            .uuid("id", invoice -> invoice.id().value());

    private static final Batch<Invoice> REPLACED = new Batch<Invoice>()
            .uuid("subject_id", invoice -> invoice.reason().subject())
            .uuid("id", invoice -> invoice.id().value())
            .text("customer_name", Invoice::customerName)
            .integer("plan_version", invoice -> invoice.billed().map(BilledSubscription::planVersion).orElse(null))
            .text("tax_level", invoice -> invoice.taxPolicy().level().name())
            .text("tax_rounding", invoice -> invoice.taxPolicy().rounding().name())
            .numeric("total", invoice -> invoice.total().amount())
            .numeric("payable", invoice -> invoice.payable().amount());

    private static final String REPLACE = """
            UPDATE invoice i SET customer_name = batch.customer_name, plan_version = batch.plan_version,
                   tax_level = batch.tax_level, tax_rounding = batch.tax_rounding, total = batch.total,
                   payable = batch.payable
            FROM %s WHERE i.subject_id = batch.subject_id AND i.id = batch.id AND i.status = 'draft'
            RETURNING i.id
            """.formatted(REPLACED.rows());

    /** What becomes of a draft when it is issued, or regrouped under the number of another. */
    private static final Batch<Invoice> ISSUED = new Batch<Invoice>()
            .uuid("subject_id", invoice -> invoice.reason().subject())
            .uuid("id", invoice -> invoice.id().value())
            .text("status", invoice -> invoice.status().code())
            .text("number", invoice -> invoice.number().orElse(null));

    private static final Batch<Invoice> NUMBERS = new Batch<Invoice>()
            .uuid("service_id", invoice -> invoice.service().value())
            .text("number", invoice -> invoice.number().orElse(null))
            .uuid("subject_id", invoice -> invoice.reason().subject())
            .uuid("invoice_id", invoice -> invoice.id().value());

    private static final String FINALISE = """
            UPDATE invoice i SET status = batch.status, number = batch.number
            FROM %s WHERE i.subject_id = batch.subject_id AND i.id = batch.id AND i.status = 'draft'
            RETURNING i.id
            """.formatted(ISSUED.rows());

    private static final int MOST_KNOWN = 2_000;

    private final JpaUnitOfWork unitOfWork;
    private final KnownRows<Invoice> known = new KnownRows<>(MOST_KNOWN, invoice -> invoice.id().value());

    JpaInvoices(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public List<InvoiceId> add(List<Invoice> drafts) {
        return unitOfWork.inConnection(connection -> {
            List<Invoice> added = InvoiceRow.BATCH.copyNew(connection, "invoice", drafts) ? drafts
                    : changed(connection, InvoiceRow.BATCH, INSERT, drafts);
            insertParts(connection, added);
            return ids(added);
        });
    }

    @Override
    public List<InvoiceId> replace(List<Invoice> drafts) {
        return unitOfWork.inConnection(connection -> {
            List<Invoice> replaced = changed(connection, REPLACED, REPLACE, drafts);
            KEYS.update(connection, delete("invoice_line"), replaced);
            KEYS.update(connection, delete("invoice_tax"), replaced);
            KEYS.update(connection, delete("invoice_discount"), replaced);
            KEYS.update(connection, delete("invoice_credit"), replaced);
            insertParts(connection, replaced);
            return ids(replaced);
        });
    }

    @Override
    public List<InvoiceId> finalise(List<Invoice> numbered) {
        return unitOfWork.inConnection(connection -> {
            List<Invoice> finalised = changed(connection, ISSUED, FINALISE, numbered);
            NUMBERS.copy(connection, "invoice_number", finalised.stream()
                    .filter(invoice -> invoice.status() == InvoiceStatus.FINALISED).toList());
            return ids(finalised);
        });
    }

    /** The invoices whose ids the statement answers; each once, as the first one given under its id. */
    private static List<Invoice> changed(Connection connection, Batch<Invoice> batch, String sql, List<Invoice> invoices)
            throws SQLException {
        Set<UUID> ids = new HashSet<>(batch.query(connection, sql, invoices, row -> row.getObject("id", UUID.class)));
        return invoices.stream().filter(invoice -> ids.remove(invoice.id().value())).toList();
    }

    private static void insertParts(Connection connection, List<Invoice> invoices) throws SQLException {
        InvoiceLineRow.insert(connection, invoices);
        InvoiceTaxRow.insert(connection, invoices);
        InvoiceDiscountRow.insert(connection, invoices);
        InvoiceCreditRow.insert(connection, invoices);
    }

    private static String delete(String table) {
        return """
                DELETE FROM %s part USING %s
                WHERE part.subject_id = batch.subject_id AND part.invoice_id = batch.id
                """.formatted(table, KEYS.rows());
    }

    private static List<InvoiceId> ids(List<Invoice> invoices) {
        return invoices.stream().map(Invoice::id).toList();
    }

    @Override
    public boolean changeStatus(InvoiceId id, InvoiceStatus expected, InvoiceStatus next) {
        return unitOfWork.inConnection(connection -> Sql.update(connection,
                "UPDATE invoice SET status = ? WHERE id = ? AND status = ?", next.code(), id.value(), expected.code())) == 1;
    }

    @Override
    public boolean pay(InvoiceId id, InvoiceStatus expected, Money paid, InvoiceStatus next) {
        return unitOfWork.inConnection(connection -> Sql.update(connection,
                "UPDATE invoice SET paid = ?, status = ? WHERE id = ? AND status = ?", paid.amount(), next.code(), id.value(),
                expected.code())) == 1;
    }

    @Override
    public Optional<Invoice> find(InvoiceId id) {
        return read("WHERE i.id = :id", Map.of("id", id.value())).stream().findFirst();
    }

    @Override
    public Map<InvoiceId, Invoice> findAll(Collection<InvoiceId> some) {
        return some.isEmpty() ? Map.of() : read("WHERE i.id = ANY (:ids)", Map.of("ids",
                some.stream().map(InvoiceId::value).toArray(UUID[]::new))).stream()
                .collect(Collectors.toMap(Invoice::id, Function.identity()));
    }

    /** Locked first, and read then: what is read is what it is after whoever held it. */
    @Override
    public Optional<Invoice> claim(InvoiceId id) {
        return unitOfWork.call(() -> {
            unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT 1 FROM invoice WHERE id = ? FOR UPDATE",
                    row -> 1, id.value()));
            return find(id);
        });
    }

    @Override
    public Optional<Invoice> findByNumber(String number) {
        return read("""
                WHERE (i.subject_id, i.id) IN
                    (SELECT n.subject_id, n.invoice_id FROM invoice_number n WHERE n.number = :number)
                LIMIT 1
                """, Map.of("number", number)).stream().findFirst();
    }

    @Override
    public List<Invoice> list(InvoiceQuery query) {
        var filter = new InvoiceFilter(query.limit());
        query.service().ifPresent(service -> filter.and("i.service_id = :service", "service", service.value()));
        query.subscription().ifPresent(id -> filter.and("i.subject_id = :subscription", "subscription", id.value()));
        query.dueFrom().ifPresent(from -> filter.and("i.due >= :dueFrom", "dueFrom", from));
        query.dueUntil().ifPresent(until -> filter.and("i.due <= :dueUntil", "dueUntil", until));
        if (query.order() == InvoiceQuery.Order.LARGEST_FIRST) {
            filter.largestFirst(query.after());
        } else {
            filter.byDueDate(query.after());
        }
        return read(filter.sql(), filter.parameters());
    }

    @Override
    public Page<Invoice> search(InvoiceSearch search, PageRequest request) {
        var conditions = new InvoiceConditions(search);
        long total = unitOfWork.inSession(session -> {
            var query = session.createNativeQuery("SELECT count(*) FROM invoice i " + conditions.sql(), Long.class);
            conditions.parameters().forEach(query::setParameter);
            return query.getSingleResult();
        });
        Map<String, Object> parameters = new HashMap<>(conditions.parameters());
        parameters.put("most", request.size());
        parameters.put("offset", request.offset());
        return new Page<>(read(conditions.sql() + " ORDER BY i.due DESC, i.id DESC LIMIT :most OFFSET :offset", parameters),
                total);
    }

    @Override
    public List<Invoice> drafts(Instant dueUntil, Optional<Invoice> after, int limit) {
        var filter = new InvoiceFilter(limit);
        filter.and("i.status = 'draft' AND i.due <= :dueUntil", "dueUntil", dueUntil);
        filter.byDueDate(after);
        return page(filter.sql(), filter.parameters());
    }

    /**
     * A page of drafts is looked at before it is claimed and again then: what nobody changed in between is not read twice.
     * The version of the invoice stands for its parts: who writes those writes the invoice, too.
     */
    private List<Invoice> page(String condition, Map<String, Object> parameters) {
        var versions = new LinkedHashMap<UUID, String>();
        unitOfWork.inSession(session -> {
            var query = session.createNativeQuery("SELECT i.id, " + KnownRows.version("i") + " FROM invoice i " + condition,
                    Object[].class);
            parameters.forEach(query::setParameter);
            return query.list();
        }).forEach(row -> versions.put((UUID) row[0], (String) row[1]));
        Map<UUID, Invoice> found = known.get(versions, unknown ->
                read("WHERE i.id = ANY(:ids)", Map.of("ids", unknown.toArray(UUID[]::new))));
        return versions.keySet().stream().map(found::get).toList();
    }

    @Override
    public List<Invoice> draftsOf(Collection<CustomerId> customers, Instant dueUntil) {
        return read("""
                WHERE i.status = 'draft' AND i.due <= :dueUntil AND i.customer_id = ANY (:customers)
                ORDER BY i.due, i.subject_id, i.kind_rank
                """, Map.of("dueUntil", dueUntil, "customers",
                customers.stream().map(CustomerId::value).toArray(UUID[]::new)));
    }

    @Override
    public List<Invoice> billing(Collection<Stretch> stretches) {
        if (stretches.isEmpty()) {
            return List.of();
        }
        return read("""
                WHERE (i.subject_id, i.id) IN (
                    WITH stretch AS (SELECT * FROM unnest(:subscriptions, :starts) AS given(subject_id, start_at))
                    SELECT own.subject_id, own.id FROM stretch JOIN invoice own USING (subject_id)
                    WHERE own.usage_start = start_at
                    UNION
                    SELECT l.subject_id, l.invoice_id FROM stretch JOIN invoice_line l USING (subject_id)
                    WHERE l.kind IN ('ADJUSTMENT', 'INTERIM') AND l.period_start = start_at)
                ORDER BY i.due, i.subject_id, i.kind_rank
                """, Map.of(
                "subscriptions", stretches.stream().map(stretch -> stretch.subscription().value()).toArray(UUID[]::new),
                "starts", stretches.stream().map(Stretch::start).toArray(Instant[]::new)));
    }

    @Override
    public Map<SubscriptionId, Money> usageBilled(Collection<SubscriptionId> subscriptions) {
        UUID[] ids = subscriptions.stream().map(SubscriptionId::value).distinct().toArray(UUID[]::new);
        var billed = new HashMap<SubscriptionId, Money>();
        unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT l.subject_id, i.currency, sum(l.amount) AS amount
                FROM invoice_line l JOIN invoice i ON i.subject_id = l.subject_id AND i.id = l.invoice_id
                WHERE l.subject_id = ANY(?) AND l.metric_code IS NOT NULL
                GROUP BY l.subject_id, i.currency
                """, row -> billed.put(
                new SubscriptionId(row.getObject("subject_id", UUID.class)),
                new Money(Currency.getInstance(row.getString("currency")), row.getBigDecimal("amount"))),
                connection.createArrayOf("uuid", ids)));
        return billed;
    }

    /** One query for the invoices and one for each kind of part, whatever the number of invoices. */
    private List<Invoice> read(String condition, Map<String, Object> parameters) {
        return unitOfWork.inSession(session -> {
            var query = session.createNativeQuery("SELECT i.* FROM invoice i " + condition, InvoiceRow.class);
            parameters.forEach(query::setParameter);
            List<InvoiceRow> invoices = query.list();
            if (invoices.isEmpty()) {
                return List.of();
            }
            Parts parts = new Parts(session, invoices);
            var lines = parts.of("invoice_line", InvoiceLineRow.class, line -> line.invoiceId);
            var discounts = parts.of("invoice_discount", InvoiceDiscountRow.class, discount -> discount.invoiceId);
            var taxes = parts.of("invoice_tax", InvoiceTaxRow.class, tax -> tax.invoiceId);
            var credits = parts.of("invoice_credit", InvoiceCreditRow.class, credit -> credit.invoiceId);
            return invoices.stream().map(row -> row.toDomain(
                    lines.getOrDefault(row.id, List.of()).stream().map(line -> line.toDomain(row.currency())).toList(),
                    discounts.getOrDefault(row.id, List.of()).stream().map(part -> part.toDomain(row.currency())).toList(),
                    taxes.getOrDefault(row.id, List.of()).stream().map(tax -> tax.toDomain(row.currency())).toList(),
                    credits.getOrDefault(row.id, List.of()).stream().map(part -> part.toDomain(row.currency())).toList()))
                    .toList();
        });
    }

    /** What belongs to some invoices, by invoice and in its order. */
    private record Parts(StatelessSession session, List<InvoiceRow> invoices) {

        <T> Map<UUID, List<T>> of(String table, Class<T> type, Function<T, UUID> invoice) {
            return session.createNativeQuery("""
                            SELECT part.* FROM unnest(:subjects, :ids) AS wanted(subject_id, invoice_id)
                            JOIN %s part USING (subject_id, invoice_id) ORDER BY part.position
                            """.formatted(table), type)
                    .setParameter("subjects", invoices.stream().map(row -> row.subjectId).toArray(UUID[]::new))
                    .setParameter("ids", invoices.stream().map(row -> row.id).toArray(UUID[]::new)).list().stream()
                    .collect(Collectors.groupingBy(invoice));
        }
    }
}
