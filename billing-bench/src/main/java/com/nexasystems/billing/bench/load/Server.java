package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.jpa.JpaSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A PostgreSQL of its own for each benchmark: what one leaves behind does not slow the next. */
final class Server implements AutoCloseable {

    private static final int CONNECTIONS = 12;

    private final EmbeddedPostgres postgres;

    private Server(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Does not tidy up by itself, so that it does so in nobody's turn. It keeps nothing when the machine fails. */
    static Server start() throws IOException {
        return new Server(EmbeddedPostgres.builder().setServerConfig("autovacuum", "off")
                .setServerConfig("max_wal_size", "4GB").start());
    }

    /** As {@link #start}, but what is committed is on the disk, and survives the machine. */
    static Server startDurable() throws IOException {
        return new Server(EmbeddedPostgres.builder().setServerConfig("autovacuum", "off")
                .setServerConfig("max_wal_size", "4GB").setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on").start());
    }

    JpaSettings settings() {
        return new JpaSettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "", "bench", CONNECTIONS);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
