package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.ledger.ChartOfAccounts;
import com.nexasystems.billing.ledger.FamilyRules.Rule;
import com.nexasystems.billing.ledger.FamilyRules.Target;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.LedgerPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.CanadianTaxRates;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerFileTest {

    @TempDir
    private Path folder;

    private LedgerFile read(String... lines) {
        Path file = new Cli(folder).file("ledger.yaml", lines);
        return LedgerFile.of(Settings.of(TestHost.of("none", Clock.systemUTC(),
                Map.of("BILLING_LEDGER_FILE", file.toAbsolutePath().toString()))));
    }

    @Test
    void the_file_that_ships_says_what_the_core_presets_and_knows_every_canadian_rate() {
        LedgerFile shipped = LedgerFile.shipped();
        assertThat(shipped.policy().zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(shipped.policy().taxPolicies()).isEqualTo(LedgerPolicy.ALL_TAX_POLICIES);
        assertThat(shipped.policy().jurisdictions()).containsExactlyInAnyOrderElementsOf(
                CanadianTaxRates.all().stream().map(TaxRate::jurisdiction).distinct().toList());
        assertThat(shipped.chart()).isEqualTo(ChartOfAccounts.DEFAULT);
        assertThat(read("# nothing but this", "zone: UTC")).isEqualTo(shipped);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"Hosting of web-1,hosting", "2 × VPS (at $5.00 / month),hosting", "Overage of CPU-seconds,hosting",
            "Managed hosting,managed", "Priority SUPPORT,managed", "Domain example.ca,add-ons", "Daily backups,add-ons",
            "Add-on: SSL certificate,add-ons", "Workshop,other"})
    void the_families_that_ship_are_sensible(String description, String family) {
        assertThat(LedgerFile.shipped().policy().families().rules().stream()
                .filter(rule -> Pattern.compile(rule.pattern(), Pattern.CASE_INSENSITIVE).matcher(description).find())
                .map(Rule::family).findFirst().orElse("other")).isEqualTo(family);
    }

    @Test
    void what_a_file_leaves_out_is_as_in_the_one_that_ships() {
        LedgerFile own = read("zone: America/Toronto", "families:", "  - {family: maps, item: price_1}",
                "accounts:", "  revenue:maps: 0420", "jurisdictions: [US-NY]", "tax_policies: [per_line]");
        assertThat(own.policy().zone()).isEqualTo(ZoneId.of("America/Toronto"));
        assertThat(own.policy().families().rules()).isEqualTo(List.of(new Rule("maps", Target.ITEM, "price_1")));
        assertThat(own.policy().jurisdictions()).isEqualTo(List.of(new Jurisdiction("US-NY")));
        assertThat(own.policy().taxPolicies()).hasSize(1);
        assertThat(own.chart().numberOf(LedgerAccount.revenue("maps"))).isEqualTo("0420");
        assertThat(own.chart().numberOf(LedgerAccount.RECEIVABLE)).isEqualTo("1200");
        assertThat(read("{\"zone\": \"America/Toronto\"}").policy().families())
                .isEqualTo(LedgerFile.shipped().policy().families());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "zones: UTC                                          | zones: is no key here; there are accounts, families",
            "zone: Mars/Olympus                                  | zone: is no time zone",
            "zone: [UTC]                                         | zone: must be a text",
            "families: hosting                                   | families: must be a list",
            "families: [hosting]                                 | families[0]: must be an object",
            "families: [{family: a}]                             | families[0].description: either this is said, or 'item'",
            "families: [{family: a, item: b, description: c}]    | families[0].description: either this is said, or 'item'",
            "families: [{family: a, item: b, pattern: c}]        | families[0].pattern: is no key here",
            "families: [{family: a, description: '('}]           | families[0].description: is not a regular expression",
            "families: [{description: b}]                        | families[0].family: is mandatory",
            "accounts: {cash: 1}                                 | accounts: is not known: cash",
            "accounts: {revenue: [1]}                            | accounts.revenue: must be a text",
            "jurisdictions: [Ontario]                            | jurisdictions[0]: is not an ISO 3166 code",
            "jurisdictions: [1]                                  | jurisdictions[0]: must be a text",
            "'tax_policies: [\"on_total, down\"]'                | tax_policies[0]: must round half_up or half_even",
            "'zone: UTC\u2028zone: UTC'                          | the file: is not valid YAML",
            "[                                                   | the file: is not valid YAML",
            "just words                                          | the file: must be an object"})
    void what_is_wrong_is_named_with_setting_file_key_and_reason(String text, String message) {
        assertThatThrownBy(() -> read(text.replace('\u2028', '\n'))).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("BILLING_LEDGER_FILE: ").hasMessageContaining("ledger.yaml, " + message);
    }

    @Test
    void the_file_that_ships_is_printed_and_one_that_is_named_is_looked_at() {
        var cli = new Cli(folder);
        Cli.Answer shipped = cli.run("ledger", "config");
        assertThat(shipped.out()).startsWith("# How the ledger books invoices").contains("jurisdictions: [CA-AB, CA-BC");
        cli.file("own.yaml", shipped.out().split("\n"));
        assertThat(cli.with(Map.of("BILLING_LEDGER_FILE", "own.yaml")).run("ledger", "config").err())
                .contains("in force is ", "own.yaml, with 3 rules");
        Cli.Answer missing = cli.with(Map.of("BILLING_LEDGER_FILE", "missing.yaml")).run("ledger", "config");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("BILLING_LEDGER_FILE: ", "missing.yaml, the file: does not exist");
        assertThat(new Cli(folder).with(Map.of("BILLING_LAGO_URL", "https://lago.example")).run("ledger", "ingest").err())
                .contains("BILLING_LAGO_API_KEY: is mandatory with BILLING_LAGO_URL");
    }
}
