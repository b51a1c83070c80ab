package com.nexasystems.billing.app;

import java.nio.file.Path;
import java.util.Map;

/** One PostgreSQL for all tests of the module; it is stopped when the JVM ends. */
final class TestDatabase {

    private static final LocalPostgres SERVER = LocalPostgres.in(Path.of("target", "test-database"),
            Path.of("target", "test-programs"));

    private TestDatabase() {
    }

    static Map<String, String> environment() {
        return Map.of("BILLING_DB_URL", SERVER.url(), "BILLING_DB_USER", SERVER.user(),
                "BILLING_DB_PASSWORD", SERVER.password());
    }
}
