package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing.Provided;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.subscription.ChangePlan.Timing;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.webhook.ControlState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A service that is told of its subscriptions, in any order and more than once, while they are started, not paid, paid, paused,
 * moved to other plans and ended, and while what is done dies and is done again: it ends where the engine is.
 */
class ControlLoopTest {

    private static final int STEPS = 50;
    private static final DunningPlan SOON = new DunningPlan(List.of(Duration.ofDays(1), Duration.ofDays(2)));

    @Test
    void whoever_applies_the_highest_number_ends_in_the_state_that_the_engine_has() {
        var seen = new TreeMap<EventType, Integer>();
        Cases.check(120, random -> {
            var loop = new Loop(random);
            for (int step = 0; step < STEPS; step++) {
                loop.act();
                loop.check();
            }
            loop.log().forEach(one -> seen.merge(one.event().type(), 1, Integer::sum));
        });
        assertThat(seen.keySet()).contains(EventType.SUBSCRIPTION_STARTED, EventType.SUBSCRIPTION_REACTIVATED,
                EventType.SUBSCRIPTION_TERMINATED, EventType.INVOICE_CREATED, EventType.INVOICE_FINALIZED,
                EventType.INVOICE_PAYMENT_SUCCEEDED, EventType.INVOICE_PAYMENT_FAILED);
    }

    private static final class Loop {

        private final SplittableRandom random;
        private final CrashingPorts crashing = new CrashingPorts(Ports.inMemory());
        private final Shop shop = new Shop(BillingPolicy.DEFAULT, ports -> crashing.ports());
        private final MemoryPaymentGateway provider = new MemoryPaymentGateway(shop.clock);
        private final Provided provided = shop.billing.with(provider, SOON);
        private final Subscription subscription;
        private int known;

        Loop(SplittableRandom random) {
            this.random = random;
            provider.leave("cus_ada", Means.DECLINING);
            Customer ada = shop.billing.customers().resolveAll(shop.hosting.id(), List.of(Account.of("ada")),
                    customer -> customer.withStripeCustomerId("cus_ada")).get(0);
            this.subscription = shop.billing.subscriptions().start(shop.hosting.id(), new Request(ada, "web",
                    Cases.oneOf(random, shop.starter, shop.inAdvance).code(), BillingTime.CALENDAR,
                    Shop.MARCH.plus(Duration.ofDays(random.nextInt(40))), Optional.of("d-0")));
        }

        private Subscription now() {
            return shop.find(subscription);
        }

        List<Sequenced> log() {
            return shop.billing.ports().eventLog().of(subscription.id().value());
        }

        void act() {
            shop.clock.advance(Duration.ofHours(random.nextInt(1, 96)));
            Instant now = shop.clock.instant();
            String id = subscription.id().toString();
            switch (random.nextInt(16)) {
                case 0 -> provider.leave("cus_ada", Cases.oneOf(random, Means.GOOD, Means.DECLINING));
                case 1 -> again(() -> shop.billing.deployments().deploy(shop.hosting.id(), id,
                        Optional.of("d-" + random.nextInt(100)).filter(any -> random.nextInt(5) > 0)));
                case 2 -> pay();
                case 3 -> pauseOrResume(id);
                case 4 -> change(id);
                case 5 -> end(id, now);
                case 6, 7, 8, 9 -> again(() -> provided.collect().run(1, payment -> { }));
                default -> again(() -> shop.bill(now));
            }
        }

        private void pay() {
            List<Invoice> open = shop.invoices().stream().filter(one -> one.status() == InvoiceStatus.FINALISED
                    && shop.billing.ports().payments().of(one.id()).stream().noneMatch(asked -> asked.status().isOpen())).toList();
            if (!open.isEmpty()) {
                shop.billing.recordPayment().paid(shop.hosting.id(), Cases.oneOf(random, open).id(), Actor.person("ada"));
            }
        }

        private void pauseOrResume(String id) {
            if (now().state() == SubscriptionState.PAUSED) {
                shop.billing.resumptions().resume(shop.hosting.id(), id);
            } else if (now().state().canBecome(SubscriptionState.PAUSED) && now().end().isEmpty()) {
                shop.billing.pauses().pause(shop.hosting.id(), id);
            }
        }

        private void change(String id) {
            boolean changes = now().state() == SubscriptionState.ACTIVE || now().state() == SubscriptionState.PAST_DUE;
            if (changes && now().end().isEmpty()) {
                Plan other = now().planAt(shop.clock.instant()).equals(shop.starter.code()) ? shop.inAdvance : shop.starter;
                shop.billing.changes().change(shop.hosting.id(), id, other.code(), Timing.NOW);
            }
        }

        private void end(String id, Instant now) {
            if (random.nextInt(3) > 0 || now().state() == SubscriptionState.TERMINATED || now().end().isPresent()) {
                return;
            }
            if (random.nextBoolean()) {
                shop.billing.terminations().terminate(shop.hosting.id(), id);
            } else {
                shop.billing.terminations().terminateAt(shop.hosting.id(), id, now.plus(Duration.ofDays(60)), UnusedTime.CREDIT);
            }
        }

        void check() {
            List<Sequenced> log = log();
            List<Map<String, String>> news = log.subList(known, log.size()).stream().map(Sequenced::event)
                    .map(BillingEvent::data).toList();
            assertThat(news).allSatisfy(data -> {
                assertThat(Optional.ofNullable(data.get("deployment_id"))).isEqualTo(now().deployment());
                assertThat(data).containsEntry("external_id", "web").containsEntry("subscription_id",
                        subscription.id().toString()).containsKey("subscription_state");
            });
            known = log.size();
            SubscriptionState state = now().state();
            // Nobody is told of a pause but the one who asks for it, and of what has not begun.
            if (state != SubscriptionState.PAUSED && state != SubscriptionState.PENDING) {
                assertThat(received(log)).isEqualTo(ControlState.UNKNOWN.after("", state.code(), 1).status());
            }
        }

        /** What a receiver knows after all of it came, some of it twice. */
        private ControlState.Status received(List<Sequenced> log) {
            var deliveries = new ArrayList<>(log);
            deliveries.addAll(log.subList(0, random.nextInt(log.size() + 1)));
            ControlState state = ControlState.UNKNOWN;
            for (Sequenced one : Cases.shuffled(random, deliveries)) {
                state = state.after(one.event().type().code(), one.event().data().get("subscription_state"), one.sequence());
            }
            return state.status();
        }

        /** Does it; if it dies on the way, does it once more. */
        private void again(Runnable action) {
            if (Cases.chance(random, 30)) {
                crashing.crashAfter(random.nextInt(1, 100));
            }
            try {
                action.run();
            } catch (PortFailure died) {
                crashing.disarm();
                action.run();
            } finally {
                crashing.disarm();
            }
        }
    }
}
