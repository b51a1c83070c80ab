package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.simulator.CompanySpec;
import com.nexasystems.billing.simulator.SimulatedCompany;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in processes of their own, on a database of their own, killed in the middle of their work. */
class KilledProcessTest {

    private static final int DEPLOYMENTS = 2000;
    private static final int HOURS = 20;
    private static final int SECONDS = 1050;

    @TempDir
    private Path folder;
    private Cli cli;

    @BeforeEach
    void useOwnServer() {
        cli = new Cli(folder).with(Map.of("BILLING_WORKERS", "1",
                "XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString()));
    }

    @Test
    void nothing_is_lost_and_nothing_counts_twice() throws Exception {
        Path file = usage();
        Process loading = start("usage", "load", file.toString(), "--json");
        waitUntil(loading, "SELECT count(*) FROM billing.usage_record", 5000);
        kill(loading);
        Cli.Answer loaded = cli.run("usage", "load", file.toString(), "--json");
        assertThat(loaded.code()).as(loaded.err()).isZero();
        long stored = Long.parseLong(loaded.text("stored"));
        long before = Long.parseLong(loaded.text("duplicates"));
        assertThat(before).isGreaterThanOrEqualTo(5000);
        assertThat(stored).isNotNegative();
        assertThat(stored + before).isEqualTo((long) DEPLOYMENTS * HOURS);

        Process billing = start("bill", "--period", "2026-03", "--json");
        waitUntil(billing, "SELECT count(*) FROM billing.invoice", 500);
        kill(billing);
        Cli.Answer billed = cli.run("bill", "--period", "2026-03", "--json");
        assertThat(billed.code()).as(billed.err()).isZero();
        assertThat(billed.text("period")).isEqualTo("2026-03");
        long drafted = Long.parseLong(((Json.Number) ((Map<?, ?>) billed.json().get("drafted")).get("invoices")).text());
        assertThat(drafted).isLessThan(DEPLOYMENTS);

        // 21 000 seconds each: 3 000 over the quota are 0.00625 CAD, a cent on the line, 20.01 with 2.60 of tax.
        List<?> invoices = (List<?>) cli.run("invoices", "--json", "--limit", "100000").json().get("invoices");
        assertThat(invoices).hasSize(DEPLOYMENTS).allSatisfy(invoice ->
                assertThat(((Map<?, ?>) invoice).get("total")).isEqualTo("22.61"));
        assertThat(invoices.stream().map(invoice -> ((Map<?, ?>) invoice).get("subscription")).distinct()).hasSize(DEPLOYMENTS);
        assertThat(invoices.stream().map(invoice -> (String) ((Map<?, ?>) invoice).get("number")).sorted().toList())
                .first().isEqualTo("HOSTING-000001");
        assertThat(invoices.stream().map(invoice -> (String) ((Map<?, ?>) invoice).get("number")).sorted().toList())
                .doesNotHaveDuplicates().last().isEqualTo("HOSTING-00" + DEPLOYMENTS);
    }

    @Test
    void an_import_that_was_killed_goes_on_without_a_duplicate() throws Exception {
        Map<String, String> source = TestDatabase.environment();
        String schema = TestDatabase.fresh("hosting_killed");
        try (Connection connection = DriverManager.getConnection(source.get("BILLING_DB_URL"), source.get("BILLING_DB_USER"),
                source.get("BILLING_DB_PASSWORD"))) {
            SimulatedCompany.of(CompanySpec.of(3).withSize(20, 60).withMonths(1, LocalDate.of(2026, 9, 1)).withoutDeviations())
                    .writeTo(connection, schema);
        }
        cli = cli.with(Map.of("BILLING_SOURCE_PASSWORD", source.get("BILLING_DB_PASSWORD")));
        cli.run("services", "add", "hosting", "Hosting");
        String[] shadow = {"shadow", "import", "--all", "--source-url", source.get("BILLING_DB_URL"), "--source-user",
                source.get("BILLING_DB_USER"), "--source-schema", schema, "--json"};
        Process importing = start(shadow);
        waitUntil(importing, "SELECT count(*) FROM billing.usage_record", 5000);
        kill(importing);
        Cli.Answer rest = cli.run(shadow);
        assertThat(rest.code()).as(rest.err()).isZero();
        long created = rows(rest, "usage", "created");
        long before = rows(rest, "usage", "unchanged");
        assertThat(before).isGreaterThanOrEqualTo(5000);
        assertThat(created).isPositive();
        Cli.Answer again = cli.run(shadow);
        assertThat(rows(again, "usage", "unchanged")).isEqualTo(created + before);
        assertThat(List.of("plan", "user", "subscription", "usage", "invoice")).allSatisfy(kind -> {
            assertThat(rows(again, kind, "created")).as(kind).isZero();
            assertThat(rows(again, kind, "updated")).as(kind).isZero();
        });
        TestDatabase.fresh(schema);
    }

    private static long rows(Cli.Answer answer, String kind, String outcome) {
        Map<?, ?> of = (Map<?, ?>) ((Map<?, ?>) answer.json().get("rows")).get(kind);
        return Long.parseLong(((Json.Number) of.get(outcome)).text());
    }

    @Test
    void two_commands_at_once_share_the_server_and_stop_it() throws Exception {
        Path file = cli.file("usage.csv", "customer,deployment,hour_start,cpu_seconds", "ada,web,2026-03-01T00:00:00Z,5");
        cli.run("usage", "load", file.toString());
        List<Process> both = List.of(start("invoices"), start("invoices"));
        for (Process process : both) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(folder.resolve("child.log"))).isZero();
        }
        assertThat(folder.resolve("billing-data/postgres/postmaster.pid")).doesNotExist();
    }

    private Path usage() {
        var lines = new ArrayList<String>();
        lines.add("customer,deployment,hour_start,cpu_seconds");
        for (int hour = 0; hour < HOURS; hour++) {
            Instant start = Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofHours(hour));
            for (int deployment = 0; deployment < DEPLOYMENTS; deployment++) {
                lines.add("customer " + deployment % 50 + ",deployment " + deployment + "," + start + "," + SECONDS);
            }
        }
        return cli.file("usage.csv", lines.toArray(String[]::new));
    }

    private Process start(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx256m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("child.log").toFile()));
        builder.environment().putAll(cli.environment());
        return builder.start();
    }

    private static void kill(Process process) throws InterruptedException {
        assertThat(process.isAlive()).as("still at work when it is killed").isTrue();
        process.destroyForcibly().waitFor();
    }

    /** Looks into the child's database, for the moment at which a part of its work is durable. */
    private void waitUntil(Process child, String count, long least) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(deadline) && child.isAlive()) {
            if (count(count) >= least) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the child did not get that far: " + Files.readString(folder.resolve("child.log")));
    }

    private long count(String sql) {
        Path data = folder.resolve("billing-data");
        try {
            int port = PostmasterFile.in(data.resolve("postgres")).orElseThrow().port();
            try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                    "billing", Files.readString(data.resolve("postgres.password")));
                 var statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        } catch (Exception notYetThere) {
            return 0;
        }
    }
}
