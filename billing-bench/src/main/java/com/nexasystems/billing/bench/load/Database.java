package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.jpa.JpaSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The database without the engine: what the baselines do, and what puts things in order between turns. */
record Database(JpaSettings settings) {

    /** Something done on a connection. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException, IOException;
    }

    /** On a connection of its own, with a commit after every statement unless the work says otherwise. */
    void run(Work work) {
        try (Connection connection =
                     DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            connection.setSchema(settings.schema());
            work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One statement after the other; what they answer is fetched and not looked at. */
    void execute(String... statements) {
        run(connection -> {
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        });
    }

    /** The first column of the first row. */
    String value(String sql) {
        var value = new String[1];
        run(connection -> {
            try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
                rows.next();
                value[0] = rows.getString(1);
            }
        });
        return value[0];
    }

    /** @param rows a table, or a query in brackets */
    byte[] copyOut(String rows) {
        var bytes = new ByteArrayOutputStream();
        run(connection -> connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + rows + " TO STDOUT", bytes));
        return bytes.toByteArray();
    }

    static void copyIn(Connection connection, String table, byte[] rows) throws SQLException, IOException {
        connection.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN", new ByteArrayInputStream(rows));
    }
}
