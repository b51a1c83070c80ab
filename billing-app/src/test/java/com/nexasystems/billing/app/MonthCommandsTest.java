package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month through the commands: load, bill, look, ask. */
class MonthCommandsTest {

    private static final String HEADER = "customer,deployment,hour_start,cpu_seconds";

    @TempDir
    private Path folder;
    private Cli cli;

    @BeforeEach
    void newSchema() {
        cli = Cli.onDatabase(folder, "t" + UUID.randomUUID().toString().replace("-", ""));
    }

    @Test
    void a_month_from_usage_to_an_explained_record() {
        Path file = cli.file("march.csv", HEADER, "ada,we/b,2026-03-01T00:00:00Z,20000", "ada,we/b,2026-03-31T23:00:00Z,5200",
                "bob,api,2026-03-02T00:00:00Z,7");

        Cli.Answer loaded = cli.run("usage", "load", file.toString());
        assertThat(loaded.out()).isEqualTo("3 rows stored, 0 duplicates, 0 replaced, 0 refused\n");
        assertThat(loaded.err()).contains("setting up the sample catalogue");

        Cli.Answer preview = cli.run("bill", "--period", "2026-03", "--dry-run", "--json");
        assertThat(preview.out()).contains("\"dry_run\":true").contains("\"drafted\":{\"invoices\":2");
        assertThat(cli.run("invoices", "--json").out()).isEqualTo("{\"invoices\":[]}\n");

        Cli.Answer billed = cli.run("bill", "--period", "2026-03", "--json");
        assertThat(billed.out()).contains("\"finalised\":{\"invoices\":2,\"totals\":[{\"currency\":\"CAD\",\"invoices\":2,"
                + "\"subtotal\":\"40.02\",\"tax\":\"5.20\",\"total\":\"45.22\"}]}", "\"failed\":0");
        assertThat(cli.run("bill", "--period", "2026-03", "--json").out()).contains("\"drafted\":{\"invoices\":0");

        assertThat(cli.run("invoices", "--period", "2026-03", "--largest", "--json").out())
                .contains("\"total\":\"22.62\"").contains("\"subscription\":\"we/b\"");
        assertThat(cli.run("invoices", "--period", "2026-02", "--json").out()).isEqualTo("{\"invoices\":[]}\n");
        assertThat(cli.run("explain", "HOSTING-000001").out()).contains("units: 7200 × 0.0075 ÷ 3600 = 0.015");
        assertThat(cli.run("explain", "HOSTING-000001", "2").out()).startsWith("Line 2");
        Map<?, ?> explained = cli.run("explain", "HOSTING-000001", "--json").json();
        assertThat((List<?>) explained.get("lines")).hasSize(2);
        assertThat(cli.run("explain", (String) explained.get("id")).out()).startsWith("Invoice HOSTING-000001");

        Cli.Answer counted = cli.run("explain-usage", "we/b/cpu_seconds/2026-03-01T00:00:00Z", "--json");
        assertThat(counted.text("verdict")).isEqualTo("counted");
        assertThat(counted.text("quantity")).isEqualTo("20000");
        assertThat(cli.run("explain-usage", counted.text("record")).out()).contains("Invoice HOSTING-000001", "Line 2");
        assertThat(cli.run("explain-usage", "api/cpu_seconds/2026-03-02T00:00:00Z").out()).contains("counted at no charge");
    }

    @Test
    void loading_again_counts_nothing_twice_and_corrections_are_asked_for() {
        Path file = cli.file("march.csv", HEADER, "ada,web,2026-03-01T00:00:00Z,5");
        cli.run("usage", "load", file.toString());
        assertThat(cli.run("usage", "load", file.toString()).out()).startsWith("0 rows stored, 1 duplicates");
        Path corrected = cli.file("corrected.csv", HEADER, "ada,web,2026-03-01T00:00:00.000Z,6");
        Cli.Answer refused = cli.run("usage", "load", corrected.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).isEqualTo("row 2, cpu_seconds: conflict: 6 for what is stored with 5\n");
        assertThat(cli.run("usage", "load", "--replace", corrected.toString(), "--json").out()).isEqualTo(
                "{\"stored\":0,\"duplicates\":0,\"replaced\":1,\"late\":0,\"refused\":0}\n");
    }

    @Test
    void a_deployment_that_is_there_stays_with_its_customer() {
        cli.run("usage", "load", cli.file("march.csv", HEADER, "ada,web,2026-03-01T00:00:00Z,5").toString());
        Cli.Answer answer = cli.run("usage", "load", cli.file("more.csv", HEADER, "bob,web,2026-03-01T01:00:00Z,5",
                "bob,api,2026-03-01T01:00:00Z,5").toString());
        assertThat(answer.err()).isEqualTo(
                "row 2, customer: deployment 'web' is there and belongs to another customer than 'bob'\n");
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void general_columns_name_their_subscription_and_metric() {
        cli.run("usage", "load", cli.file("march.csv", HEADER, "ada,web,2026-03-01T00:00:00Z,5").toString());
        Path file = cli.file("general.csv", "subscription,metric,start,end,quantity,idempotency_key",
                "web,cpu_seconds,2026-03-02T00:00:00Z,2026-03-02T01:00:00Z,5,k1", "web,cpu_seconds,2026-03-02T00:00:00Z,,2,k2",
                "web,disk,2026-03-02T00:00:00Z,,2,k3", "nobody,cpu_seconds,2026-03-02T00:00:00Z,,2,k4",
                "web,cpu_seconds,2026-03-02T00:00:00Z,2026-03-01T00:00:00Z,2,k5", "web,cpu_seconds,2026-03-02T00:00:00Z,,2,");
        Cli.Answer answer = cli.run("usage", "load", file.toString());
        assertThat(answer.out()).startsWith("2 rows stored");
        assertThat(answer.err().lines()).containsExactly("row 4, metric: does not exist: disk",
                "row 5, subscription: not found: nobody", "row 6, end: must be after the start: 2026-03-01T00:00:00Z",
                "row 7, idempotency_key: is mandatory");
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void what_does_not_exist_is_named() {
        assertThat(cli.run("explain", "X-1").err()).isEqualTo("billing: INVOICE: there is no invoice with the number or id X-1\n");
        assertThat(cli.run("explain-usage", "a/b/c").err()).contains("RECORD: there is no usage record a/b/c");
        assertThat(cli.run("explain-usage", "abc").err()).contains("RECORD: is written SUBSCRIPTION/METRIC/KEY");
        assertThat(cli.run("bill", "--period", "2026-13").err()).contains("--period: is no month: 2026-13");
        assertThat(cli.run("bill").err()).contains("Missing required option: '--period");
        assertThat(cli.run("invoices", "--limit", "0").err()).contains("--limit: must be from 1");
        assertThat(cli.run("usage", "load", "x.csv").err()).contains("FILE: does not exist");
        assertThat(cli.run("usage", "load", "--service", "chat",
                cli.file("m.csv", HEADER, "ada,web,2026-03-01T00:00:00Z,5").toString()).err())
                .contains("--service: does not exist: chat");
        assertThat(cli.run("nonsense").code()).isEqualTo(2);
        assertThat(cli.run("usage").code()).isEqualTo(2);
        assertThat(cli.run().code()).isEqualTo(2);
    }

    @Test
    void nothing_beyond_now_is_billed() {
        cli.run("usage", "load", cli.file("march.csv", HEADER, "ada,web,2026-03-01T00:00:00Z,5").toString());
        Cli.Answer answer = cli.run("bill", "--period", "2999-01", "--dry-run", "--json");
        assertThat(answer.text("as_of")).startsWith("20");
    }

    @Test
    void help_names_the_exit_codes() {
        Cli.Answer help = cli.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Exit codes:", "demo", "price", "usage", "bill", "explain-usage");
        assertThat(cli.run("usage", "load", "--help").out()).contains("--replace");
        assertThat(cli.run("--version").out()).startsWith("billing ");
    }
}
