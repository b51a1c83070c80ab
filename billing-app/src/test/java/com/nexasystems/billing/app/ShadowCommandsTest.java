package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.simulator.BillerRules;
import com.nexasystems.billing.simulator.CompanySpec;
import com.nexasystems.billing.simulator.Deviation;
import com.nexasystems.billing.simulator.SimulatedCompany;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command by itself, each in a process of its own as far as the database can tell. */
class ShadowCommandsTest {

    private static final String COMPANY = "hosting_commands";
    private static final String ENGINE = "shadow_commands";

    @TempDir
    private Path folder;
    private Cli cli;

    @BeforeAll
    static void invent() {
        TestDatabase.fresh(COMPANY);
        write(CompanySpec.of(11).withSize(12, 30).withHoursPerRecord(24).withMonths(2, LocalDate.of(2026, 9, 1))
                .withRules(BillerRules.plain().withRounding(BillerRules.RoundingLevel.TOTAL, RoundingMode.HALF_EVEN))
                .withDeviations(Set.of(Deviation.OLD_PRICE, Deviation.BAD_ROW, Deviation.NOT_BILLED)), COMPANY);
    }

    private static void write(CompanySpec spec, String schema) {
        Map<String, String> server = TestDatabase.environment();
        try (Connection connection = DriverManager.getConnection(server.get("BILLING_DB_URL"), server.get("BILLING_DB_USER"),
                server.get("BILLING_DB_PASSWORD"))) {
            SimulatedCompany.of(spec).writeTo(connection, schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void forget() {
        TestDatabase.fresh(COMPANY);
    }

    @BeforeEach
    void register() {
        cli = Cli.onDatabase(folder, TestDatabase.fresh(ENGINE))
                .with(Map.of("BILLING_SOURCE_PASSWORD", TestDatabase.environment().get("BILLING_DB_PASSWORD")));
        cli.run("services", "add", "hosting", "Hosting <script>alert(1)</script> & Söhne");
    }

    private Cli.Answer shadow(String... arguments) {
        return cli.run(Stream.concat(Stream.of("shadow"), Arrays.stream(arguments)).toList());
    }

    private Cli.Answer importCompany(String... more) {
        var arguments = new ArrayList<>(List.of("shadow", "import", "--source-url",
                TestDatabase.environment().get("BILLING_DB_URL"), "--source-user",
                TestDatabase.environment().get("BILLING_DB_USER")));
        if (Stream.of(more).noneMatch(option -> option.startsWith("--source-schema"))) {
            arguments.addAll(List.of("--source-schema", COMPANY));
        }
        arguments.addAll(List.of(more));
        return cli.run(arguments);
    }

    private void reconciled() {
        importCompany();
        assertThat(shadow("adopt", "--rounding", "total", "--mode", "half_even", "--by", "ada").code()).isZero();
        assertThat(shadow("reconcile").code()).isZero();
    }

    // --- import

    @Test
    void an_import_tells_what_went_in_and_which_rows_failed() throws IOException {
        Cli.Answer answer = importCompany("--problems", "problems.csv");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("Imported", "| subscription |", "Go on with");
        assertThat(answer.err()).contains("the role could change", "GRANT SELECT ON " + COMPANY + ".users",
                "failed: plan ", "price_monthly: is not a number: NaN", "fortnightly");
        assertThat(Files.readAllLines(folder.resolve("problems.csv"))).contains("kind,id,outcome,reason")
                .anyMatch(line -> line.startsWith("plan,") && line.contains(",failed,"));
        Map<?, ?> again = importCompany("--json").json();
        assertThat(again.get("rows").toString()).contains("user={created=Number[text=0]");
    }

    @Test
    void a_dry_run_keeps_nothing() {
        assertThat(importCompany("--dry-run").out()).startsWith("Would be imported");
        assertThat(shadow("reconcile").err()).contains("has imported nothing yet");
    }

    @Test
    void a_bad_option_of_an_import_is_named() {
        String source = "--source-url " + TestDatabase.environment().get("BILLING_DB_URL") + " --source-user "
                + TestDatabase.environment().get("BILLING_DB_USER");
        each("""
        --zone Mars/Olympus              | --zone: is no time zone such as America/Toronto
        --currency XYZ                   | --currency: is no ISO 4217 code such as CAD
        --cpu-hour-price -1              | --cpu-hour-price: must not be negative
        --service chat                   | --service: does not exist: chat; 'billing services list'
        --source-schema nowhere          | --source-schema: the
        --source-schema No-Schema        | --source-schema: must be lower-case letters
        --problems missing/file.csv      | --problems: the folder does not exist
        --source-url mysql://x/y         | --source-url: must begin with jdbc:postgresql:
        --source-url jdbc:postgresql://localhost/x?password=s3cret | --source-url: must hold no password
        --source-url postgres://ada:s3cret@localhost/x             | BILLING_SOURCE_PASSWORD instead
        """, (options, message) -> {
            String whole = "shadow import " + (options.contains("--source-url") ? options : source + " " + options);
            Cli.Answer answer = cli.run(whole.split(" +"));
            assertThat(answer.code()).as(options).isEqualTo(2);
            assertThat(answer.out()).as(options).isEmpty();
            assertThat(answer.err()).as(options).contains(message).doesNotContain("s3cret").doesNotContain("\tat ");
        });
    }

    private static void each(String table, BiConsumer<String, String> check) {
        table.lines().map(line -> line.split("\\|")).forEach(cells -> check.accept(cells[0].strip(), cells[1].strip()));
    }

    @Test
    void a_source_that_is_missing_or_cannot_be_reached_is_named() {
        assertThat(shadow("import").err()).contains("--source-url: is mandatory");
        Cli.Answer unreachable = cli.with(Map.of("BILLING_SOURCE_PASSWORD", "hunter2")).run("shadow", "import",
                "--source-url", "jdbc:postgresql://127.0.0.1:1/x", "--source-user", "reader");
        assertThat(unreachable.code()).isEqualTo(3);
        assertThat(unreachable.err()).contains("--source-url: the application's database cannot be read",
                "BILLING_SOURCE_PASSWORD").doesNotContain("hunter2").doesNotContain("\tat ");
        assertThat(cli.run("config").out()).contains("BILLING_SOURCE_PASSWORD").doesNotContain("hunter2");
    }

    @Test
    void which_service_must_be_said_where_there_are_several() {
        cli.run("services", "add", "chat", "Chat");
        assertThat(shadow("reconcile").err()).contains("--service: is mandatory, since there are several: ");
        assertThat(Cli.onDatabase(folder, TestDatabase.fresh("shadow_empty")).run("shadow", "reconcile").err())
                .contains("--service: there is no service yet; 'billing services add CODE NAME'");
    }

    // --- reconcile, infer, adopt

    @Test
    void rules_are_found_adopted_and_compared_by() {
        importCompany();
        Cli.Answer found = shadow("infer");
        assertThat(found.code()).isZero();
        assertThat(found.out()).contains("Found: rounded on the total HALF_EVEN", "adopt --service hosting --inferred");
        Cli.Answer adopted = shadow("adopt", "--inferred", "--by", "ada");
        assertThat(adopted.out()).contains("Adopted: rounded on the total HALF_EVEN");
        Cli.Answer compared = shadow("reconcile");
        assertThat(compared.code()).isZero();
        assertThat(compared.out()).startsWith("Coverage ").contains("Compared by rounded on the total HALF_EVEN",
                "What the differences come from", "not_billed", "Go on with");
        Map<?, ?> json = shadow("reconcile", "--from", "2026-08-01", "--tolerance", "0", "--json").json();
        assertThat(json.keySet().stream().map(Object::toString)).contains("coverage", "months", "unlinked", "causes",
                "differences", "digest");
        assertThat(shadow("infer", "--json").json().get("decided")).isEqualTo(true);
    }

    @Test
    void what_cannot_be_done_is_named() {
        each("""
        reconcile --from 2026-13-01                   | --from: is no day
        reconcile --from yesterday                    | --from: is written YYYY-MM-DD
        reconcile --tolerance 1                       | --tolerance: is at most 0.05
        reconcile                                     | has imported nothing yet
        infer                                         | has imported nothing yet
        adopt --by ada                                | --inferred: is mandatory
        adopt --inferred --mode up --by ada           | --inferred: goes without
        adopt --mode up                               | --by: is mandatory
        adopt --mode sideways --by ada                | has imported nothing yet
        report --format xlsx                          | --out: is mandatory with --format xlsx
        report --format pdf                           | --format: must be one of table, csv, xlsx, json
        report --status open                          | --status: must be one of match, delta, resolved
        report --month 2026-1                         | --month: is written YYYY-MM
        resolve --subscription x --period 2026-08-01 --by ada            | --note: is mandatory
        resolve --subscription x --period 2026-08-01 --note n            | --by: is mandatory
        resolve --subscription x --period 2026-08-01 --note n --by ada   | --subscription: no compared period of x
        certificate --by ada                          | has not been reconciled yet
        certificate                                   | --by: is mandatory
        certificate --by ada --out file.txt           | --out: must end with .html, .pdf or .json
        cutover                                       | --by: is mandatory
        cutover --check --cycles 0                    | --cycles: is between 1 and 36
        cutover --check --threshold -1                | --threshold: must not be negative
        revert --by ada                               | has no cut-over that is in force
        prune                                         | --by: is mandatory
        nonsense                                      | Unmatched argument
        """, (arguments, message) -> {
            Cli.Answer answer = shadow(arguments.split(" +"));
            assertThat(answer.code()).as(arguments).isEqualTo(2);
            assertThat(answer.err()).as(arguments).startsWith("billing: ").contains(message).doesNotContain("\tat ");
        });
    }

    @Test
    void bad_rules_are_named() {
        importCompany();
        for (String[] bad : new String[][] {{"--mode", "sideways"}, {"--mode", "unnecessary"}, {"--rounding", "some"},
                {"--tax", "maybe"}, {"--proration", "by_hour"}, {"--quota", "double"}, {"--usage-zone", "Mars"},
                {"--shift", "soon"}}) {
            assertThat(shadow("adopt", bad[0], bad[1], "--by", "ada").err()).startsWith("billing: " + bad[0] + ": ");
        }
    }

    // --- report, resolve

    @Test
    void rows_are_told_in_every_format() throws IOException {
        reconciled();
        assertThat(shadow("report", "--status", "delta").out()).contains("| Subscription", "not_billed", " rows");
        assertThat(shadow("report", "--format", "csv").out()).startsWith("subscription,from,to,currency,status,computed")
                .contains(",main_cause,missing_usage,");
        assertThat(shadow("report", "--status", "delta", "--format", "xlsx", "--out", "rows.xlsx").code()).isZero();
        assertThat(Files.size(folder.resolve("rows.xlsx"))).isGreaterThan(1000);
        List<?> deltas = (List<?>) shadow("report", "--status", "delta", "--json").json().get("rows");
        List<?> august = (List<?>) shadow("report", "--month", "2026-08", "--format", "json").json().get("rows");
        assertThat(deltas).isNotEmpty();
        assertThat(august).isNotEmpty().allMatch(row -> ((Map<?, ?>) row).get("from").toString().startsWith("2026-08"));
        Object one = ((Map<?, ?>) deltas.get(0)).get("subscription");
        assertThat((List<?>) shadow("report", "--subscription", one.toString(), "--json").json().get("rows")).isNotEmpty()
                .allMatch(row -> ((Map<?, ?>) row).get("subscription").equals(one));
    }

    @Test
    void a_difference_is_accepted_only_as_it_was_looked_at() {
        reconciled();
        Map<?, ?> row = firstDelta();
        String[] resolve = {"resolve", "--subscription", row.get("subscription").toString(), "--period",
                row.get("from").toString(), "--note", "known", "--by", "ada"};
        Cli.Answer shown = shadow(resolve);
        assertThat(shown.code()).isEqualTo(2);
        assertThat(shown.err()).contains("nothing was accepted", "--computed ", "--charged ");

        Cli.Answer stale = shadow(with(resolve, "--computed", "0.01", "--charged", row.get("charged").toString()));
        assertThat(stale.code()).isEqualTo(2);
        assertThat(stale.err()).contains("--computed: the figures are ", "by now; look at the difference again");

        Cli.Answer accepted = shadow(with(resolve, "--computed", row.get("computed").toString(), "--charged",
                row.get("charged").toString()));
        assertThat(accepted.code()).isZero();
        assertThat(accepted.out()).contains("Accepted by ada: known");
        assertThat(shadow(resolve).err()).contains("--period: is accepted already: known");
        assertThat(shadow("report", "--status", "resolved").out()).contains(row.get("subscription").toString());
    }

    private Map<?, ?> firstDelta() {
        return (Map<?, ?>) ((List<?>) shadow("report", "--status", "delta", "--json").json().get("rows")).get(0);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    // --- certificates

    @Test
    void a_certificate_holds_until_rows_change_and_an_altered_one_never() throws IOException {
        reconciled();
        accept("a note with <b>tags</b> & </script>");
        Cli.Answer issued = shadow("certificate", "--by", "Ada <script>", "--out", "c.json", "--out", "c.html", "--out",
                "c.pdf");
        assertThat(issued.code()).isZero();
        assertThat(issued.out()).contains("Certificate ", "Coverage ", "written: c.pdf", "certificate verify c.json");
        assertThat(verify("c.json").out()).contains(" holds: ");
        assertThat(verify("c.json").code()).isZero();
        assertThat(verify("c.html").code()).isZero();
        assertThat(verify("c.pdf").code()).isEqualTo(2);

        alter("c.json", "\"matched\":", "\"matched\":1");
        assertThat(verify("altered").code()).isEqualTo(1);
        assertThat(verify("altered").out()).contains("was altered", "something else in matched.");
        alter("c.json", "a note with", "another note with");
        assertThat(verify("altered").out()).contains("something else in waivers[0].note.");
        alter("c.json", "\"digest\":", "\"extra\":true,\"digest\":");
        assertThat(verify("altered").out()).contains("something else in extra.");
        alter("c.html", "by Ada", "by Bob");
        assertThat(verify("altered").out()).contains("something else in what is printed on it.");

        accept("and one more");
        Cli.Answer changed = cli.run("certificate", "verify", "c.json", "--json");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.text("verdict")).isEqualTo("rows_have_changed");
        TestDatabase.fresh(ENGINE);
        assertThat(verify("c.json").out()).contains("was not issued here");
    }

    @Test
    void what_names_and_notes_hold_is_text_on_a_certificate() throws IOException {
        reconciled();
        accept("a note with <b>tags</b> & </script>");
        shadow("certificate", "--by", "Ada <script>", "--out", "c.html", "--out", "c.pdf");
        String html = Files.readString(folder.resolve("c.html"));
        assertThat(html).contains("Hosting &lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne", "&lt;b&gt;tags",
                "Ada &lt;script&gt;", "size: A4").doesNotContain("<script>").doesNotContain("<b>").doesNotContain("http");
        assertThat(html.split("</script>", -1)).hasSize(2);
        try (PDDocument pdf = Loader.loadPDF(Files.readAllBytes(folder.resolve("c.pdf")))) {
            assertThat(new PDFTextStripper().getText(pdf)).contains("Certificate of parity", "Hosting <script>alert(1)",
                    "Ada <script>", "Accepted differences", "a note with <b>tags</b>").doesNotContain("service_id");
        }
    }

    @Test
    void what_is_no_certificate_is_refused() {
        cli.file("empty.json", "{}");
        cli.file("number.json", "{\"certificate\":\"7\"}");
        cli.file("page.html", "<html></html>");
        cli.file("broken.json", "{");
        assertThat(verify("missing.json").err()).contains("FILE: does not exist");
        assertThat(verify("empty.json").err()).contains("FILE: is no certificate: it has no field 'certificate'");
        assertThat(verify("number.json").err()).contains("FILE: names no certificate: 7");
        assertThat(verify("page.html").err()).contains("FILE: is no certificate: no data are in it");
        assertThat(verify("broken.json").err()).contains("FILE: is not valid JSON");
    }

    private Cli.Answer verify(String name) {
        return cli.run("certificate", "verify", name);
    }

    private void alter(String name, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(name));
        assertThat(text).contains(from);
        cli.bytes("altered", text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    private void accept(String note) {
        Map<?, ?> row = firstDelta();
        assertThat(shadow("resolve", "--subscription", row.get("subscription").toString(), "--period",
                row.get("from").toString(), "--computed", row.get("computed").toString(), "--charged",
                row.get("charged").toString(), "--note", note, "--by", "ada").code()).isZero();
    }

    // --- cut-over, prune

    @Test
    void a_closed_gate_names_its_reasons_and_changes_nothing() {
        reconciled();
        Cli.Answer looked = shadow("cutover", "--check");
        assertThat(looked.code()).isEqualTo(1);
        assertThat(looked.out()).contains("The gate is closed", "import", "missing: ", "way out: ");
        Cli.Answer refused = shadow("cutover", "--by", "ada", "--json");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.json().get("open")).isEqualTo(false);
        assertThat(refused.json().get("cut_over")).isNull();
        assertThat(shadow("revert", "--by", "ada").code()).isEqualTo(2);
    }

    @Test
    void an_open_gate_flips_and_the_flip_can_be_taken_back() {
        TestDatabase.fresh("hosting_right");
        write(CompanySpec.of(12).withSize(6, 12).withHoursPerRecord(24).withMonths(2, LocalDate.of(2026, 9, 1))
                .withRules(BillerRules.plain()).withoutDeviations(), "hosting_right");
        cli.at(Instant.parse("2026-09-08T12:00:00Z"));
        assertThat(importCompany("--source-schema=hosting_right").code()).isZero();
        assertThat(shadow("reconcile").out()).contains("Coverage 100.00 %");
        Cli.Answer looked = shadow("cutover", "--check");
        assertThat(looked.code()).isZero();
        assertThat(looked.out()).contains("The gate is open: ", "Nothing was changed.");
        assertThat(shadow("cutover", "--check", "--user", "nobody").out())
                .contains("no shadow subscription to flip of user nobody");

        Cli.Answer flipped = shadow("cutover", "--by", "ada");
        assertThat(flipped.code()).isZero();
        assertThat(flipped.out()).contains("are billed by this engine", "What happens next",
                "shadow revert --service hosting");
        assertThat(shadow("prune", "--by", "ada").err()).contains("has been cut over to this engine");
        assertThat(shadow("revert", "--by", "ada", "--json").text("by")).isEqualTo("ada");
        assertThat(shadow("revert", "--by", "ada").err()).contains("has no cut-over that is in force");
        TestDatabase.fresh("hosting_right");
    }

    @Test
    void a_prune_tells_what_it_removed() {
        reconciled();
        Cli.Answer pruned = shadow("prune", "--by", "ada");
        assertThat(pruned.code()).isZero();
        assertThat(pruned.out()).contains("Removed from the shadow of hosting", "| subscriptions ");
        assertThat(shadow("reconcile").err()).contains("has imported nothing yet");
    }

    @Test
    void help_is_there_for_all_of_it() {
        for (String command : List.of("import", "reconcile", "infer", "adopt", "report", "resolve", "certificate", "cutover",
                "revert", "prune")) {
            Cli.Answer help = shadow(command, "--help");
            assertThat(help.code()).as(command).isZero();
            assertThat(help.out()).startsWith("Usage: billing shadow " + command).contains("--service");
        }
        assertThat(cli.run("certificate", "verify", "--help").out()).contains("FILE");
    }
}
