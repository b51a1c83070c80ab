package com.nexasystems.billing.http;

import com.nexasystems.billing.jpa.JpaPorts;
import com.nexasystems.billing.jpa.JpaSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of the module, with a schema for each; it stops with the JVM. */
final class ApiDatabase {

    private static final int CONNECTIONS = 12;
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private ApiDatabase() {
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JpaPorts fresh() {
        return JpaPorts.open(new JpaSettings(SERVER.getJdbcUrl("postgres", "postgres"), "postgres", "",
                "api_" + SCHEMAS.incrementAndGet(), CONNECTIONS));
    }
}
