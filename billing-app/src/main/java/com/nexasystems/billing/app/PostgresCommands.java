package com.nexasystems.billing.app;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes, starts and stops a PostgreSQL data folder with PostgreSQL's own programs. */
final class PostgresCommands {

    /** Loopback only, no socket files; a loopback name that resolves elsewhere changes nothing. */
    private static final String CONFIGURATION = """

            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            timezone = 'UTC'
            log_timezone = 'UTC'
            """;

    /**
     * Several servers and commands may share one, and nobody replicates from it. Its own reading and writing needs no
     * helpers. Given at each start, so that older data folders have it as well.
     */
    private static final String START_OPTIONS = " -c max_connections=100 -c max_logical_replication_workers=0"
            + " -c io_method=sync";

    private final PostgresBinaries binaries;
    private final Path folder;

    /** @param folder for the log and for what is under construction */
    PostgresCommands(PostgresBinaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
    }

    /** Under another name until it is complete: a killed initialisation is never taken for data. */
    void initialise(Path data, String user, String password) throws IOException {
        Path unfinished = folder.resolve("postgres.unfinished");
        Folders.delete(unfinished);
        Path passwordFile = folder.resolve("postgres.initial");
        Files.deleteIfExists(passwordFile);
        Folders.writePrivate(passwordFile, password);
        try {
            run("initdb", "-D", unfinished.toString(), "-U", user, "-A", "scram-sha-256",
                    "--pwfile=" + passwordFile, "-E", "UTF8", "--locale=C");
        } finally {
            Files.delete(passwordFile);
        }
        Files.writeString(unfinished.resolve("postgresql.conf"), CONFIGURATION, StandardOpenOption.APPEND);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Detached from this process and its terminal: an interrupted command takes no server from the others. */
    void start(Path data, int port, int seconds) throws IOException {
        run("pg_ctl", "start", "-w", "-t", Integer.toString(seconds), "-D", data.toString(),
                "-l", folder.resolve("postgres.log").toString(), "-o", "-p " + port + START_OPTIONS);
    }

    void stop(Path data) throws IOException {
        run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data.toString());
    }

    /** The output goes to a file and not to a pipe, which a server that stays would hold open. */
    private void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix());
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, program, ".out");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new EnvironmentFailure(program + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new EnvironmentFailure(program + " failed: " + Files.readString(output).strip()
                        + " (see " + folder.resolve("postgres.log") + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFailure("interrupted while waiting for " + program, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody. */
    private static List<String> prefix() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (!LinuxUtils.isUnshareAvailable()) {
            throw new EnvironmentFailure("PostgreSQL does not run as root, and root cannot become nobody here (unshare -U):"
                    + " run this as an ordinary user, or set BILLING_DB_URL");
        }
        return List.of("unshare", "-U");
    }
}
