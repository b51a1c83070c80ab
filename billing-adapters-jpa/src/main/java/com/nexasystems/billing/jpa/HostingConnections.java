package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.PortFailure;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Connections to the hosting platform's database, on which nothing can be written. */
final class HostingConnections implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final int REACHABLE_SECONDS = 10;
    private static final String OPTIONS = "-c default_transaction_read_only=on -c row_security=off";

    /** The role's own time limits are made for short queries; transaction_timeout is there from PostgreSQL 17 on. */
    private static final String FOR_THIS_TRANSACTION = """
            SELECT set_config(name, setting, true) FROM (VALUES
                ('search_path', ?), ('TimeZone', 'UTC'), ('work_mem', '64MB'), ('row_security', 'off'),
                ('statement_timeout', '0'), ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0')
            ) AS wanted (name, setting) WHERE name IN (SELECT name FROM pg_settings)""";

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<R> {
        R in(Connection connection) throws SQLException;
    }

    private final String schema;
    private final HikariDataSource pool;
    private final DataSource watched;

    /** @param watched lets a test see what is asked of the database */
    HostingConnections(HostingPlatformSettings settings, UnaryOperator<DataSource> watched) {
        this.schema = settings.schema();
        this.pool = pool(settings);
        this.watched = watched.apply(pool);
    }

    private static HikariDataSource pool(HostingPlatformSettings settings) {
        var config = new HikariConfig();
        config.setPoolName(applicationName(settings));
        config.setDataSource(source(settings));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(REACHABLE_SECONDS * 1_000L);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setInitializationFailTimeout(1);
        return open(config);
    }

    /** A wrong password is told at once, not when the time for connecting is over. */
    private static HikariDataSource open(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw PortFailures.beforeCommit(e);
        }
    }

    /** What the URL says comes first, for it may neither allow writing nor turn cursors off. */
    private static DataSource source(HostingPlatformSettings settings) {
        var source = new PGSimpleDataSource();
        source.setConnectTimeout(REACHABLE_SECONDS);
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setApplicationName(applicationName(settings));
        source.setOptions(source.getOptions() == null ? OPTIONS : source.getOptions() + " " + OPTIONS);
        source.setReadOnly(true);
        // Not "always": with it the driver makes the session writable when a connection no longer commits by itself.
        source.setReadOnlyMode("transaction");
        source.setPreferQueryMode(PreferQueryMode.EXTENDED);
        return source;
    }

    /** By which the database's operator knows these connections. */
    static String applicationName(HostingPlatformSettings settings) {
        return "billing-reads-" + settings.schema();
    }

    /**
     * Works in a transaction of its own, which sees the database as it is when the work begins. The pool rolls it back.
     *
     * @throws PortFailure if the database fails; what else the work throws comes through as it is
     */
    <R> R read(Work<R> work) {
        try (Connection connection = watched.getConnection()) {
            begin(connection);
            return work.in(connection);
        } catch (SQLException e) {
            throw PortFailures.beforeCommit(e);
        }
    }

    private void begin(Connection connection) throws SQLException {
        // Said in words, too: a pooler between here and there may have lost what was said of the session.
        Sql.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        Sql.query(connection, FOR_THIS_TRANSACTION, row -> true, schema);
        String readOnly = Sql.query(connection, "SHOW transaction_read_only", row -> row.getString(1)).get(0);
        if (!readOnly.equals("on")) {
            throw new PortFailure(PortFailure.Effect.NONE, "the connection could write (transaction_read_only is "
                    + readOnly + "); nothing was read", null);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
