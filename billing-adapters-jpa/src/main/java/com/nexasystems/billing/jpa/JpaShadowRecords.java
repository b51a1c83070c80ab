package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.UsageTwin;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

final class JpaShadowRecords implements ShadowRecords {

    private static final Batch<String> KEYS = new Batch<String>().text("key", Function.identity());

    private static final Batch<ShadowSubscription> SUBSCRIPTIONS = new Batch<ShadowSubscription>()
            .text("external_id", ShadowSubscription::externalId)
            .uuid("subscription_id", one -> one.id().value())
            .text("user_id", ShadowSubscription::user)
            .bool("payable", ShadowSubscription::payable)
            .instant("compared_from", ShadowSubscription::from)
            .instant("compared_until", one -> one.until().orElse(null))
            .date("current_day", one -> one.current().orElse(null));

    private static final Batch<UsageTwin> TWINS = new Batch<UsageTwin>()
            .text("id", UsageTwin::id)
            .uuid("subscription_id", twin -> twin.subscription().value())
            .instant("start_at", UsageTwin::start)
            .instant("end_at", UsageTwin::end)
            .numeric("quantity", UsageTwin::quantity);

    private static final String OF_SERVICE = ", (SELECT ?::uuid AS service_id) AS one";

    /** Compared as text, which tells 1.0 from 1.00. A row that was not there before has never been locked: xmax is 0. */
    private static final String PUT = """
            INSERT INTO source_invoice AS kept (%1$s, service_id) SELECT * FROM %2$s%3$s ORDER BY id COLLATE "C"
            ON CONFLICT (service_id, id) DO UPDATE SET (%1$s) = ROW(%4$s) WHERE kept::text <> excluded::text
            RETURNING id, xmax = 0 AS created
            """.formatted(SourceInvoiceRow.BATCH.names(), SourceInvoiceRow.BATCH.rows(), OF_SERVICE,
            SourceInvoiceRow.BATCH.names("excluded"));

    private final JpaUnitOfWork unitOfWork;

    JpaShadowRecords(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void mark(ServiceId service, Made kind, Collection<String> keys) {
        unitOfWork.inConnection(connection -> KEYS.update(connection, """
                INSERT INTO shadow_made (key, service_id, kind)
                SELECT * FROM %s, (SELECT ?::uuid, ?::text) AS one ORDER BY key COLLATE "C" ON CONFLICT DO NOTHING
                """.formatted(KEYS.rows()), new HashSet<>(keys), service.value(), code(kind)));
    }

    private static String code(Made kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<String> marked(ServiceId service, Made kind, Collection<String> keys) {
        return new HashSet<>(unitOfWork.inConnection(connection -> KEYS.query(connection, """
                SELECT m.key FROM %s JOIN shadow_made m ON m.key = batch.key WHERE m.service_id = ? AND m.kind = ?
                """.formatted(KEYS.rows()), new HashSet<>(keys), row -> row.getString("key"), service.value(), code(kind))));
    }

    @Override
    public void add(ServiceId service, List<ShadowSubscription> subscriptions) {
        unitOfWork.inConnection(connection -> SUBSCRIPTIONS.update(connection, """
                INSERT INTO shadow_subscription (%1$s, service_id) SELECT * FROM %2$s%3$s ORDER BY external_id COLLATE "C"
                ON CONFLICT (service_id, external_id) DO UPDATE SET (%1$s) = ROW(%4$s)
                """.formatted(SUBSCRIPTIONS.names(), SUBSCRIPTIONS.rows(), OF_SERVICE, SUBSCRIPTIONS.names("excluded")),
                lastOfEach(subscriptions, ShadowSubscription::externalId).values(), service.value()));
    }

    /** A statement may not change one row twice. */
    private static <T> Map<String, T> lastOfEach(List<T> rows, Function<T, String> id) {
        var last = new HashMap<String, T>();
        rows.forEach(row -> last.put(id.apply(row), row));
        return last;
    }

    @Override
    public List<ShadowSubscription> subscriptions(ServiceId service, Optional<String> after, int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM shadow_subscription WHERE service_id = ? AND external_id > ? ORDER BY external_id LIMIT ?
                """, row -> new ShadowSubscription(new SubscriptionId(Sql.uuid(row, "subscription_id")),
                row.getString("external_id"), row.getString("user_id"), row.getBoolean("payable"),
                Sql.instant(row, "compared_from"), Optional.ofNullable(Sql.instant(row, "compared_until")),
                Optional.ofNullable(row.getObject("current_day", LocalDate.class))), service.value(),
                after.orElse(""), limit));
    }

    @Override
    public long countSubscriptions(ServiceId service) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT count(*) FROM shadow_subscription WHERE service_id = ?", row -> row.getLong(1), service.value()))
                .get(0);
    }

    @Override
    public List<Put> put(ServiceId service, List<SourceInvoice> invoices) {
        Map<String, Put> changed = new HashMap<>();
        unitOfWork.inConnection(connection -> SourceInvoiceRow.BATCH.query(connection, PUT,
                lastOfEach(invoices, SourceInvoice::id).values(), row -> changed.put(row.getString("id"),
                        row.getBoolean("created") ? Put.CREATED : Put.UPDATED), service.value()));
        return invoices.stream().map(invoice -> changed.getOrDefault(invoice.id(), Put.UNCHANGED)).toList();
    }

    @Override
    public long keepOnly(ServiceId service, Optional<String> after, Optional<String> through, Collection<String> ids) {
        String end = through.orElse(null);
        return unitOfWork.inConnection(connection -> Sql.update(connection, """
                DELETE FROM source_invoice i WHERE i.service_id = ? AND i.id > ? AND (?::text IS NULL OR i.id <= ?)
                AND NOT EXISTS (SELECT 1 FROM unnest(?::text[]) AS kept (id) WHERE kept.id = i.id)
                """, service.value(), after.orElse(""), end, end, Sql.arrayLiteral(ids.iterator())));
    }

    @Override
    public Map<String, List<SourceInvoice>> invoices(ServiceId service, Collection<String> subscriptions) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM source_invoice WHERE service_id = ? AND subscription_id = ANY (?) ORDER BY id
                """, SourceInvoiceRow::read, service.value(),
                connection.createArrayOf("text", subscriptions.stream().distinct().toArray()))).stream()
                .collect(Collectors.groupingBy(invoice -> invoice.subscriptionId().orElseThrow()));
    }

    @Override
    public List<SourceInvoice> unlinked(ServiceId service, Optional<String> after, int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM source_invoice i WHERE service_id = ? AND id > ? AND NOT EXISTS (
                    SELECT 1 FROM shadow_subscription s
                    WHERE s.service_id = i.service_id AND s.external_id = i.subscription_id)
                ORDER BY id LIMIT ?
                """, SourceInvoiceRow::read, service.value(), after.orElse(""), limit));
    }

    @Override
    public void putTwins(ServiceId service, List<UsageTwin> twins) {
        unitOfWork.inConnection(connection -> TWINS.update(connection, """
                INSERT INTO usage_twin (%1$s, service_id) SELECT * FROM %2$s%3$s ORDER BY id COLLATE "C"
                ON CONFLICT (service_id, id) DO UPDATE SET (%1$s) = ROW(%4$s)
                """.formatted(TWINS.names(), TWINS.rows(), OF_SERVICE, TWINS.names("excluded")),
                lastOfEach(twins, UsageTwin::id).values(), service.value()));
    }

    @Override
    public List<UsageTwin> twins(Collection<SubscriptionId> subscriptions) {
        UUID[] ids = subscriptions.stream().map(SubscriptionId::value).distinct().toArray(UUID[]::new);
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM usage_twin WHERE subscription_id = ANY (?) ORDER BY id", JpaShadowRecords::twin,
                connection.createArrayOf("uuid", ids)));
    }

    private static UsageTwin twin(ResultSet row) throws SQLException {
        return new UsageTwin(row.getString("id"), new SubscriptionId(Sql.uuid(row, "subscription_id")),
                Sql.instant(row, "start_at"), Sql.instant(row, "end_at"), row.getBigDecimal("quantity"));
    }

    @Override
    public void add(ImportRun run) {
        unitOfWork.inConnection(connection -> ImportRunRow.add(connection, run));
    }

    @Override
    public Optional<ImportRun> lastRun(ServiceId service) {
        return unitOfWork.inConnection(connection -> ImportRunRow.last(connection, service));
    }

    @Override
    public Pruned prune(ServiceId service) {
        return unitOfWork.inConnection(connection -> new ShadowPruning(connection, service).prune());
    }
}
