package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.jpa.JpaSettings.Owner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests, which stops with the JVM; a schema for each test; and what a test opened is closed after it. */
final class TestDatabase implements AfterEachCallback {

    private static final String APP = "billing_app";
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final List<JpaPorts> OPEN = new ArrayList<>();

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                 Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE " + APP + " LOGIN");
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a role that owns nothing. The superuser owns the schema. */
    static JpaSettings freshSchema() {
        return new JpaSettings(SERVER.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""), APP, "",
                "test_" + SCHEMAS.incrementAndGet(), 12, Optional.of(new Owner("postgres", "")));
    }

    /** For one role that owns all of it and is a superuser. */
    static JpaSettings withOneRole(JpaSettings settings) {
        return new JpaSettings(settings.url(), "postgres", "", settings.schema(), settings.connections());
    }

    static JpaPorts open(JpaSettings settings) {
        return closedLater(JpaPorts.open(settings));
    }

    static JpaPorts closedLater(JpaPorts ports) {
        OPEN.add(ports);
        return ports;
    }

    static Ports emptyPorts() {
        return open(freshSchema()).ports();
    }

    /** What the server does to those who are connected when it is stopped. */
    static void breakConnectionsOf(JpaSettings settings) {
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
             Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"
                    + JpaPorts.applicationName(settings) + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        OPEN.forEach(JpaPorts::close);
        OPEN.clear();
    }
}
