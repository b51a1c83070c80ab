package com.nexasystems.billing.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this process, in a folder of the test's own. */
final class Cli {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Clock clock = Clock.systemUTC();

    Cli(Path folder) {
        this.folder = folder;
    }

    record Answer(int code, String out, String err) {

        Map<?, ?> json() {
            return (Map<?, ?>) Json.read("out", out);
        }

        String text(String field) {
            Object value = json().get(field);
            return value instanceof Json.Number number ? number.text() : (String) value;
        }
    }

    /** In a new schema of the tests' database. */
    static Cli onDatabase(Path folder, String schema) {
        return new Cli(folder).with(TestDatabase.environment()).with(Map.of("BILLING_DB_SCHEMA", schema));
    }

    Cli with(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    Cli at(Instant now) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
        return this;
    }

    Cli without(String variable) {
        environment.remove(variable);
        return this;
    }

    Path file(String name, String... lines) {
        return bytes(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Path bytes(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer run(String... arguments) {
        return feed("", arguments);
    }

    Answer run(List<String> arguments) {
        return run(arguments.toArray(String[]::new));
    }

    Answer feed(String input, String... arguments) {
        return feed(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    Answer feed(byte[] input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(new Host(new ByteArrayInputStream(input), stream(out), stream(err), environment, folder,
                clock, false), arguments);
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Map<String, String> environment() {
        return environment;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
