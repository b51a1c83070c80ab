package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"BILLING_GRACE_DAYS,three", "BILLING_GRACE_DAYS,-1", "BILLING_WORKERS,0", "BILLING_WORKERS,99999999999",
            "BILLING_HTTP_PORT,70000", "BILLING_TAX_POLICY,per_invoice", "'BILLING_TAX_POLICY','on_total,down'",
            "BILLING_PRORATION,by_month", "BILLING_DB_SCHEMA,Billing; DROP", "BILLING_DB_URL,mysql://localhost/x",
            "BILLING_DB_URL,jdbc:postgresql://localhost:x54/postgres?password=s3cret",
            "BILLING_SOURCE_URL,mysql://localhost/x", "BILLING_SOURCE_SCHEMA,''", "BILLING_DATA_DIR,''",
            "BILLING_STRIPE_KEY,pk_live_s3cret", "'BILLING_STRIPE_WEBHOOK_SECRETS','whsec_a,s3cret'",
            "BILLING_STRIPE_URL,localhost", "BILLING_STRIPE_URL,https://zoe:s3cret@proxy.example/",
            "BILLING_PAYMENT_RETURN_URL,javascript:alert(1)", "'BILLING_DUNNING_DAYS','3,1'",
            "BILLING_LAGO_URL,localhost", "BILLING_LAGO_URL,https://zoe:s3cret@lago.example/", "BILLING_STRIPE_RATE,0",
            "BILLING_JOB_LEDGER_SECONDS,daily", "BILLING_LEDGER_DAYS,0", "BILLING_DUNNING_DAYS,soon",
            "'BILLING_WEBHOOK_WAITS','5s,then'", "BILLING_WEBHOOK_ALLOW_LOOPBACK,maybe"})
    void a_bad_value_is_refused_by_name_from_the_environment_and_from_the_file(String key, String value) {
        Cli.Answer environment = new Cli(folder).with(Map.of(key, value)).run("config");
        assertThat(environment.code()).isEqualTo(2);
        assertThat(environment.err()).startsWith("billing: " + key + ": ").doesNotContain("s3cret");
        var cli = new Cli(folder);
        cli.file("billing.properties", key + "=" + value);
        assertThat(cli.run("config").err()).startsWith("billing: " + key + ": ");
    }

    @Test
    void an_unknown_key_in_the_file_is_refused_by_name() {
        var cli = new Cli(folder);
        cli.file("billing.properties", "BILLING_GRACE=3");
        Cli.Answer answer = cli.run("config");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("BILLING_GRACE: is no setting");
    }

    @Test
    void the_environment_wins_over_the_file_and_the_file_over_the_default() {
        var cli = new Cli(folder).with(Map.of("BILLING_WORKERS", "7", "BILLING_CONFIG", "other.properties"));
        cli.file("other.properties", "BILLING_WORKERS=3", "BILLING_GRACE_DAYS = 5");
        Map<?, ?> config = cli.run("config", "--json").json();
        assertThat(config.get("BILLING_WORKERS")).isEqualTo(Map.of("value", "7", "origin", "environment"));
        assertThat(config.get("BILLING_GRACE_DAYS")).isEqualTo(
                Map.of("value", "5", "origin", folder.resolve("other.properties").toString()));
        assertThat(config.get("BILLING_PRORATION")).isEqualTo(Map.of("value", "by_day", "origin", "default"));
    }

    @Test
    void a_settings_file_that_is_named_must_be_there() {
        Cli.Answer answer = new Cli(folder).with(Map.of("BILLING_CONFIG", "missing")).run("config");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("BILLING_CONFIG: cannot read");
    }

    @Test
    void secrets_are_never_shown() {
        Cli.Answer answer = new Cli(folder).with(Map.of("BILLING_DB_URL", "postgres://ada:s3cret@db.example/x?password=s3cret",
                "BILLING_DB_PASSWORD", "s3cret", "BILLING_SOURCE_URL", "postgres://eve:s3cret@app.example/x",
                "BILLING_SOURCE_PASSWORD", "s3cret", "BILLING_STRIPE_KEY", "sk_live_s3cret",
                "BILLING_LAGO_API_KEY", "s3cret", "BILLING_STRIPE_WEBHOOK_SECRETS", "whsec_s3cret,whsec_s3cret")).run("config");
        assertThat(answer.out()).contains("postgres://ada:***@db.example/x?password=***", "postgres://eve:***@app.example/x")
                .doesNotContain("s3cret");
    }

    @Test
    void a_hosting_platforms_address_becomes_jdbc() {
        assertThat(DatabaseAddress.parse("postgres://ada:p%40ss@db.example:6432/x?sslmode=require").url())
                .isEqualTo("jdbc:postgresql://db.example:6432/x?sslmode=require");
        assertThat(DatabaseAddress.parse("postgres://ada:p%40ss@db.example/x").password()).contains("p@ss");
    }

    @Test
    void an_unreachable_database_is_an_environment_failure_without_a_stack_trace() {
        Cli.Answer answer = new Cli(folder).with(Map.of("BILLING_DB_URL", "jdbc:postgresql://127.0.0.1:1/x",
                "BILLING_DB_USER", "x", "BILLING_DB_PASSWORD", "s3cret")).run("invoices");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).startsWith("billing: ").doesNotContain("\tat ").doesNotContain("s3cret");
    }
}
