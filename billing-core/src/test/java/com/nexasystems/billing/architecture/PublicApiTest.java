package com.nexasystems.billing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What embedders compile against, as text under review: a change of the API shows as a diff of {@code docs/api}. Run with
 * {@code -Dbilling.approve=true} to write the file anew.
 */
class PublicApiTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path APPROVED = Path.of("..", "docs", "api", "billing-core.txt");

    @Test
    void the_public_api_is_the_one_that_was_approved() throws IOException {
        String api = publicApi();
        if (Boolean.getBoolean("billing.approve")) {
            Files.createDirectories(APPROVED.getParent());
            Files.writeString(APPROVED, api);
        }
        assertThat(api).contains("class com.nexasystems.billing.Billing ");
        assertThat(api).as("a deliberate change is approved with -Dbilling.approve=true")
                .isEqualTo(Files.readString(APPROVED));
    }

    private static String publicApi() throws IOException {
        var printed = new StringWriter();
        var errors = new StringWriter();
        ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
        try (var out = new PrintWriter(printed); var err = new PrintWriter(errors)) {
            javap.run(out, err, Stream.concat(Stream.of("-public"), classFiles().stream()).toArray(String[]::new));
        }
        assertThat(errors.toString()).isEmpty();
        return printed.toString().lines().filter(line -> !line.startsWith("Compiled from"))
                .reduce(new StringBuilder(), (text, line) -> text.append(line).append('\n'), StringBuilder::append).toString();
    }

    /** Public classes only: javap prints the others too, as if they were part of the API. */
    private static List<String> classFiles() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class")).filter(PublicApiTest::isPublic)
                    .map(Path::toString).sorted().toList();
        }
    }

    private static boolean isPublic(Path file) {
        String name = CLASSES.relativize(file).toString().replace(File.separatorChar, '.')
                .replaceFirst("\\.class$", "");
        try {
            Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
            return !type.isSynthetic() && isPublicWithOwners(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublicWithOwners(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass()
                && (type.getEnclosingClass() == null || isPublicWithOwners(type.getEnclosingClass()));
    }
}
