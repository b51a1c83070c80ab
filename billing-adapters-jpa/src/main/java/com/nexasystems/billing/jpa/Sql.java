package com.nexasystems.billing.jpa;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/** How values are written for PostgreSQL and read from it, where Hibernate does not. */
final class Sql {

    private Sql() {
    }

    /** Reads the row the result stands on. */
    @FunctionalInterface
    interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** To the microsecond, cut off: PostgreSQL would round, and an instant may not move into the next period. */
    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Nullable.map(row.getObject(column, OffsetDateTime.class), OffsetDateTime::toInstant);
    }

    static Optional<Instant> instantIfAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(instant(row, column));
    }

    static Optional<String> textIfAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    static Currency currency(ResultSet row) throws SQLException {
        return Currency.getInstance(row.getString("currency"));
    }

    /** @return null for null */
    static String[] texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : (String[]) array.getArray();
    }

    /** For {@code = ANY (?)}: unlike its text, it is not read anew for each row that is compared with it. */
    static Array uuids(Connection connection, Stream<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }

    /** A PostgreSQL array as text. What is text itself is quoted; numbers, ids and instants have nothing to quote. */
    static String arrayLiteral(Iterator<?> values) {
        var literal = new StringBuilder("{");
        while (values.hasNext()) {
            Object value = values.next();
            if (value instanceof String text) {
                appendQuoted(literal, text);
            } else {
                literal.append(value == null ? "NULL" : value instanceof Instant instant ? text(instant) : value.toString());
            }
            literal.append(values.hasNext() ? "," : "");
        }
        return literal.append('}').toString();
    }

    private static void appendQuoted(StringBuilder literal, String text) {
        literal.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\');
            }
            literal.append(c);
        }
        literal.append('"');
    }

    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static <R> List<R> query(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return read(statement, reader);
        }
    }

    /**
     * As {@link #query}, planned each time. The plan that a connection keeps of a statement that it has seen some times may be
     * from when the table was small, and read all of it now that it is large, until somebody analyses it.
     */
    static <R> List<R> queryPlannedAnew(Connection connection, String sql, RowReader<R> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            bind(statement, parameters);
            return read(statement, reader);
        }
    }

    static <R> List<R> read(PreparedStatement statement, RowReader<R> reader) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            var rows = new ArrayList<R>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
