package com.nexasystems.billing.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** One PostgreSQL for all tests of the module; it is stopped when the JVM ends. */
final class TestDatabase {

    private static final LocalPostgres SERVER = LocalPostgres.in(Path.of("target", "test-database"),
            Path.of("target", "test-programs"));

    private TestDatabase() {
    }

    /** A schema of that name, without what an earlier run of the tests left in it. */
    static String fresh(String schema) {
        try (Connection connection = DriverManager.getConnection(SERVER.url(), SERVER.user(), SERVER.password());
             var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            return schema;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> environment() {
        return Map.of("BILLING_DB_URL", SERVER.url(), "BILLING_DB_USER", SERVER.user(),
                "BILLING_DB_PASSWORD", SERVER.password());
    }
}
