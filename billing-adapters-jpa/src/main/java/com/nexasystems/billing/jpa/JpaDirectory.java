package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.ServiceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

final class JpaDirectory implements Directory {

    private static final Batch<Entry> ENTRIES = new Batch<Entry>()
            .uuid("id", Entry::id)
            .uuid("service_id", entry -> entry.service().value())
            .text("kind", entry -> entry.kind().code())
            .text("code", Entry::code)
            .text("subject", Entry::subject)
            .instant("created_at", Entry::createdAt)
            .instant("updated_at", Entry::updatedAt)
            .texts("attribute_names", entry -> entry.attributes().keySet())
            .texts("attribute_values", entry -> entry.attributes().values());

    private static final Batch<String> TEXTS = new Batch<String>().text("value", Function.identity());

    private final JpaUnitOfWork unitOfWork;

    JpaDirectory(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public Optional<Entry> add(Entry entry) {
        return unitOfWork.inConnection(connection -> {
            boolean added = ENTRIES.update(connection, """
                    INSERT INTO directory_entry (%s, number) SELECT batch.*, 0 FROM %s
                    ON CONFLICT (service_id, kind, code) WHERE removed_at IS NULL DO NOTHING
                    """.formatted(ENTRIES.names(), ENTRIES.rows()), List.of(entry)) == 1;
            if (!added) {
                return Optional.empty();
            }
            return Optional.of(entry.kind() == Kind.CUSTOMER ? numbered(connection, entry) : entry);
        });
    }

    /** The row of the counter is held until the unit of work ends: whoever adds a customer to the service meanwhile waits. */
    private static Entry numbered(Connection connection, Entry entry) throws SQLException {
        long number = Sql.query(connection, """
                INSERT INTO directory_customer_number (service_id, last) VALUES (?, 1)
                ON CONFLICT (service_id) DO UPDATE SET last = directory_customer_number.last + 1 RETURNING last
                """, row -> row.getLong(1), entry.service().value()).get(0);
        Sql.update(connection, "UPDATE directory_entry SET number = ? WHERE id = ?", number, entry.id());
        return entry.numbered(number);
    }

    @Override
    public void update(Entry entry) {
        unitOfWork.inConnection(connection -> ENTRIES.update(connection, """
                UPDATE directory_entry d SET subject = batch.subject, updated_at = batch.updated_at,
                       attribute_names = batch.attribute_names, attribute_values = batch.attribute_values
                FROM %s WHERE d.id = batch.id AND d.removed_at IS NULL
                """.formatted(ENTRIES.rows()), List.of(entry)));
    }

    @Override
    public void remove(ServiceId service, Kind kind, String code, Instant at) {
        unitOfWork.inConnection(connection -> Sql.update(connection, """
                UPDATE directory_entry SET removed_at = ?::timestamptz
                WHERE service_id = ? AND kind = ? AND code = ? AND removed_at IS NULL
                """, Sql.text(at), service.value(), kind.code(), code));
    }

    @Override
    public Optional<Entry> find(ServiceId service, Kind kind, String code) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM directory_entry WHERE service_id = ? AND kind = ? AND code = ? AND removed_at IS NULL
                """, JpaDirectory::read, service.value(), kind.code(), code)).stream().findFirst();
    }

    @Override
    public Optional<Entry> find(ServiceId service, Kind kind, UUID id) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM directory_entry WHERE id = ? AND service_id = ? AND kind = ? AND removed_at IS NULL
                """, JpaDirectory::read, id, service.value(), kind.code())).stream().findFirst();
    }

    @Override
    public Optional<Entry> findSubject(ServiceId service, Kind kind, String subject) {
        return Optional.ofNullable(findSubjects(service, kind, List.of(subject)).get(subject));
    }

    @Override
    public Map<String, Entry> findAll(ServiceId service, Kind kind, Collection<String> codes) {
        return byTexts(service, kind, codes, "code = ANY (SELECT value FROM %s) AND removed_at IS NULL", Entry::code);
    }

    @Override
    public Map<String, Entry> findSubjects(ServiceId service, Kind kind, Collection<String> subjects) {
        return byTexts(service, kind, subjects, "subject = ANY (SELECT value FROM %s)", Entry::subject);
    }

    /** The ids and codes in the condition are ours; only the texts come from elsewhere. */
    private Map<String, Entry> byTexts(ServiceId service, Kind kind, Collection<String> texts, String condition,
                                       Function<Entry, String> key) {
        return unitOfWork.inConnection(connection -> TEXTS.query(connection, """
                SELECT * FROM directory_entry WHERE service_id = '%s' AND kind = '%s' AND %s
                ORDER BY removed_at IS NOT NULL, created_at DESC, id DESC
                """.formatted(service.value(), kind.code(), condition.formatted(TEXTS.rows())), texts, JpaDirectory::read))
                .stream().collect(Collectors.toMap(key, Function.identity(), (newer, older) -> newer));
    }

    @Override
    public Page<Entry> list(ServiceId service, Kind kind, EntryQuery query, PageRequest request) {
        var where = new StringBuilder("service_id = ? AND kind = ? AND removed_at IS NULL");
        var parameters = new ArrayList<Object>(List.of(service.value(), kind.code()));
        query.attributes().forEach((name, values) -> {
            where.append(" AND attribute_values[array_position(attribute_names, ?)] = ANY (?::text[])");
            parameters.add(name);
            parameters.add(Sql.arrayLiteral(values.iterator()));
        });
        query.search().ifPresent(text -> {
            where.append(" AND (strpos(lower(code), ?) > 0")
                    .append(" OR EXISTS (SELECT FROM unnest(attribute_values) v WHERE strpos(lower(v), ?) > 0))");
            parameters.add(text.toLowerCase(Locale.ROOT));
            parameters.add(text.toLowerCase(Locale.ROOT));
        });
        return unitOfWork.inConnection(connection -> {
            long total = Sql.query(connection, "SELECT count(*) FROM directory_entry WHERE " + where,
                    row -> row.getLong(1), parameters.toArray()).get(0);
            parameters.add(request.size());
            parameters.add(request.offset());
            return new Page<>(Sql.query(connection, "SELECT * FROM directory_entry WHERE " + where
                    + " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?", JpaDirectory::read, parameters.toArray()),
                    total);
        });
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(row.getObject("id", UUID.class), new ServiceId(row.getObject("service_id", UUID.class)),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("code"),
                row.getString("subject"), row.getLong("number"), Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                Texts.map(Sql.texts(row, "attribute_names"), Sql.texts(row, "attribute_values")));
    }
}
