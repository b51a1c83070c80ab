package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** As it is: 20.00 CAD, 18 000 CPU-seconds included, 480 000 more for a CAD. As it would be: 15.00, none, 240 000. */
class SimulateCommandTest {

    private static final String CHANGED = """
            {"plan": {"code": "hosting-monthly", "name": "x", "interval": "monthly", "amount_cents": 1500,
             "amount_currency": "CAD", "pay_in_advance": false, "charges": [{"billable_metric_code": "cpu_seconds",
              "charge_model": "standard", "properties": {"amount": "0.015", "unit_batch": "3600"}}]}}""";

    @TempDir
    private Path folder;
    private Cli cli;

    @BeforeEach
    void march() {
        cli = Cli.onDatabase(folder, "t" + UUID.randomUUID().toString().replace("-", ""));
        Path usage = cli.file("march.csv", "customer,deployment,hour_start,cpu_seconds",
                "ada,web,2026-03-01T00:00:00Z,978000", "\"=1+1\",api,2026-03-02T00:00:00Z,18000",
                "cid,job,2026-03-03T00:00:00Z,4818000", "dan,lab,2026-03-04T00:00:00Z,2382000");
        cli.run("usage", "load", usage.toString());
        cli.file("plan.json", CHANGED);
    }

    @Test
    void tells_what_would_have_changed_and_for_whom() {
        Cli.Answer answer = cli.run("simulate", "--plan", "plan.json", "--period", "2026-03");
        assertThat(answer.code()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).startsWith("Plan hosting-monthly as in plan.json\n"
                + "2026-03-01 to 2026-03-31, 4 customers, 4 billing periods, CAD before tax\n");
        assertThat(answer.out().lines().map(line -> line.replaceAll(" +", " "))).contains(
                "difference -2.76 CAD (-2.85 %), before rounding -2.775",
                "| would pay less | 2 | -7.84 |", "| would pay more | 1 | +5.08 |", "| would pay the same | 1 | 0.00 |",
                "| =1+1 | 1 | 20.00 | 15.08 | -4.92 |", "| cid | 1 | 30.00 | 35.08 | +5.08 |");
        assertThat(answer.out().lines().map(line -> line.replaceAll(" *[ #+|-]*$", "").replaceAll(" +", " "))).contains(
                "| Before | 96.93", "| flat price | -20.00", "| charge cpu_seconds | +17.24", "| After | 94.17");
    }

    @Test
    void tells_it_as_json() {
        Map<?, ?> json = cli.run("simulate", "--plan", "plan.json", "--period", "2026-03-01..2026-03-31", "--json").json();
        assertThat(json.get("before")).isEqualTo("96.93");
        assertThat(json.get("after")).isEqualTo("94.17");
        assertThat(json.get("difference")).isEqualTo("-2.76");
        assertThat(json.get("exact_difference")).isEqualTo("-2.775");
        assertThat(all(json, "parts", "difference")).isEqualTo(List.of("-20.00", "17.24"));
        assertThat(all(json, "winners", "customer")).isEqualTo(List.of("=1+1", "ada"));
        assertThat(all(json, "losers", "customer")).isEqualTo(List.of("cid"));
    }

    private static List<?> all(Map<?, ?> json, String list, String field) {
        return ((List<?>) json.get(list)).stream().map(one -> ((Map<?, ?>) one).get(field)).toList();
    }

    @Test
    void writes_the_customers_for_a_spreadsheet_and_no_formula() throws IOException {
        assertThat(cli.run("simulate", "--plan", "plan.json", "--period", "2026-03", "--csv", "out.csv",
                "--xlsx", "out.xlsx", "--svg", "out.svg").code()).isZero();
        assertThat(Files.readString(folder.resolve("out.csv")).lines()
                .map(line -> line.replaceFirst("^[0-9a-f-]{36}", "ID")))
                .containsExactlyInAnyOrder("customer_id,customer,subscriptions,periods,currency,before,after,difference,"
                        + "difference flat price,difference charge cpu_seconds,exact_before,exact_after,exact_difference",
                        "ID,ada,1,1,CAD,22.00,19.08,-2.92,-5.00,2.08,22,19.075,-2.925",
                        "ID,'=1+1,1,1,CAD,20.00,15.08,-4.92,-5.00,0.08,20,15.075,-4.925",
                        "ID,cid,1,1,CAD,30.00,35.08,5.08,-5.00,10.08,30,35.075,5.075",
                        "ID,dan,1,1,CAD,24.93,24.93,0.00,-5.00,5.00,24.925,24.925,0");
        String customers = sheet("xl/worksheets/sheet1.xml");
        assertThat(customers).contains("&apos;=1+1</t>", "<t>19.075</t>", "<v>-4.92</v>", "<v>35.08</v>")
                .doesNotContain("<f>", ">=1+1<");
        assertThat(sheet("xl/worksheets/sheet2.xml")).contains("charge cpu_seconds", "<v>17.24</v>", "<v>94.17</v>");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("march.csv", "plan.json",
                    "out.csv", "out.xlsx", "out.svg");
        }
    }

    @Test
    void draws_a_picture_that_is_well_formed_and_runs_nothing() throws Exception {
        cli.run("simulate", "--plan", cli.file("<plan> & \"more\".json", CHANGED).toString(), "--period", "2026-03",
                "--svg", "out.svg");
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(folder.resolve("out.svg").toFile());
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Plan hosting-monthly as in <plan> & \"more\".json");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getDocumentElement().getTextContent()).contains("Before", "96.93", "flat price", "-20.00",
                "charge cpu_seconds", "+17.24", "After", "94.17");
    }

    @Test
    void bad_input_is_named_and_leaves_no_file() throws IOException {
        failed("--plan: is mandatory", "simulate");
        failed("--period: is mandatory", "simulate", "--plan", "plan.json");
        failed("--period: is written FROM..TO", "simulate", "--plan", "plan.json", "--period", "march");
        failed("--period: is no month or day: 2026-02-30", "simulate", "--plan", "plan.json", "--period",
                "2026-02..2026-02-30");
        failed("--period: ends before it begins", "simulate", "--plan", "plan.json", "--period", "2026-03..2026-02");
        failed("none.json, the file: does not exist", "simulate", "--plan", "none.json", "--period", "2026-03");
        failed("--from-plan: does not exist: other", "simulate", "--plan", "plan.json", "--period", "2026-03", "--from-plan",
                "other");
        cli.file("other.json", CHANGED.replace("hosting-monthly", "other"));
        failed("--from-plan: is mandatory, since the plan of the file does not exist: other", "simulate", "--plan",
                "other.json", "--period", "2026-03");
        cli.file("yearly.json", CHANGED.replace("monthly\", \"amount", "yearly\", \"amount"));
        failed("interval: is YEARLY, but plan hosting-monthly is MONTHLY", "simulate", "--plan", "yearly.json", "--period",
                "2026-03", "--csv", "out.csv");
        cli.file("disk.json", CHANGED.replace("cpu_seconds", "disk"));
        failed("charges[0].metric: does not exist: disk", "simulate", "--plan", "disk.json", "--period", "2026-03");
        failed("--csv: the folder does not exist", "simulate", "--plan", "plan.json", "--period", "2026-03", "--csv",
                "nowhere/out.csv");
        failed("--svg: is a folder", "simulate", "--plan", "plan.json", "--period", "2026-03", "--csv", "out.csv", "--svg",
                folder.toString());
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("out."));
        }
    }

    @Test
    void another_plan_may_be_the_one_to_change() {
        cli.file("other.json", CHANGED.replace("hosting-monthly", "other"));
        assertThat(cli.run("simulate", "--plan", "other.json", "--from-plan", "hosting-monthly", "--period", "2026-03",
                "--json").text("difference")).isEqualTo("-2.76");
    }

    @Test
    void time_without_customers_and_cut_periods_are_mentioned() {
        assertThat(cli.run("simulate", "--plan", "plan.json", "--period", "2025-03").out())
                .contains("nobody was billed on plan hosting-monthly in that time");
        assertThat(cli.run("simulate", "--plan", "plan.json", "--period", "2026-03-02..2026-03-03").err())
                .contains("note: 4 of 4 billing periods are cut by --period");
        assertThat(cli.run("simulate", "--plan", "plan.json", "--period", "2026-03..2999-12").err())
                .contains("note: --period is not over");
    }

    @Test
    void the_example_is_a_plan_that_can_be_simulated() {
        cli.file("example.json", cli.run("simulate", "--example").out());
        assertThat(cli.run("simulate", "--plan", "example.json", "--period", "2026-03", "--json").text("before"))
                .isEqualTo("96.93");
    }

    private void failed(String message, String... arguments) {
        Cli.Answer answer = cli.run(arguments);
        assertThat(answer.err()).startsWith("billing: " + message).endsWith("\n").hasLineCount(1);
        assertThat(answer.code()).isEqualTo(2);
    }

    private String sheet(String name) throws IOException {
        try (var zip = new ZipFile(folder.resolve("out.xlsx").toFile());
             InputStream entry = zip.getInputStream(zip.getEntry(name))) {
            return new String(entry.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
