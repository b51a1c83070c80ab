package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Inserts rows some thousands at a time: a column is an array of texts, which the database reads as the column's type. */
final class TableWriter implements AutoCloseable {

    private static final int ROWS = 5_000;

    /** Carries a failure of the database through code that cannot throw it. */
    static final class Refused extends RuntimeException {

        private final transient SQLException cause;

        Refused(SQLException cause) {
            super(cause);
            this.cause = cause;
        }

        SQLException cause() {
            return cause;
        }
    }

    private final Connection connection;
    private final PreparedStatement insert;
    private final List<List<String>> columns = new ArrayList<>();

    /** @param columns names with types, as in the definition of the table */
    TableWriter(Connection connection, String table, String columns) throws SQLException {
        this.connection = connection;
        List<String> types = Arrays.stream(columns.split(", "))
                .map(column -> column.substring(column.indexOf(' ') + 1)).toList();
        types.forEach(type -> this.columns.add(new ArrayList<>(ROWS)));
        insert = connection.prepareStatement("INSERT INTO " + table + " SELECT * FROM unnest("
                + types.stream().map(type -> "?::text[]::" + type + "[]").collect(Collectors.joining(", ")) + ")");
    }

    /** @param values in the order of the columns; null and an empty Optional are null */
    void add(Object... values) {
        for (int column = 0; column < values.length; column++) {
            columns.get(column).add(text(values[column]));
        }
        if (columns.get(0).size() == ROWS) {
            flush();
        }
    }

    void flush() {
        try {
            for (int column = 0; column < columns.size(); column++) {
                Array array = connection.createArrayOf("text", columns.get(column).toArray());
                insert.setArray(column + 1, array);
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new Refused(e);
        }
        columns.forEach(List::clear);
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return text(optional.orElse(null));
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value == null ? null : value.toString();
    }
}
