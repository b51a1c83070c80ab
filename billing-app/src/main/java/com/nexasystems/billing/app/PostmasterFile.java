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

    private static final String NAME = "postmaster.pid";
    private static final int PID = 0;
    private static final int PORT = 3;

    /** Empty if no server left one, or a starting server has not finished writing it. */
    static Optional<PostmasterFile> in(Path data) {
        Path file = data.resolve(NAME);
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

    /** What a crash leaves between making the file and writing it; PostgreSQL would not start for it. */
    static void deleteIfEmpty(Path data) throws IOException {
        Path file = data.resolve(NAME);
        if (Files.exists(file) && Files.size(file) == 0) {
            Files.delete(file);
        }
    }

    /** Whether that process is the server of these data: not dead, not a zombie, not somebody who got the number later. */
    boolean isServerOf(Path data) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .isPresent() && !worksElsewhere(data);
    }

    /** A server works in its data folder. Where the system does not tell, or not us, its name has to do. */
    private boolean worksElsewhere(Path data) {
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.isDirectory(process)) {
            return false;
        }
        try {
            return !process.resolve("cwd").toRealPath().equals(data.toRealPath());
        } catch (NoSuchFileException itHasEnded) {
            return true;
        } catch (IOException notForUs) {
            return false;
        }
    }
}
