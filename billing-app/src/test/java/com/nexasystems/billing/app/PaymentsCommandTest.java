package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money in at the machine, collected from a fake of Stripe over HTTP. */
class PaymentsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void an_invoice_is_collected_another_is_declined_and_a_third_is_paid_by_wire() {
        String schema = TestDatabase.fresh("payments_command");
        Cli cli = Cli.onDatabase(folder, schema);
        try (var company = new PaidCompany()) {
            cli.with(company.settings());
            Invoice paid;
            Invoice declined;
            Invoice wired;
            try (Engine engine = open(schema)) {
                Service service = engine.billing().register("shop", "Shop");
                Customer ada = company.customer(engine.billing(), service, "ada", "pm_card_visa");
                Customer bob = company.customer(engine.billing(), service, "bob", "pm_card_chargeDeclined");
                paid = company.sell(engine.billing(), service, ada, "10.00", "a");
                declined = company.sell(engine.billing(), service, bob, "20.00", "b");
                wired = company.sell(engine.billing(), service, bob, "30.00", "c");
            }
            assertThat(cli.run("payments", "show", number(paid)).out()).contains("It is not collected");
            Cli.Answer recorded = cli.run("payments", "record", number(wired), "12.5", "--reference", "wire 7", "--date", "2026-03-01");
            assertThat(recorded.out()).contains("recorded 12.50 CAD").contains("12.50 CAD of 30.00 CAD paid");
            assertThat(cli.run("payments", "record", number(wired), "12.5", "--reference", "wire 7").code()).isZero();
            assertThat(cli.run("payments", "record", number(wired), "17.50", "--reference", "wire 8").out()).contains("is paid");

            Cli.Answer collected = cli.run("payments", "collect", "--json");
            assertThat(collected.code()).as(collected.err()).isZero();
            assertThat(collected.text("succeeded")).isEqualTo("1");
            assertThat(collected.text("declined")).isEqualTo("1");
            assertThat(company.stripe().succeeded(paid.id().toString())).hasSize(1);
            assertThat(cli.run("payments", "show", number(paid)).out()).contains("Collected to the end", "succeeded");
            assertThat(cli.run("payments", "show", number(declined)).out()).contains("declined so far: 1", "declined");
            assertThat(cli.run("payments", "list", "--invoice", number(wired)).out()).contains("wire 7", "wire 8", "manual");
            assertThat(cli.run("payments", "list", "--limit", "1").out()).contains("the newest 1 of 4");

            assertThat(cli.run("payments", "retry", number(declined)).out()).contains("due at once");
            company.stripe().faults().next(StripeFault.UNAVAILABLE);
            Cli.Answer failed = cli.run("payments", "collect");
            assertThat(failed.code()).isEqualTo(ExitCode.PARTIAL);
            assertThat(failed.err()).contains("not asked: invoice " + declined.id()).contains("the next run asks again");
            assertThat(cli.run("payments", "retry", number(paid)).err()).contains("nothing is to be paid of it");
            assertThat(cli.run("payments", "record", number(declined), "0.001", "--reference", "x").err()).contains("AMOUNT: is finer");
            assertThat(cli.run("payments", "record", "nothing", "1", "--reference", "x").err()).contains("there is no invoice");
        }
    }

    private static String number(Invoice invoice) {
        return invoice.number().orElseThrow();
    }

    private static Engine open(String schema) {
        return Engine.open(TestHost.of(schema, Clock.systemUTC(), Map.of()));
    }

    @Test
    void what_is_missing_is_said() {
        Cli cli = Cli.onDatabase(folder, TestDatabase.fresh("payments_missing"));
        Cli.Answer nothing = cli.run("payments", "collect");
        assertThat(nothing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(nothing.err()).contains("BILLING_STRIPE_KEY: is not set");
        assertThat(cli.with(Map.of("BILLING_STRIPE_KEY", "sk_test_1")).run("payments", "collect").err())
                .contains("BILLING_PAYMENT_RETURN_URL: is mandatory with BILLING_STRIPE_KEY");
        assertThat(cli.run("payments", "list").err()).contains("there is no service yet");
    }
}
