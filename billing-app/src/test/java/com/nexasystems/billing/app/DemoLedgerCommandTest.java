package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLedgerCommandTest {

    private static final Pattern TOTAL = Pattern.compile("\\| total +\\| (\\w{3}) +\\| +([0-9.]+) \\| +([0-9.]+) \\|");

    @TempDir
    private Path folder;

    @Test
    void tells_the_story_from_the_invoices_to_books_that_balance() {
        Cli.Answer answer = new Cli(folder).with(TestDatabase.environment()).run("demo", "ledger");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out()).startsWith("1. Ask Stripe and Lago for what the application says there is; halfway,"
                        + " Stripe fails\n").contains("| unverified: unreachable ",
                "held: in_demo0021: tax Levy of 11.5 %", "unverified: in_deletedByHand: Stripe knows no such invoice",
                "invoice app-broken of the application cannot be read", "bears no id of a source: app-",
                "The gate is closed", "'Workshop, half a day' 450.00 CAD", " entries were posted",
                "total, as on the account", "the source says there is no such thing", "in_demoForgotten#reversal#invoice//1#1", "Locked until 2025-12-31",
                " entries are what was posted", "The first bad entry is ").endsWith("./billing ledger config\n");
        var totals = TOTAL.matcher(answer.out());
        assertThat(totals.results()).hasSizeGreaterThan(2).allSatisfy(total ->
                assertThat(total.group(2)).as(total.group(1)).isEqualTo(total.group(3)));
        assertThat(answer.out().lines()).allMatch(line -> line.length() <= 200);

        Cli after = new Cli(folder).with(TestDatabase.environment())
                .with(Map.of("BILLING_DB_SCHEMA", "billing_demo_ledger"));
        assertThat(after.run("ledger", "verify").code()).isZero();
        assertThat(after.run("ledger", "report", "held").out()).contains("in_deletedByHand", "in_demo0021");
    }
}
