package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command by itself, each in a process of its own as far as the database can tell; the sources are fakes over HTTP. */
class LedgerCommandsTest {

    private static final String BOOKS = "ledger_commands";
    private static final String APPLICATION = "ledger_application";
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    private Path folder;
    private final BilledCompany company = new BilledCompany().withInvoices();
    private Cli cli;

    @BeforeEach
    void connect() {
        cli = Cli.onDatabase(folder, TestDatabase.fresh(BOOKS)).with(company.settings()).at(NOW);
    }

    @AfterEach
    void close() {
        company.close();
    }

    private Cli.Answer ledger(String... arguments) {
        return cli.run(Stream.concat(Stream.of("ledger"), Arrays.stream(arguments)).toList());
    }

    private void posted() {
        ledger("ingest");
        assertThat(ledger("post", "--all", "--by", "ada", "--bypass-reason", "a mystery indeed").code()).isZero();
    }

    @Test
    void invoices_become_drafts_that_are_reviewed_and_posted() {
        assertThat(ledger("ingest", "--dry-run").out()).startsWith("Would be ingested: 6 invoices were named");
        assertThat(ledger("review").out()).contains("There are no drafts", "The gate is closed", "ingest invoices first");

        Cli.Answer ingested = ledger("ingest");
        assertThat(ingested.code()).isEqualTo(1);
        assertThat(ingested.out()).contains("| booked        |        4 |", "| held: tax     |        1 |",
                "| skipped: void |        1 |", "5 drafts are new or different");
        assertThat(ingested.err()).contains("held: in_held: tax Levy of 11.5 % 11.50 CAD on 100.00 CAD");
        Cli.Answer again = ledger("ingest", "--json");
        assertThat(again.text("drafted")).isEqualTo("0");
        assertThat(again.text("unchanged")).isEqualTo("5");

        Cli.Answer review = ledger("review", "--sample", "2", "--seed", "x");
        assertThat(review.out()).contains("| revenue:hosting | CAD      |   0.00 | 120.00 |",
                "Lines of no family: 1 invoice\n  in_other: 'Mystery box' 100.00 CAD", "Held, because they cannot be booked",
                "(seed x)", "The gate is closed\n  families\n", "way out: add rules for them");
        assertThat(ledger("review", "--sample", "2", "--seed", "x").out()).isEqualTo(review.out());
        assertThat(ledger("post", "--all", "--by", "ada").code()).isEqualTo(1);

        cli.file("rules.yaml", "families:", "  - {family: mystery, description: mystery}",
                "  - {family: hosting, description: hosting}", "  - {family: managed, description: managed}");
        cli.with(Map.of("BILLING_LEDGER_FILE", "rules.yaml"));
        assertThat(ledger("ingest").out()).contains("1 drafts are new or different, 4 are as they were");
        Cli.Answer posted = ledger("post", "--all", "--by", "ada");
        assertThat(posted.code()).isZero();
        assertThat(posted.out()).startsWith("5 entries were posted\n");
        assertThat(ledger("ingest").out())
                .contains("0 drafts are new or different, 0 are as they were; 5 entries are posted");
    }

    @Test
    void all_drafts_wait_for_an_approval_where_the_settings_ask_for_it() {
        cli.file("rules.yaml", "families:", "  - {family: all, description: .}");
        cli.with(Map.of("BILLING_LEDGER_FILE", "rules.yaml", "BILLING_POSTING_APPROVAL_HOURS", "24"));
        ledger("ingest");
        Cli.Answer closed = ledger("post", "--all", "--by", "ada");
        assertThat(closed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(closed.out()).contains("approval", "nobody was asked to approve bulk-posting");

        Cli.Answer asked = cli.run("approvals", "ask", "bulk-posting", "--approver", "grace", "--text", "All of April?", "--by", "ada");
        assertThat(ledger("post", "--all", "--by", "ada").out()).contains("grace was asked to approve bulk-posting");
        String token = asked.out().replaceAll("(?s).*/approval_links/([^\\s]+).*", "$1");
        try (Engine engine = Engine.open(TestHost.of(BOOKS, Clock.fixed(NOW, ZoneOffset.UTC), Map.of()))) {
            engine.billing().approvalDecisions().decide(token, true, "looked at the sample");
        }

        assertThat(ledger("post", "--all", "--by", "ada").out()).startsWith("5 entries were posted\n");
    }

    @Test
    void single_entries_are_posted_and_the_others_wait() {
        ledger("ingest");
        Cli.Answer posted = ledger("post", "--id", "in_paid#invoice##1", "in_none#invoice##1", "--by", "ada", "--json");
        assertThat(posted.code()).isEqualTo(1);
        assertThat(posted.text("posted")).isEqualTo("1");
        assertThat(posted.out()).contains("there is no draft in_none#invoice##1");
        assertThat(ledger("report", "journal", "--format", "csv").out().lines()).hasSize(4);
        assertThat(ledger("report", "journal", "--drafts", "--format", "csv").out().lines()).hasSize(4 + 2 + 3 * 3);
    }

    @Test
    void what_a_source_changes_afterwards_is_told_reversed_and_booked_anew() {
        posted();
        company.stripe().put(BilledCompany.invoice("in_open", "Managed database").line(Line.of("Hosting", 500)
                .taxed(BilledCompany.HST)));
        assertThat(ledger("ingest").out()).contains("1 invoice differs at its source from what is posted");
        assertThat(ledger("review").out()).contains("Not what is posted any more, at their source: 1 invoice\n  in_open: ");
        assertThat(ledger("report", "changed").out()).contains("in_open#invoice##1: posted is");
        assertThat(ledger("post", "--all", "--by", "ada", "--bypass-reason", "x").out()).contains("0 entries were posted");
        assertThat(ledger("reverse", "--id", "in_open#invoice##1", "--reason", "=cmd()", "--by", "ada").out())
                .contains("Reversed by entry 6");
        assertThat(ledger("reverse", "--id", "in_open#invoice##1", "--reason", "again", "--by", "ada").err())
                .contains("--id: is reversed already");
        assertThat(ledger("ingest").out()).contains("1 drafts are new or different");
        assertThat(ledger("post", "--id", "in_open#invoice##2", "--by", "ada").code()).isZero();
        assertThat(ledger("report", "journal", "--format", "csv").out()).contains(",'=cmd(),");
        assertThat(ledger("report", "trial-balance").out()).contains("| total           | CAD      | 367.25 | 367.25 |");
        assertThat(ledger("verify").out()).startsWith("7 entries are what was posted\n");
    }

    @Test
    void the_books_are_told_as_tables_csv_json_and_workbooks() throws IOException {
        posted();
        assertThat(ledger("report", "trial-balance").out()).contains(
                "| 1050   | clearing:stripe | CAD      | 113.00 |        |", "| total           | CAD      | 361.60 | 361.60 |");
        assertThat(ledger("report", "trial-balance", "--as-of", "2026-03-01", "--json").json().get("rows").toString())
                .contains("account=receivable", "debit=22.60");
        assertThat(ledger("report", "revenue", "--format", "csv").out()).isEqualTo("""
                month,family,number,currency,revenue\r
                2026-03,hosting,4000,CAD,120.00\r
                2026-03,managed,4000,CAD,100.00\r
                2026-03,other,4000,CAD,100.00\r
                """);
        assertThat(ledger("report", "ageing").out()).contains("1-30 days", "| total, as on the account receivable |");
        assertThat(ledger("report", "tax", "--until", "2026-02-28").out()).isEqualTo("0 rows\n");
        assertThat(ledger("report", "unmatched").out()).contains("Mystery box");
        assertThat(ledger("report", "held").out()).contains("in_held", "| tax    |");
        assertThat(ledger("report", "tax", "--format", "xlsx", "--out", "tax.xlsx").err()).contains("written: tax.xlsx");
        assertThat(sheet("tax.xlsx")).contains("<v>41.60</v>", "HST-ON");
    }

    private String sheet(String name) throws IOException {
        try (var zip = new ZipFile(folder.resolve(name).toFile());
             var sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void to_unlock_takes_two_and_a_changed_letter_is_found() throws SQLException {
        posted();
        String link = ledger("verify", "--json").text("link");
        assertThat(ledger("verify", "--anchor", link).code()).isZero();
        assertThat(ledger("verify", "--anchor", "1".repeat(64)).out()).contains("no entry has the link 111");
        assertThat(ledger("verify").err()).contains("owns the journal", "BILLING_DB_OWNER");

        assertThat(ledger("lock", "--until", "2026-03-31", "--by", "ada").out()).startsWith("Locked until 2026-03-31");
        assertThat(ledger("reverse", "--id", "in_paid#invoice##1", "--reason", "x", "--by", "ada").err())
                .contains("--date: 2026-03-05 is locked");
        assertThat(ledger("unlock", "--request", "--reason", "a slip", "--by", "ada").out()).contains("ada asks for all");
        assertThat(ledger("unlock", "--approve", "--by", "Ada ").err()).contains("--by: somebody else than ada");
        assertThat(ledger("unlock", "--approve", "--by", "bob").out()).isEqualTo("Nothing is locked\n");
        assertThat(ledger("lock", "--json").text("locked_until")).isNull();

        sql("ALTER TABLE " + BOOKS + ".journal_entry DISABLE TRIGGER USER");
        sql("UPDATE " + BOOKS + ".journal_entry SET party = 'cus_2' WHERE sequence = 2");
        Cli.Answer bad = ledger("verify");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out()).startsWith("The first bad entry is 2 (in_open#invoice##1): it is not what was posted");
        assertThat(bad.err()).contains("is switched off: journal_entry.append_only");
    }

    private static void sql(String statement) throws SQLException {
        Map<String, String> server = TestDatabase.environment();
        try (Connection connection = DriverManager.getConnection(server.get("BILLING_DB_URL"), server.get("BILLING_DB_USER"),
                server.get("BILLING_DB_PASSWORD")); var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void the_application_says_which_invoices_there_are_and_nothing_else() throws SQLException {
        TestDatabase.fresh(APPLICATION);
        sql("CREATE SCHEMA " + APPLICATION);
        sql("SET search_path = " + APPLICATION + "; " + PLATFORM);
        Map<String, String> server = TestDatabase.environment();
        cli.with(Map.of("BILLING_SOURCE_URL", server.get("BILLING_DB_URL"), "BILLING_SOURCE_USER",
                server.get("BILLING_DB_USER"), "BILLING_SOURCE_PASSWORD", server.get("BILLING_DB_PASSWORD"),
                "BILLING_SOURCE_SCHEMA", APPLICATION));
        try (Engine engine = Engine.open(TestHost.of(BOOKS, Clock.systemUTC(), Map.of()))) {
            var shop = engine.billing().register("shop", "Shop");
            var ada = engine.billing().customers().resolve(shop.id(), new Account("ada", Optional.of("Ada"),
                    Optional.empty(), Optional.empty(), Optional.of("ada@example.org")));
            engine.billing().oneOff().issue(shop.id(), new IssueOneOff.Request(ada, Currency.getInstance("CAD"),
                    List.of(IssueOneOff.Fee.of("Hosting setup", "1", "50")), "key"));
        }
        Cli.Answer ingested = ledger("ingest");
        assertThat(ingested.code()).isEqualTo(1);
        assertThat(ingested.out()).contains("Ingested: 4 invoices were named", "| booked ", "|        2 |",
                "| not asked for, bears no id of a source |        1 |", "| unverified: missing ");
        assertThat(ingested.err()).contains("unverified: in_gone: ", "bears no id of a source: ", "(INV-4)");
        assertThat(ledger("ingest", "--from", "own").out()).contains("Ingested: 1 invoices were named");
        assertThat(ledger("ingest", "--from", "all").out()).contains("Ingested: 10 invoices were named");
    }

    /** As far as it is read; every date and status is wrong. */
    private static final String PLATFORM = """
            CREATE TABLE users (id uuid, email text, full_name text, company text, billing_email text, billing_address text,
                billing_city text, billing_state text, billing_postal_code text, billing_country text, tax_id text,
                stripe_customer_id text);
            CREATE TABLE plans (id uuid, product_id uuid, name text, price_monthly numeric, price_yearly numeric,
                stripe_price_id text, cpu_seconds_quota bigint, is_active boolean);
            CREATE TABLE deployments (id uuid, user_id uuid, product_id uuid, plan_id uuid, name text, status text,
                billing_cycle text, next_due_date timestamptz);
            CREATE TABLE subscriptions (id uuid, user_id uuid, deployment_id uuid, plan_id uuid, status text,
                billing_cycle text, current_period_start timestamptz, current_period_end timestamptz,
                stripe_subscription_id text);
            CREATE TABLE usage_records (id uuid, subscription_id uuid, period_start timestamptz, period_end timestamptz,
                cpu_hours numeric);
            CREATE TABLE invoices (id uuid, user_id uuid, subscription_id uuid, stripe_invoice_id text, invoice_number text,
                currency text, status text, subtotal numeric, tax numeric, amount_due numeric, amount_paid numeric,
                created_at timestamptz, paid_at timestamptz);
            CREATE TABLE invoice_items (id uuid, invoice_id uuid, description text, quantity numeric, unit_price numeric,
                amount numeric, period_start timestamptz, period_end timestamptz);
            INSERT INTO invoices SELECT gen_random_uuid(), gen_random_uuid(), NULL, id, number, 'cad', 'paid', 1, 0, 1, 1,
                '2020-01-01', '2020-01-01' FROM (VALUES ('in_paid', 'INV-1'), ('in_void', 'INV-2'), ('in_gone', 'INV-3'),
                (NULL, 'INV-4')) AS rows (id, number);
            """;

    @Test
    void an_outage_leaves_the_rest_for_the_next_run_and_open_ones_are_looked_at_again() {
        company.stripe().faults().on("/v1/", StripeFault.UNAVAILABLE);
        Cli.Answer failed = ledger("ingest");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("problem: the list of stripe could not be read to the end");
        assertThat(failed.out()).contains("Ingested: 1 invoices were named");
        company.stripe().faults().none();
        ledger("ingest");
        company.stripe().put(BilledCompany.invoice("in_open", "Managed database").paid(11_300, BilledCompany.MARCH));
        assertThat(ledger("ingest", "--since", "2026-04-20").out()).contains("2 drafts are new or different");
    }

    @Test
    void what_cannot_be_done_is_named() {
        each("""
        ingest --since yesterday                 | --since: is written YYYY-MM-DD
        ingest --from application                | --from: there is no application: BILLING_SOURCE_URL is not set
        ingest --from nowhere                    | --from: must be one of application, stripe, lago, own, all
        review --sample 0                        | --sample: is between 1 and 1000
        post --by ada                            | --all: is mandatory, or at least one --id
        post --all --id a#invoice##1 --by ada    | --all: goes without --id
        post --all                               | --by: is mandatory
        post --id nonsense --by ada              | --id: is written invoice#kind#fact#revision
        post --id a#invoice##1 --by ada --bypass-reason x | --bypass-reason: is for --all
        reverse --reason x --by ada              | --id: is mandatory
        reverse --id a#invoice##1 --by ada       | --reason: is mandatory
        reverse --id a#invoice##1 --reason x --by ada | --id: there is no posted entry a#invoice##1
        lock --until 2026-13-01 --by ada         | --until: is no day
        lock --until 2026-03-01                  | --by: is mandatory
        unlock --by ada                          | --request: is mandatory, or --approve
        unlock --request --by ada                | --reason: is mandatory with --request
        unlock --approve --by ada                | --approve: nobody has asked for it
        unlock --request --reason x --by ada     | --until: nothing is locked
        verify --anchor abc                      | --anchor: is 64 digits
        report balance                           | REPORT: must be one of trial-balance, revenue, ageing, tax, journal
        report tax --format xlsx                 | --out: is mandatory with --format xlsx
        report tax --from 2026-02-01 --until 2026-01-01 | --until: is before --from
        """);
        cli.without("BILLING_LAGO_URL").without("BILLING_LAGO_API_KEY");
        each("ingest --from lago | --from: is not configured: lago; set BILLING_LAGO_URL");
    }

    private void each(String table) {
        table.lines().map(line -> line.split("\\|")).forEach(cells -> {
            Cli.Answer answer = ledger(cells[0].strip().split(" +"));
            assertThat(answer.code()).as(cells[0]).isEqualTo(2);
            assertThat(answer.out()).as(cells[0]).isEmpty();
            assertThat(answer.err()).as(cells[0]).contains(cells[1].strip()).doesNotContain("\tat ");
        });
    }
}
