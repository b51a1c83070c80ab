package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.IssueCreditNote;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Fault;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testkit.Samples;
import com.nexasystems.billing.testkit.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes bill and collect at once, while people withdraw invoices and credit them: nobody waits for each other for ever. */
@ExtendWith(TestDatabase.class)
class CollectingRaceTest {

    private static final int SUBSCRIPTIONS = 40;
    private static final int MONTHS = 3;
    private static final long SEED = 20260601;
    private static final Actor ADA = Actor.person("ada@example.com");
    private static final ExecutorService POOL = Executors.newCachedThreadPool();
    private static final Money ZERO = Money.zero(Samples.CAD);

    private final TestClock clock = TestClock.startingAt("2026-02-01T00:00:00Z");
    private final JpaSettings settings = TestDatabase.freshSchema();
    private final JpaPorts jpa = TestDatabase.open(settings);
    private final Company company = Company.with(jpa.ports(), SUBSCRIPTIONS);
    private final MemoryPaymentGateway gateway = new MemoryPaymentGateway(clock);

    private final class Node {

        private final Billing billing;

        Node(Ports ports) {
            billing = Billing.over(ports).clock(clock).build();
        }

        void bill() {
            billing.billingRun().run(clock.instant(), 2, drafted -> { });
            billing.finalise().finalise(clock.instant(), finalised -> { });
        }

        void collect() {
            billing.with(gateway, DunningPlan.DEFAULT).collect().run(2, payment -> { });
        }
    }

    @Test
    void two_nodes_bill_and_collect_while_people_withdraw() throws SQLException {
        Node here = new Node(jpa.ports());
        Node there = new Node(TestDatabase.open(settings).ports());
        leaveMeans(here.billing);
        var random = new Random(SEED);
        Instant month = Company.FEBRUARY;
        for (int i = 0; i < MONTHS; i++) {
            clock.at(month.plus(Duration.ofDays(5)));
            long seed = random.nextLong();
            together(here::bill, there::bill, here::collect, there::collect, () -> withdraw(here.billing, new Random(seed)));
            month = month.plus(31, ChronoUnit.DAYS);
        }
        script(new Random(SEED), 0);
        for (int day = 0; day < 12; day++) {
            clock.advance(Duration.ofDays(1));
            together(here::collect, there::collect);
        }
        assertEachIsPaidOnce(here.billing);
    }

    private void leaveMeans(Billing billing) throws SQLException {
        List<Customer> customers = Stream.iterate(0, i -> i + 1).limit(SUBSCRIPTIONS)
                .map(i -> billing.ports().customers().findLinked(company.service().id(), "user-" + i).orElseThrow()).toList();
        try (Connection connection = jpa.dataSource().getConnection()) {
            for (Customer customer : customers) {
                String account = gateway.accountOf(customer);
                gateway.leave(account, Means.GOOD);
                Sql.update(connection, "UPDATE customer SET stripe_customer_id = ? WHERE id = ?", account,
                        customer.id().value());
            }
            connection.commit();
        }
        script(new Random(SEED), 4);
    }

    /** @param oneIn of so many calls goes wrong; none if zero */
    private void script(Random random, int oneIn) {
        List<Fault> faults = List.of(Fault.TURNED_AWAY, Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.DECLINE);
        gateway.script(() -> oneIn == 0 || random.nextInt(oneIn) > 0 ? Fault.NONE : faults.get(random.nextInt(faults.size())));
    }

    private void withdraw(Billing billing, Random random) {
        for (int i = 0; i < 40; i++) {
            List<Invoice> issued = billing.ports().invoices().list(InvoiceQuery.ALL).stream()
                    .filter(invoice -> invoice.status() == InvoiceStatus.FINALISED).toList();
            if (issued.isEmpty()) {
                continue;
            }
            Invoice one = issued.get(random.nextInt(issued.size()));
            try {
                if (random.nextInt(4) == 0) {
                    billing.voidInvoice().withdraw(company.service().id(), one.id(), ADA, "");
                } else {
                    Money dollar = Money.of(Samples.CAD, "1.00");
                    billing.creditNotes().issue(company.service().id(), new IssueCreditNote.Request(one.id(), "note-" + i,
                            CreditNote.Reason.OTHER, "", List.of(new Item(0, dollar)), Given.offset(Money.of(Samples.CAD,
                            "1.13"))), ADA);
                }
            } catch (InvalidValue paidMeanwhile) {
                continue;
            }
        }
    }

    private void assertEachIsPaidOnce(Billing billing) {
        List<Invoice> all = billing.ports().invoices().list(InvoiceQuery.ALL);
        assertThat(all).as("seed %s", SEED).isNotEmpty().allSatisfy(invoice -> {
            List<Payment> payments = billing.ports().payments().of(invoice.id());
            Money applied = payments.stream().map(Payment::applied).reduce(ZERO, Money::plus);
            assertThat(applied).as("what was applied to %s, seed %s", invoice.number(), SEED).isEqualTo(invoice.paid());
            Optional<Money> offset = billing.ports().creditNotes().of(invoice.id()).stream()
                    .filter(note -> !note.isUndone()).map(note -> note.given().offset()).reduce(Money::plus);
            if (invoice.status() == InvoiceStatus.PAID) {
                assertThat(invoice.paid().plus(offset.orElse(ZERO))).isEqualTo(invoice.payable());
            }
        });
        assertThat(all).extracting(Invoice::status).as("seed %s", SEED).contains(InvoiceStatus.PAID, InvoiceStatus.VOID);
    }

    private static void together(Runnable... work) {
        List<CompletableFuture<Void>> running = Stream.of(work).map(one -> CompletableFuture.runAsync(one, POOL)).toList();
        running.forEach(CompletableFuture::join);
    }
}
