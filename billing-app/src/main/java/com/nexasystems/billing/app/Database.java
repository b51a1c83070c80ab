package com.nexasystems.billing.app;

import com.nexasystems.billing.jpa.JpaSettings.Owner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The PostgreSQL to work on: the configured one, or the one that comes with the application. */
final class Database implements AutoCloseable {

    private final Optional<LocalPostgres> local;
    private final String url;
    private final String user;
    private final String password;
    private final Optional<Owner> owner;
    private Optional<Connection> alone = Optional.empty();

    private Database(Optional<LocalPostgres> local, String url, String user, String password, Optional<Owner> owner) {
        this.local = local;
        this.url = url;
        this.user = user;
        this.password = password;
        this.owner = owner;
    }

    static Database of(Host host, Settings settings) {
        DatabaseAddress address = Setting.databaseUrl(settings.text(Setting.BILLING_DB_URL));
        if (!address.url().isEmpty()) {
            return new Database(Optional.empty(), address.url(),
                    first(settings.text(Setting.BILLING_DB_USER), address.user()),
                    first(settings.text(Setting.BILLING_DB_PASSWORD), address.password()), owner(settings));
        }
        LocalPostgres local = LocalPostgres.in(settings.dataFolder(), cache(host, settings));
        return new Database(Optional.of(local), local.url(), local.appUser(), local.appPassword(),
                Optional.of(new Owner(local.user(), local.password())));
    }

    private static Optional<Owner> owner(Settings settings) {
        String owner = settings.text(Setting.BILLING_DB_OWNER);
        return owner.isEmpty() ? Optional.empty()
                : Optional.of(new Owner(owner, settings.text(Setting.BILLING_DB_OWNER_PASSWORD)));
    }

    String url() {
        return url;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** Who owns what the engine works on; empty if the user does. */
    Optional<Owner> owner() {
        return owner;
    }

    /** @throws EnvironmentFailure that says what to look at, if nobody answers there */
    void checkReachable() {
        try (Connection connection = connect()) {
            connection.isValid(0);
            if (owner.isPresent()) {
                connectAsOwner().close();
            }
        } catch (SQLException e) {
            throw new EnvironmentFailure(unreachable(e).getMessage() + " (see BILLING_DB_URL, BILLING_DB_USER and"
                    + " BILLING_DB_PASSWORD"
                    + owner.map(one -> ", BILLING_DB_OWNER and BILLING_DB_OWNER_PASSWORD").orElse("")
                    + ", or leave them out to use the PostgreSQL that comes with this)", e);
        }
    }

    boolean hasSchema(String schema) {
        try (Connection connection = connect();
             var statement = connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** @param schema with everything in it; quoted, so any name will do */
    void drop(String schema) {
        try (Connection connection = connectAsOwner(); var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS \"" + schema.replace("\"", "\"\"") + "\" CASCADE");
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** Waits until nobody else in this database is alone with the same number; it ends when this is closed. */
    void waitUntilAlone(long number) {
        try {
            alone = Optional.of(connect());
            try (var statement = alone.get().prepareStatement("SELECT pg_advisory_lock(?)")) {
                statement.setLong(1, number);
                statement.execute();
            }
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    @Override
    public void close() {
        try {
            if (alone.isPresent()) {
                alone.get().close();
            }
        } catch (SQLException e) {
            throw unreachable(e);
        } finally {
            local.ifPresent(LocalPostgres::close);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** For what only an owner may do. */
    Connection connectAsOwner() throws SQLException {
        return owner.isEmpty() ? connect() : DriverManager.getConnection(url, owner.get().user(), owner.get().password());
    }

    private static EnvironmentFailure unreachable(SQLException e) {
        return new EnvironmentFailure("the database cannot be used: " + e.getMessage(), e);
    }

    private static String first(String chosen, Optional<String> otherwise) {
        return chosen.isEmpty() ? otherwise.orElse("") : chosen;
    }

    /** Unpacked programs are the same for every data folder of a user; one without a home keeps them beside the data. */
    private static Path cache(Host host, Settings settings) {
        String cache = host.environment().get("XDG_CACHE_HOME");
        String home = host.environment().get("HOME");
        if (cache != null && !cache.isEmpty()) {
            return host.resolve(cache).resolve("billing");
        }
        return home != null && Files.isWritable(host.resolve(home))
                ? host.resolve(home).resolve(".cache").resolve("billing")
                : settings.dataFolder();
    }
}
