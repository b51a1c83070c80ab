package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Collects in processes of their own that are killed at random points, while the payment provider's answers are lost, late or
 * broken. It lives on in this process. {@code -Dbilling.killed=20} kills more often, and {@code -Dbilling.seed} elsewhere.
 */
class KilledPaymentsTest {

    private static final int KILLS = Integer.getInteger("billing.killed", 3);
    private static final long SEED = Long.getLong("billing.seed", 20261128);
    private static final int INVOICES = Integer.getInteger("billing.killed.invoices", 60);
    private static final int FAULTY_OF_HUNDRED = 25;
    private static final StripeFault[] FAULTS = {StripeFault.LOST_BEFORE_WORK, StripeFault.LOST_AFTER_WORK, StripeFault.CUT_OFF,
            StripeFault.CONFLICT, StripeFault.RATE_LIMITED, StripeFault.ERROR_BEFORE_WORK, StripeFault.ERROR_AFTER_WORK,
            StripeFault.UNAVAILABLE, StripeFault.BAD_GATEWAY, StripeFault.EMPTY, StripeFault.HALF_JSON, StripeFault.FOREIGN_PAGE};
    private static final String SCHEMA = "killed_payments";

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<InvoiceId, String> invoices = new HashMap<>();

    @Test
    void no_invoice_is_charged_twice_and_none_is_forgotten() throws Exception {
        TestDatabase.fresh(SCHEMA);
        try (var company = new PaidCompany()) {
            try (Engine engine = engine()) {
                sell(company, engine);
            }
            FakeStripe stripe = company.stripe();
            stripe.faults().byChance(new Random(SEED), FAULTY_OF_HUNDRED, FAULTS);
            int atWork = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                Process collecting = start(company);
                int until = stripe.requests().size() + 1 + random.nextInt(INVOICES);
                awaitRequests(stripe, until, collecting);
                atWork += collecting.isAlive() ? 1 : 0;
                collecting.destroyForcibly().waitFor();
                letTimePass();
            }
            assertThat(atWork).as("killed while at work").isPositive();
            stripe.faults().none();
            try (Engine engine = engine()) {
                for (int run = 0; run < 3; run++) {
                    Process collecting = start(company);
                    assertThat(collecting.waitFor()).as(log()).isZero();
                    letTimePass();
                }
                assertThat(engine.ports().payments().settled(10)).isEmpty();
                invoices.forEach((invoice, card) -> check(engine, stripe, invoice, card));
            }
        }
    }

    private void sell(PaidCompany company, Engine engine) {
        Service service = engine.billing().register("shop", "Shop");
        for (int i = 0; i < INVOICES; i++) {
            String card = i % 4 == 3 ? "pm_card_chargeDeclined" : "pm_card_visa";
            Customer customer = company.customer(engine.billing(), service, "customer-" + i, card);
            Invoice invoice = company.sell(engine.billing(), service, customer, "10.00", "key " + i);
            invoices.put(invoice.id(), card);
        }
    }

    private static void check(Engine engine, FakeStripe stripe, InvoiceId id, String card) {
        String seed = "invoice " + id + " with " + card + ", seed " + SEED;
        List<FakeStripe.Intent> charged = stripe.succeeded(id.toString());
        Invoice invoice = engine.ports().invoices().find(id).orElseThrow();
        List<Payment> payments = engine.ports().payments().of(id);
        assertThat(charged.size()).as(seed).isLessThanOrEqualTo(1);
        assertThat(invoice.status() == InvoiceStatus.PAID).as(seed).isEqualTo(charged.size() == 1);
        assertThat(payments.stream().filter(Payment::isCollected).count()).as(seed).isEqualTo(charged.size());
        assertThat(payments).as(seed).noneMatch(payment -> payment.status().isOpen());
        Map<String, String> known = new HashMap<>();
        stripe.intents().forEach(intent -> known.put(intent.id(), intent.status()));
        payments.forEach(payment -> payment.charge().ifPresent(charge -> assertThat(known.get(charge).equals("succeeded"))
                .as(seed).isEqualTo(payment.status() == Payment.Status.SUCCEEDED)));
        assertThat(card.equals("pm_card_visa")).as(seed).isEqualTo(charged.size() == 1);
        assertThat(engine.ports().payments().collection(id).map(InvoiceCollection::state)).as(seed).get()
                .isIn(charged.size() == 1 ? List.of(InvoiceCollection.State.DONE)
                        : List.of(InvoiceCollection.State.OPEN, InvoiceCollection.State.FAILED));
    }

    private Engine engine() {
        return Engine.open(TestHost.of(SCHEMA, Clock.systemUTC(), Map.of()));
    }

    private Process start(PaidCompany company) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        var command = new ArrayList<>(List.of(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "payments", "collect", "--json"));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("child.log").toFile()));
        builder.environment().putAll(TestDatabase.environment());
        builder.environment().putAll(company.settings());
        builder.environment().put("BILLING_DB_SCHEMA", SCHEMA);
        return builder.start();
    }

    /** Or until it has ended by itself. */
    private void awaitRequests(FakeStripe stripe, int count, Process child) throws Exception {
        long began = System.nanoTime();
        while (child.isAlive() && stripe.requests().size() < count) {
            if (System.nanoTime() - began > Duration.ofMinutes(2).toNanos()) {
                throw new AssertionError("the child did not get that far: " + log());
            }
            Thread.sleep(2);
        }
    }

    /** As much as a lost claim, or a provider that failed, is waited for; not as much as the dunning plan waits. */
    private static void letTimePass() throws Exception {
        Map<String, String> database = TestDatabase.environment();
        try (Connection connection = DriverManager.getConnection(database.get("BILLING_DB_URL"),
                database.get("BILLING_DB_USER"), database.get("BILLING_DB_PASSWORD"));
             var statement = connection.createStatement()) {
            statement.execute("UPDATE " + SCHEMA + ".collection SET next_at = now() - interval '1 second'"
                    + " WHERE state = 'open' AND next_at < now() + interval '12 hours'");
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("child.log"));
    }
}
