package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCommandTest {

    private static final String HEADER = "customer,deployment,hour_start,cpu_seconds";

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();
    @TempDir
    private Path folder;
    private Cli cli;

    @BeforeEach
    void connect() {
        cli = new Cli(folder).with(TestDatabase.environment());
    }

    @AfterEach
    void restoreDefaults() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @Test
    void bills_the_shipped_month_and_explains_an_invoice_with_overage() {
        Cli.Answer answer = cli.run("demo");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("| Invoices                            |", "The largest invoices", "included 18000, overage",
                "Go on with", "./billing explain HOSTING-0000");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"ar-EG,Asia/Kathmandu", "tr-TR,America/St_Johns", "hi-IN-u-nu-deva,Pacific/Kiritimati"})
    void says_the_same_in_every_locale_and_zone(String tag, String zoneId) {
        String expected = withoutDigest(cli.run("demo"));
        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone(zoneId));
        assertThat(withoutDigest(cli.run("demo"))).isEqualTo(expected);
    }

    @Test
    void each_demo_begins_anew() {
        String first = cli.run("demo", "--json").out();
        Cli.Answer again = cli.run("demo", "--json");
        assertThat(again.out()).isEqualTo(first).hasLineCount(1);
        assertThat(again.json().keySet()).extracting(Object::toString).containsExactly("invoices", "with_overage", "usage",
                "exact", "lines", "subtotal", "tax", "total", "currency");
    }

    @Test
    void other_commands_then_look_at_the_demos_invoices() {
        cli.run("demo");
        assertThat(demosInvoices()).contains("\"number\":\"HOSTING-000001\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        --flat -1                                          | --flat: must not be negative: -1
        --flat 1.001                                       | --flat: is finer than a cent
        --price -0.5                                       | --price: must not be negative
        --price 1e10000000                                 | --price: '1e10000000' is not a plain decimal
        --quota NaN                                        | --quota: 'NaN' is not
        --quota +5                                         | --quota: '+5' is not
        --batch 0                                          | --batch: must be above zero
        --model free                                       | --model: must be standard, package, graduated or volume
        --model graduated                                  | --tiers: is mandatory with --model graduated
        --tiers [[null,"1","0"]]                           | --tiers: has no meaning with --model standard
        --model volume --tiers []                          | --tiers: at least one is needed
        --model volume --tiers {}                          | --tiers: must be a list
        --model volume --tiers [[10,"1","0"]]              | --tiers[0].up_to: the last tier must be open
        --model volume --tiers [[null,"1","0"],[null,"1","0"]] | --tiers[0].up_to: only the last tier may be open
        --model graduated --tiers [[10,"1","0"],[10,"1","0"],[null,"1","0"]] | --tiers[1].up_to: must be above 10
        --model graduated --tiers [[1e10000000,"1","0"],[null,"1","0"]] | --tiers[0].up_to: '1e10000000' is not
        --model graduated --tiers [[null,"-1","0"]]        | --tiers[0].price: must not be negative
        --model graduated --tiers [[null,"1"]]             | --tiers[0]: must be
        --model graduated --tiers [[null,"1","0"           | --tiers: is not valid JSON
        --usage missing.csv                                | FILE: does not exist
        --usage .                                          | FILE: is not a regular file
        --colour red                                       | Unknown option
        """)
    void a_bad_option_is_named_and_nothing_is_stored(String options, String message) {
        String before = demosInvoices();
        var arguments = new ArrayList<>(List.of("demo"));
        arguments.addAll(Arrays.asList(options.split(" +")));

        Cli.Answer answer = cli.run(arguments);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("billing: ").contains(message).doesNotContain("\tat ");
        assertThat(demosInvoices()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        ada,web,2026-03-01T01:00:00Z,-5               | row 3, cpu_seconds: must not be negative: -5
        ada,web,2026-03-01T01:00:00Z,1e10000000       | row 3, cpu_seconds: '1e10000000' is not a plain decimal
        ada,web,2026-03-01T01:00:00Z,NaN              | row 3, cpu_seconds: 'NaN' is not
        ada,web,2026-03-01T01:00:00Z,٥                | row 3, cpu_seconds: '٥' is not
        ada,web,2026-03-01T01:00:00Z,                 | row 3, cpu_seconds: is mandatory
        ada,web,yesterday,5                           | row 3, hour_start: 'yesterday' is not a time
        ada,web,+99999-03-01T01:00:00Z,5              | row 3, hour_start: '+99999-03-01T01:00:00Z' is not a time
        ada,web,2999-03-01T01:00:00Z,5                | row 3, hour_start: is in the future
        ada,web,2026-03-01T01:00:00Z                  | row 3: has 3 columns, expected 4
        ada,web,2026-03-01T01:00:00Z,5,6              | row 3: has 5 columns, expected 4
        ada,"web,2026-03-01T01:00:00Z,5               | row 3: is not CSV
        ada,web,2026-03-01T01:00:00Z,5@ada,x,2026,5   | row 3: has a carriage return inside
        ada,"web"x,2026-03-01T01:00:00Z,5             | row 3: is not CSV
        bob,web,2026-03-01T01:00:00Z,5                | row 3, customer: deployment 'web' belongs to 'ada', not to 'bob'
        ,web,2026-03-01T01:00:00Z,5                   | row 3, customer: is mandatory
        ada,,2026-03-01T01:00:00Z,5                   | row 3, deployment: is mandatory
        ada,web,2026-03-01T00:00:00Z,8                | row 3, cpu_seconds: conflict: 8 for what is stored with 7
        """)
    void a_bad_row_is_named_and_the_good_ones_are_kept(String row, String message) {
        Path file = cli.file("usage.csv", HEADER, "ada,web,2026-03-01T00:00:00Z,7", row.replace('@', '\r'),
                "ada,web,2026-03-02T00:00:00Z,4");

        Cli.Answer answer = cli.run("demo", "--json", "--usage", file.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).startsWith(message).hasLineCount(1);
        assertThat(answer.text("usage")).isEqualTo("11");
    }

    @Test
    void an_identical_row_is_a_duplicate_and_no_error() {
        Path file = cli.file("usage.csv", HEADER, "ada,web,2026-03-01T00:00:00Z,7", "ada,web,2026-03-01T00:00:00Z,7.0");
        Cli.Answer answer = cli.run("demo", "--json", "--usage", file.toString());
        assertThat(answer.code()).isZero();
        assertThat(answer.text("usage")).isEqualTo("7");
        assertThat(cli.run("demo", "--usage", file.toString()).out()).contains("1 rows stored, 1 duplicates");
    }

    @Test
    void ids_are_kept_to_the_letter_and_files_come_in_all_shapes() throws Exception {
        String text = "\uFEFF" + HEADER + "\r\n ada,\" we\"\"b\",2026-03-01T00:00:00Z,7\r\n\r\nada, we\"b,2026-03-01T00:00:00Z,7";
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Path file = cli.bytes("usage.whatever", bytes.toByteArray());
        Cli.Answer answer = cli.run("demo", "--usage", file.toString());
        assertThat(answer.err()).contains("row 4, customer: deployment ' we\"b' belongs to ' ada', not to 'ada'");
        assertThat(answer.out()).contains("Customer  ada, subscription  we\"b");
    }

    @Test
    void bad_rows_beyond_a_screenful_are_only_counted() {
        var lines = new ArrayList<>(List.of(HEADER, "ada,web,2026-03-01T00:00:00Z,7"));
        for (int i = 0; i < 1035; i++) {
            lines.add("ada,web,2026-03-01T00:00:00Z,x" + i);
        }
        Cli.Answer answer = cli.run("demo", "--usage", cli.file("usage.csv", lines.toArray(String[]::new)).toString());
        assertThat(answer.err()).hasLineCount(1001).endsWith("… and 35 more bad rows\n");
        assertThat(answer.code()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        ~~                                             | FILE: must have the header
        customer,deployment,cpu_seconds,hour_start     | FILE: must have the header
        customer,deployment,hour_start,cpu_seconds     | FILE: has no good row
        """)
    void a_file_without_header_or_good_row_changes_nothing(String header, String message) {
        Cli.Answer answer = cli.run("demo", "--usage", cli.file("usage.csv", header).toString());
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains(message);
    }

    @Test
    void a_truncated_archive_is_refused_before_anything_is_stored() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write((HEADER + "\n" + "ada,web,2026-03-01T00:00:00Z,7\n".repeat(20000)).getBytes(StandardCharsets.UTF_8));
        }
        Path file = cli.bytes("usage.csv.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));
        Cli.Answer answer = cli.run("demo", "--usage", file.toString());
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("FILE: cannot be read");
    }

    private String demosInvoices() {
        return new Cli(folder).with(TestDatabase.environment()).with(Map.of("BILLING_DB_SCHEMA", "billing_demo"))
                .run("invoices", "--json", "--limit", "3").out();
    }

    /** The digest of the records depends on the id of the subscription, which each demo draws anew. */
    private static String withoutDigest(Cli.Answer answer) {
        return answer.out().replaceAll("digest [0-9a-f]{16}", "digest");
    }
}
