package com.nexasystems.billing.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The PostgreSQL that comes with the application, with its data in a folder of the user's.
 *
 * <p>A server outlives a killed JVM, and several commands share one: whoever finds it running uses it, and whoever leaves
 * last stops it, whoever started it. Starting and stopping happen under a lock on the folder; in between, each user
 * holds one connection as the sign of its presence. Listens on the loopback address only, with random passwords: one of the
 * role that owns everything, and one of the role that the engine works as, which owns nothing.
 */
final class LocalPostgres implements AutoCloseable {

    private static final int LOOKS = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final String USER = "billing";
    private static final String APP_USER = "billing_app";
    private static final String DATABASE = "postgres";
    private static final int SECONDS_TO_RETRY = 20;
    private static final int SECONDS_TO_START = 60;

    private final Path folder;
    private final Path data;
    private final String password;
    private final String appPassword;
    private final PostgresCommands commands;
    private final String name = "billing-" + UUID.randomUUID();
    private int port;
    private Connection presence;

    private LocalPostgres(Path folder, PostgresCommands commands) throws IOException {
        this.folder = folder;
        this.data = folder.resolve("postgres");
        this.commands = commands;
        this.password = password(folder.resolve("postgres.password"), Files.exists(data));
        this.appPassword = password(folder.resolve("postgres-app.password"), false);
    }

    /**
     * Uses the server of a folder, after starting it if it does not run.
     *
     * @param folder made if it is missing
     * @param cache  where the programs are unpacked
     */
    static LocalPostgres in(Path folder, Path cache) {
        try {
            Path real = Folders.createPrivate(folder).toRealPath();
            try (FileChannel channel = lockFile(real)) {
                channel.lock();
                var postgres = new LocalPostgres(real, new PostgresCommands(PostgresBinaries.in(cache), real));
                postgres.enter();
                // An interrupted command leaves like any other; after a regular close this finds nothing to do.
                AtExit.add(postgres::close);
                return postgres;
            }
        } catch (IOException e) {
            throw new EnvironmentFailure("cannot use the data folder " + folder + ": " + e, e);
        }
    }

    String url() {
        return url(port) + "?ApplicationName=" + name;
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    /** The role that the engine works as. It owns nothing, and may log in. */
    String appUser() {
        return APP_USER;
    }

    String appPassword() {
        return appPassword;
    }

    /** Leaves; stops the server if nobody else is there. Close every other connection first. */
    @Override
    public synchronized void close() {
        if (presence == null) {
            return;
        }
        try (FileChannel channel = lockFile(folder)) {
            channel.lock();
            if (leave()) {
                commands.stop(data);
            }
        } catch (IOException e) {
            throw new EnvironmentFailure("cannot stop PostgreSQL in " + data + ": " + e.getMessage(), e);
        } finally {
            presence = null;
        }
    }

    private void enter() throws IOException {
        if (!Files.exists(data)) {
            commands.initialise(data, USER, password);
        }
        checkVersion();
        Optional<Connection> running = connectToRunning();
        presence = running.isPresent() ? running.get() : start();
        makeAppUser();
    }

    /** Data of an earlier version lacks it; and its password is whatever the file says. */
    private void makeAppUser() throws IOException {
        try (var statement = presence.createStatement()) {
            statement.execute("DO $$ BEGIN CREATE ROLE " + APP_USER + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            statement.execute("ALTER ROLE " + APP_USER + " NOSUPERUSER NOCREATEDB NOCREATEROLE LOGIN PASSWORD '"
                    + appPassword.replace("'", "''") + "'");
        } catch (SQLException e) {
            throw new IOException("the role " + APP_USER + " cannot be made: " + e.getMessage(), e);
        }
    }

    private void checkVersion() throws IOException {
        String wanted = PostgresBinaries.RELEASE.substring(0, PostgresBinaries.RELEASE.indexOf('.'));
        Path file = data.resolve("PG_VERSION");
        String found = Files.exists(file) ? Files.readString(file).strip() : "none";
        if (!found.equals(wanted)) {
            throw new EnvironmentFailure(data + " is not data of PostgreSQL " + wanted + " but of version " + found
                    + ": dump it with that version and load it here, or choose another BILLING_DATA_DIR");
        }
    }

    /** A server that is starting or stopping is waited for: it ends up either reachable or gone. */
    private Optional<Connection> connectToRunning() throws IOException {
        SQLException last = null;
        for (long deadline = inSeconds(SECONDS_TO_START); System.nanoTime() < deadline; ) {
            Optional<PostmasterFile> postmaster = PostmasterFile.in(data);
            if (postmaster.isEmpty()) {
                PostmasterFile.deleteIfEmpty(data);
                return Optional.empty();
            }
            try {
                return Optional.of(connect(postmaster.get().port()));
            } catch (SQLException e) {
                last = e;
            }
            if (!postmaster.get().isServerOf(data)) {
                // Nobody's any more; PostgreSQL itself would take the number's new owner for a running server.
                Files.deleteIfExists(postmaster.get().file());
                return Optional.empty();
            }
            pause();
        }
        throw new EnvironmentFailure("PostgreSQL runs in " + data + ", but does not answer: " + last.getMessage(), last);
    }

    private Connection start() throws IOException {
        long deadline = inSeconds(SECONDS_TO_RETRY);
        while (true) {
            try {
                commands.start(data, freePort(), SECONDS_TO_START);
                return connectToRunning().orElseThrow(
                        () -> new EnvironmentFailure("PostgreSQL started in " + data + " and went away at once"));
            } catch (EnvironmentFailure e) {
                // Somebody may have taken the port meanwhile, or the last process of a killed server still holds its memory.
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** @throws SQLException if nobody answers there, or it is not the server of this folder */
    private Connection connect(int candidate) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", "5");
        Connection connection = DriverManager.getConnection(url(candidate), properties);
        try (var statement = connection.createStatement(); ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            if (!Path.of(row.getString(1)).equals(data)) {
                throw new SQLException("the server on port " + candidate + " is another one");
            }
            port = candidate;
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** @return whether the server is to be stopped; one that went away by itself is not */
    private boolean leave() {
        try (Connection leaving = presence) {
            return isLast(leaving, name);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Connections that were closed a moment ago may still be listed: so it looks more than once before it leaves others one. */
    private static boolean isLast(Connection connection, String name) throws SQLException {
        boolean last = others(connection, name) == 0;
        for (int look = 1; !last && look < LOOKS; look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            last = others(connection, name) == 0;
        }
        return last;
    }

    /** Connections of this process bear its name. */
    private static long others(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND application_name <> ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String password(Path file, boolean dataExists) throws IOException {
        if (!Files.exists(file)) {
            if (dataExists) {
                throw new EnvironmentFailure(file + " is missing: without it the data beside it cannot be opened");
            }
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Folders.writePrivate(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private static FileChannel lockFile(Path folder) throws IOException {
        return FileChannel.open(folder.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    private static long inSeconds(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFailure("interrupted while waiting for PostgreSQL", e);
        }
    }
}
