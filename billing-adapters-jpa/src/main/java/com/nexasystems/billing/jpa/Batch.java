package com.nexasystems.billing.jpa;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The columns of many rows, handed to PostgreSQL as one array each: one statement, and one plan, for any number of rows.
 *
 * @param <T> what a row is made of
 */
final class Batch<T> {

    private final List<Column<T>> columns = new ArrayList<>();

    /** @param value gives null for no value */
    private record Column<T>(String name, String type, String cast, Function<T, ?> value) { }

    Batch<T> uuid(String name, Function<T, UUID> value) {
        return column(name, "uuid", "", value);
    }

    Batch<T> text(String name, Function<T, String> value) {
        return column(name, "text", "", value);
    }

    Batch<T> bool(String name, Function<T, Boolean> value) {
        return column(name, "bool", "", value);
    }

    Batch<T> integer(String name, Function<T, Integer> value) {
        return column(name, "int4", "", value);
    }

    Batch<T> bigint(String name, Function<T, Long> value) {
        return column(name, "int8", "", value);
    }

    Batch<T> numeric(String name, Function<T, BigDecimal> value) {
        return column(name, "numeric", "", value);
    }

    Batch<T> date(String name, Function<T, LocalDate> value) {
        return column(name, "date", "", value);
    }

    Batch<T> instant(String name, Function<T, Instant> value) {
        return column(name, "timestamptz", "", row -> Nullable.map(value.apply(row), Sql::text));
    }

    /** An array a row. Arrays of arrays must be rectangular, so that each travels as its text. */
    Batch<T> texts(String name, Function<T, Collection<String>> value) {
        return column(name, "text", "::text[]",
                row -> Nullable.map(value.apply(row), list -> Sql.arrayLiteral(list.iterator())));
    }

    Batch<T> numerics(String name, Function<T, Collection<BigDecimal>> value) {
        return column(name, "text", "::numeric[]",
                row -> Nullable.map(value.apply(row), list -> Sql.arrayLiteral(list.iterator())));
    }

    Batch<T> instants(String name, Function<T, Collection<Instant>> value) {
        return column(name, "text", "::timestamptz[]", row -> Nullable.map(value.apply(row),
                list -> Sql.arrayLiteral(list.stream().map(Sql::text).iterator())));
    }

    Batch<T> bools(String name, Function<T, Collection<Boolean>> value) {
        return column(name, "text", "::bool[]",
                row -> Nullable.map(value.apply(row), list -> Sql.arrayLiteral(list.iterator())));
    }

    private Batch<T> column(String name, String type, String cast, Function<T, ?> value) {
        columns.add(new Column<>(name, type, cast, value));
        return this;
    }

    /** {@code a, b}: for the columns of an INSERT. */
    String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
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

    private void bind(PreparedStatement statement, Collection<T> rows, Object... more) throws SQLException {
        int index = 1;
        for (Column<T> column : columns) {
            statement.setString(index++, Sql.arrayLiteral(rows.stream().map(column.value).iterator()));
        }
        for (Object parameter : more) {
            statement.setObject(index++, parameter);
        }
    }
}
