package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and services at the machine, beside a server on the same database. */
class KeysCommandTest {

    private static final String SCHEMA = "keys_command";

    @TempDir
    private Path folder;

    @Test
    void who_is_at_the_machine_never_is_without_a_key() {
        Cli cli = Cli.onDatabase(folder, SCHEMA);
        try (TestServer server = TestServer.on(SCHEMA, Map.of("BILLING_JOBS", "off"))) {
            String operator = cli.run("keys", "issue", "--name", "lost the first").out().strip();
            assertThat(server.get("/api/v1/services", "Authorization", "Bearer " + operator).statusCode()).isEqualTo(200);
            assertThat(cli.run("services", "add", "chat", "Chat").code()).isZero();
            assertThat(cli.run("services", "list", "--json").out()).contains("\"code\":\"chat\"");
            Map<?, ?> issued = cli.run("keys", "issue", "chat", "--scopes", "read,usage", "--json").json();
            assertThat(issued.get("scopes")).isEqualTo(List.of("read", "usage"));
            String authorization = "Bearer " + issued.get("secret");
            assertThat(server.get("/api/v1/plans", "Authorization", authorization).statusCode()).isEqualTo(200);
            Cli.Answer listed = cli.run("keys", "list", "chat");
            assertThat(listed.out()).contains((String) issued.get("id")).contains("read, usage")
                    .doesNotContain((String) issued.get("secret"));
            assertThat(cli.run("keys", "revoke", (String) issued.get("id")).out()).startsWith("revoked: command line");
            assertThat(server.get("/api/v1/plans", "Authorization", authorization).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void what_cannot_be_done_is_said() {
        Cli cli = Cli.onDatabase(folder, TestDatabase.fresh("keys_refused"));
        assertThat(cli.run("keys", "issue", "nobody").err()).contains("SERVICE: does not exist: nobody");
        assertThat(cli.run("keys", "issue", "--scopes", "read").err()).contains("--scopes: are for keys of a service");
        assertThat(cli.run("keys", "revoke", "nonsense").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("services", "add", "Chat!", "Chat").code()).isEqualTo(ExitCode.USAGE);
    }
}
