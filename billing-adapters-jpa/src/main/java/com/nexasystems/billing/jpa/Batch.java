package com.nexasystems.billing.jpa;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The columns of many rows. They travel as one array each: one statement, and one plan, for any number of rows, which can do
 * with them what SQL can. Or they are copied into a table, which is the fastest way, and all that it can do.
 *
 * @param <T> what a row is made of
 */
final class Batch<T> {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final int BOOL = 16;
    private static final int BYTEA = 17;
    private static final int TEXT = 25;
    private static final int TIMESTAMPTZ = 1184;
    private static final int NUMERIC = 1700;

    private final List<Column<T>> columns = new ArrayList<>();

    /** @param literal gives null for no value */
    private record Column<T>(String name, String type, String cast, Function<T, ?> literal, CopyRows.Writer<T> copied) { }

    Batch<T> uuid(String name, Function<T, UUID> value) {
        return column(name, "uuid", value, CopyRows::uuid);
    }

    Batch<T> text(String name, Function<T, String> value) {
        return column(name, "text", value, CopyRows::text);
    }

    Batch<T> bool(String name, Function<T, Boolean> value) {
        return column(name, "bool", value, CopyRows::bool);
    }

    Batch<T> integer(String name, Function<T, Integer> value) {
        return column(name, "int4", value, CopyRows::int4);
    }

    Batch<T> bigint(String name, Function<T, Long> value) {
        return column(name, "int8", value, CopyRows::int8);
    }

    Batch<T> numeric(String name, Function<T, BigDecimal> value) {
        return column(name, "numeric", value, CopyRows::numeric);
    }

    Batch<T> date(String name, Function<T, LocalDate> value) {
        return column(name, "date", value, CopyRows::date);
    }

    Batch<T> instant(String name, Function<T, Instant> value) {
        return column(name, "timestamptz", value, CopyRows::instant);
    }

    Batch<T> texts(String name, Function<T, Collection<String>> value) {
        return array(name, "text", TEXT, value, CopyRows::text);
    }

    /** Only to be copied: as text they would be twice as long. */
    Batch<T> byteArrays(String name, Function<T, Collection<byte[]>> value) {
        columns.add(new Column<>(name, "text", "::bytea[]", row -> {
            throw new UnsupportedOperationException(name + " is only copied");
        }, (rows, row) -> rows.array(value.apply(row), BYTEA, CopyRows::bytes)));
        return this;
    }

    Batch<T> numerics(String name, Function<T, Collection<BigDecimal>> value) {
        return array(name, "numeric", NUMERIC, value, CopyRows::numeric);
    }

    Batch<T> instants(String name, Function<T, Collection<Instant>> value) {
        return array(name, "timestamptz", TIMESTAMPTZ, value, CopyRows::instant);
    }

    Batch<T> bools(String name, Function<T, Collection<Boolean>> value) {
        return array(name, "bool", BOOL, value, CopyRows::bool);
    }

    private <V> Batch<T> column(String name, String type, Function<T, V> value, CopyRows.Writer<V> writer) {
        columns.add(new Column<>(name, type, "", value, (rows, row) -> rows.nullable(value.apply(row), writer)));
        return this;
    }

    /** An array a row. Arrays of arrays must be rectangular, so that each travels as its text where it is not copied. */
    private <V> Batch<T> array(String name, String type, int typeId, Function<T, Collection<V>> value,
                               CopyRows.Writer<V> element) {
        columns.add(new Column<>(name, "text", "::" + type + "[]",
                row -> Nullable.map(value.apply(row), list -> Sql.arrayLiteral(list.iterator())),
                (rows, row) -> rows.nullable(value.apply(row), (to, list) -> to.array(list, typeId, element))));
        return this;
    }

    /** {@code a, b}: for the columns of an INSERT. */
    String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** {@code excluded.a, excluded.b}: for the row that an INSERT could not add. */
    String names(String table) {
        return columns.stream().map(column -> table + "." + column.name).collect(Collectors.joining(", "));
    }

    /** {@code (SELECT a, b FROM unnest(?::uuid[], ?::text[]) AS given(a, b)) AS batch}: the rows, in a FROM clause. */
    String rows() {
        return "(SELECT %s FROM unnest(%s) AS given(%s)) AS batch".formatted(
                columns.stream().map(column -> column.name + column.cast + " AS " + column.name)
                        .collect(Collectors.joining(", ")),
                columns.stream().map(column -> "?::" + column.type + "[]").collect(Collectors.joining(", ")), names());
    }

    /** Runs SQL whose parameters are {@link #rows}, then {@code more}; without rows, not at all. */
    int update(Connection connection, String sql, Collection<T> rows, Object... more) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, rows, more);
            return statement.executeUpdate();
        }
    }

    /** Adds the rows to a table that has columns of these very names. */
    int insert(Connection connection, String table, Collection<T> rows) throws SQLException {
        return update(connection, "INSERT INTO %s (%s) SELECT * FROM %s".formatted(table, names(), rows()), rows);
    }

    /** As {@link #update}, and reads the rows that it answers. */
    <R> List<R> query(Connection connection, String sql, Collection<T> rows, Sql.RowReader<R> reader, Object... more)
            throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, rows, more);
            return Sql.read(statement, reader);
        }
    }

    /** Appends the rows to a table that has columns of these very names and types. One that it refuses undoes them all. */
    void copy(Connection connection, String table, Collection<T> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var copied = new CopyRows(connection, table + " (" + names() + ")")) {
            for (T row : rows) {
                copied.beginRow(columns.size());
                columns.forEach(column -> column.copied.write(copied, row));
            }
            copied.end();
        }
    }

    /**
     * As {@link #copy}, where as a rule no key is there already: copying is the fastest way then, and notices the exception.
     * Waits for others that are about to keep one of the keys.
     *
     * @return false if the key of one was there, and nothing of them is kept
     */
    boolean copyNew(Connection connection, String table, Collection<T> rows) throws SQLException {
        Savepoint nothing = connection.setSavepoint();
        try {
            copy(connection, table, rows);
            connection.releaseSavepoint(nothing);
            return true;
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(nothing);
            return false;
        }
    }

    private void bind(PreparedStatement statement, Collection<T> rows, Object... more) throws SQLException {
        int index = 1;
        for (Column<T> column : columns) {
            statement.setString(index++, Sql.arrayLiteral(rows.stream().map(column.literal).iterator()));
        }
        for (Object parameter : more) {
            statement.setObject(index++, parameter);
        }
    }
}
