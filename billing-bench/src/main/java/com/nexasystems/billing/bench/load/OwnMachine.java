package com.nexasystems.billing.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A virtual machine of its own for a program that has to do with little memory. */
final class OwnMachine {

    static final String MEMORY = "-Xmx512m";

    private OwnMachine() {
    }

    /** @return the figures that the program has printed for this size */
    static String[] run(Class<?> program, int size) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), MEMORY,
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), program.getName(), String.valueOf(size))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program.getSimpleName() + " failed on " + size + " subscriptions with " + MEMORY);
        }
        return printed.split(" ");
    }
}
