package com.nexasystems.billing.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Takes the time on the clock, and that of the processors: what this process and all processes of the server had of them.
 * Other programs on the machine lengthen the first, and hardly the second.
 */
final class Meter {

    private static final Path PROCESSES = Path.of("/proc");
    /** Ticks are hundredths of a second on every Linux that Java runs on. */
    private static final long NANOS_A_TICK = 10_000_000;

    private final OperatingSystemMXBean own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final String postmaster;

    Meter(Database database) {
        this.postmaster = database.value("SELECT pg_read_file('postmaster.pid')").lines().findFirst().orElseThrow();
    }

    /**
     * What something took.
     *
     * @param clock      nanoseconds
     * @param processors nanoseconds, of all processors together; empty where the system does not tell
     */
    record Spent(long clock, OptionalLong processors) { }

    Spent spent(Runnable work) {
        OptionalLong before = processors();
        long start = System.nanoTime();
        work.run();
        long clock = System.nanoTime() - start;
        OptionalLong after = processors();
        return new Spent(clock, before.isPresent() ? OptionalLong.of(after.orElseThrow() - before.getAsLong())
                : OptionalLong.empty());
    }

    private OptionalLong processors() {
        if (!Files.isDirectory(PROCESSES.resolve(postmaster))) {
            return OptionalLong.empty();
        }
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            long server = processes.map(Path::getFileName).map(Path::toString)
                    .filter(name -> name.chars().allMatch(Character::isDigit)).mapToLong(this::ticks).sum();
            return OptionalLong.of(own.getProcessCpuTime() + server * NANOS_A_TICK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the postmaster, with what its children that have ended had; and of its children. See proc_pid_stat(5). */
    private long ticks(String process) {
        List<String> fields = fieldsAfterName(process);
        if (process.equals(postmaster)) {
            return fields.subList(11, 15).stream().mapToLong(Long::parseLong).sum();
        }
        return !fields.isEmpty() && fields.get(1).equals(postmaster)
                ? fields.subList(11, 13).stream().mapToLong(Long::parseLong).sum() : 0;
    }

    /** Beginning with the state; none if the process has ended meanwhile. */
    private static List<String> fieldsAfterName(String process) {
        try {
            String stat = Files.readString(PROCESSES.resolve(process).resolve("stat"));
            return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        } catch (IOException ended) {
            return List.of();
        }
    }
}
