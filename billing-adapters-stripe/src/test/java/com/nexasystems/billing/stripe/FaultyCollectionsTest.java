package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.IssueOneOff.Fee;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.simulator.stripe.FakeStripe.Intent;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.nexasystems.billing.testkit.Samples;
import com.nexasystems.billing.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invoices are collected while a third of all requests to Stripe goes wrong, for weeks, with dunning, late payers and debits
 * that come back. In the end each invoice was charged once, or not at all, and the books say which.
 */
class FaultyCollectionsTest {

    private static final int SEEDS = 60;
    private static final int INVOICES = 12;
    private static final int ROUNDS = 40;
    private static final List<String> MEANS = List.of("pm_card_visa", "pm_card_visa", "pm_card_chargeDeclined",
            "pm_card_chargeDeclinedInsufficientFunds", "pm_usBankAccount_processing");
    private static final StripeFault[] FAULTS = EnumSet.complementOf(EnumSet.of(StripeFault.NONE, StripeFault.SLOW))
            .toArray(StripeFault[]::new);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_invoice_is_charged_once_at_most_and_the_books_know(long seed) {
        try (var shop = new Shop(seed)) {
            for (int round = 0; round < ROUNDS; round++) {
                shop.round();
            }
            shop.calm();
            shop.check();
        }
    }

    /** The engine in memory, Stripe, and customers who do as they like. */
    private static final class Shop implements AutoCloseable {

        private final RandomGenerator random;
        private final TestClock clock = TestClock.startingAt("2026-03-01T00:00:00Z");
        private final FakeStripe stripe = FakeStripe.started("sk_test_1", clock);
        private final StripeSettings settings = StripeSettings.of("sk_test_1", "whsec_1").withApiBase(stripe.base());
        private final StripeNotices notices = StripeNotices.of(settings, clock);
        private final Billing billing = Billing.inMemory(clock);
        private final Billing.Provided provided = billing.with(StripeGateway.of(settings, clock), DunningPlan.DEFAULT);
        private final Service service = billing.register("hosting", "Hosting");
        private final List<String> accounts = new ArrayList<>();
        private final List<InvoiceId> invoices = new ArrayList<>();

        Shop(long seed) {
            random = new SplittableRandom(seed);
            for (int i = 0; i < INVOICES; i++) {
                String account = stripe.customer("customer" + i + "@example.com");
                stripe.attach(account, MEANS.get(random.nextInt(MEANS.size())));
                accounts.add(account);
                invoices.add(issued(i, account).id());
            }
            // A generator of its own: which requests go wrong does not depend on what the customers do.
            stripe.faults().byChance(new SplittableRandom(~seed), 33, FAULTS);
        }

        private Invoice issued(int i, String account) {
            Customer customer = Samples.customer("customer " + i).withStripeCustomerId(account);
            billing.ports().unitOfWork().run(() -> billing.ports().customers().link(service.id(),
                    List.of(new Customers.Candidate("customer " + i, customer))));
            return billing.oneOff().issue(service.id(), new IssueOneOff.Request(customer, Samples.CAD,
                    List.of(Fee.of("Setup", "1", String.valueOf(10 + i))), "key " + i));
        }

        void round() {
            provided.collect().run(1, payment -> { });
            provided.refunds().run();
            customersDoAsTheyLike();
            clock.advance(Duration.ofMinutes(random.nextInt(2) == 0 ? 1 + random.nextInt(30) : random.nextInt(60 * 30)));
        }

        private void customersDoAsTheyLike() {
            String account = accounts.get(random.nextInt(accounts.size()));
            switch (random.nextInt(4)) {
                case 0 -> stripe.attach(account, MEANS.get(random.nextInt(MEANS.size())));
                case 1 -> intents("processing").forEach(intent -> stripe.decide(intent.id(), random.nextInt(3) > 0));
                case 2 -> intents("requires_payment_method").stream().findAny().ifPresent(intent ->
                        stripe.payLate(intent.id(), stripe.attach(intent.customer(), "pm_card_visa")));
                default -> { }
            }
        }

        private List<Intent> intents(String status) {
            return stripe.intents().stream().filter(intent -> status.equals(intent.status())).toList();
        }

        /** Nothing goes wrong any more, and everybody can pay. */
        void calm() {
            stripe.faults().none();
            accounts.forEach(account -> stripe.attach(account, "pm_card_visa"));
            for (int day = 0; day < 40; day++) {
                intents("processing").forEach(intent -> stripe.decide(intent.id(), true));
                provided.collect().run(2, payment -> { });
                provided.refunds().run();
                clock.advance(Duration.ofHours(12));
            }
            stripe.intents().forEach(intent -> tell("payment_intent.succeeded", intent.id()));
            provided.refunds().run();
        }

        /** As Stripe does, late. */
        private void tell(String type, String id) {
            String body = stripe.event(type, id);
            provided.notices().take(notices.read(body.getBytes(StandardCharsets.UTF_8),
                    name -> Optional.of(stripe.signature("whsec_1", body))));
        }

        void check() {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < INVOICES; i++) {
                String account = accounts.get(i);
                List<Payment> payments = billing.ports().payments().of(invoices.get(i));
                boolean done = billing.ports().payments().collection(invoices.get(i)).orElseThrow().state() == State.DONE;
                assertThat(stripe.charged(account) - stripe.refunded(account)).as(account)
                        .isEqualTo(done ? 1000L + 100L * i : 0L);
                assertThat(payments.stream().filter(Payment::isCollected).map(payment -> payment.charge().orElseThrow())
                        .collect(Collectors.toSet())).as("what the books say of " + account)
                        .isEqualTo(stripe.intents().stream().filter(intent -> "succeeded".equals(intent.status())
                                && account.equals(intent.customer()))
                        .map(Intent::id).collect(Collectors.toSet()));
                assertThat(payments).noneMatch(payment -> payment.status().isOpen());
                stripe.intents().stream().filter(intent -> account.equals(intent.customer()))
                        .map(intent -> intent.metadata().get("billing_reference"))
                        .forEach(reference -> assertThat(seen.add(reference)).as(reference + " is one intent").isTrue());
            }
        }

        @Override
        public void close() {
            stripe.close();
        }
    }
}
