package com.nexasystems.billing.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running PostgreSQL writes into its data folder about itself. It stays behind when the server is killed, and its
 * process id may be somebody else's by now: believe it only after a connection.
 */
record PostmasterFile(Path file, long pid, int port) {

    private static final int PID = 0;
    private static final int PORT = 3;

    /** Empty if no server left one, or a starting server has not finished writing it. */
    static Optional<PostmasterFile> in(Path data) {
        Path file = data.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() <= PORT ? Optional.empty() : Optional.of(new PostmasterFile(file,
                    Long.parseLong(lines.get(PID).strip()), Integer.parseInt(lines.get(PORT).strip())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new EnvironmentFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether that process is a PostgreSQL: not dead, not a zombie, not somebody who got the number later. */
    boolean isPostgres() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres")).isPresent();
    }
}
