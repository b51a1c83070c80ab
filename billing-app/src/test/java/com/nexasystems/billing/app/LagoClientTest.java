package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nexasystems.billing.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lago's own client for JavaScript against this server; skipped where there is no Node or the client cannot be fetched. */
class LagoClientTest {

    private static final Path SOURCE = Path.of("src/test/lago-client");
    private static final Path FOLDER = Path.of("target/lago-client");

    private record Ran(int status, String output) { }

    @Test
    void a_chat_product_lives_on_with_another_base_url_and_another_key() throws Exception {
        install();
        try (TestServer server = TestServer.on("lago_client", TestClock.startingAt("2026-03-15T12:00:00Z"),
                Map.of("BILLING_JOBS", "off"))) {
            Ran life = run("node", "life.mjs", server.address() + "/api/v1", server.keyOf("chat"));
            assertThat(life.status()).as(life.output()).isZero();
        }
    }

    private static void install() throws IOException, InterruptedException {
        assumeTrue(isThere("node") && isThere("npm"), "needs Node and npm");
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "life.mjs")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Ran fetched = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assumeTrue(fetched.status() == 0, () -> "Lago's client could not be fetched: " + fetched.output());
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Ran run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
