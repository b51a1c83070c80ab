package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ingests and posts in processes of their own that are killed at random points, and goes on. {@code -Dbilling.killed=20}
 * kills more often, and {@code -Dbilling.seed} elsewhere.
 */
class KilledLedgerTest {

    private static final int KILLS = Integer.getInteger("billing.killed", 1);
    private static final long SEED = Long.getLong("billing.seed", 20261128);
    private static final int INVOICES = 300;
    private static final String SCHEMA = "killed_ledger";

    @TempDir
    private Path folder;
    private final Random random = new Random(SEED);

    @Test
    void every_fact_is_posted_once_however_often_it_is_killed() throws Exception {
        Cli cli = Cli.onDatabase(folder, TestDatabase.fresh(SCHEMA));
        try (var company = new BilledCompany()) {
            for (int i = 0; i < INVOICES; i++) {
                company.stripe().put(BilledCompany.invoice("in_" + i, "Hosting").paid(11_300, BilledCompany.MARCH));
            }
            cli.with(company.settings());
            int atWork = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int until = company.stripe().requests().size() + 1 + random.nextInt(2 * INVOICES);
                atWork += killed(company, () -> company.stripe().requests().size() >= until, "ingest", "--from", "stripe");
            }
            assertThat(cli.run("ledger", "ingest", "--from", "stripe").code()).isZero();
            for (int kill = 0; kill < KILLS; kill++) {
                long before = posted();
                atWork += killed(company, () -> posted() > before, "post", "--all", "--by", "ada");
            }
            assertThat(atWork).as("killed while at work, seed " + SEED).isPositive();
            Cli.Answer rest = cli.run("ledger", "post", "--all", "--by", "ada");
            assertThat(rest.err()).as("seed " + SEED).isEmpty();
            assertThat(posted()).as("seed " + SEED).isEqualTo(2L * INVOICES);
            assertThat(cli.run("ledger", "ingest", "--from", "stripe").out()).as("seed " + SEED)
                    .contains("0 drafts are new or different, 0 are as they were; " + 2 * INVOICES + " entries are posted");
            assertThat(cli.run("ledger", "report", "trial-balance", "--format", "csv").out()).as("seed " + SEED)
                    .contains("clearing:stripe,CAD,33900.00,", "receivable,CAD,,", "revenue:hosting,CAD,,30000.00");
            assertThat(cli.run("ledger", "verify").code()).as("seed " + SEED).isZero();
        }
    }

    /** @return 1 if it was at work when it was killed, 0 if it had ended by itself */
    private int killed(BilledCompany company, BooleanSupplier now, String... arguments) throws Exception {
        Process child = start(company, arguments);
        long began = System.nanoTime();
        while (child.isAlive() && !now.getAsBoolean()) {
            if (System.nanoTime() - began > Duration.ofMinutes(3).toNanos()) {
                throw new AssertionError("the child did not get that far: " + Files.readString(folder.resolve("child.log")));
            }
            Thread.sleep(2);
        }
        int atWork = child.isAlive() ? 1 : 0;
        child.destroyForcibly().waitFor();
        return atWork;
    }

    private Process start(BilledCompany company, String... arguments) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        var command = new ArrayList<>(List.of(java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "ledger"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("child.log").toFile()));
        builder.environment().putAll(TestDatabase.environment());
        builder.environment().putAll(company.settings());
        builder.environment().put("BILLING_DB_SCHEMA", SCHEMA);
        return builder.start();
    }

    private static long posted() {
        Map<String, String> database = TestDatabase.environment();
        try (Connection connection = DriverManager.getConnection(database.get("BILLING_DB_URL"),
                database.get("BILLING_DB_USER"), database.get("BILLING_DB_PASSWORD"));
             var statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT count(*) FROM " + SCHEMA + ".journal_entry")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
