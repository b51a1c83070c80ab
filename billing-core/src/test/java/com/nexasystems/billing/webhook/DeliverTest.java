package com.nexasystems.billing.webhook;

import static com.nexasystems.billing.testing.Hooks.ADA;
import static com.nexasystems.billing.testing.Hooks.LEASE;
import static com.nexasystems.billing.testing.Hooks.TAKEN;
import static com.nexasystems.billing.testing.Hooks.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Hooks;
import com.nexasystems.billing.testing.Workers;
import com.nexasystems.billing.webhook.Delivery.State;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeliverTest {

    private static final EventType CREATED = EventType.INVOICE_CREATED;
    private static final EventType FAILED = EventType.INVOICE_PAYMENT_FAILED;
    private static final int ALL_ATTEMPTS = DeliverySchedule.DEFAULT.waits().size() + 1;

    private final Hooks hooks = new Hooks();

    @Test
    void an_event_goes_to_each_endpoint_that_wants_it() {
        Endpoint all = hooks.endpoint("all");
        Endpoint some = hooks.endpoint("some", FAILED);
        Endpoint others = hooks.endpoint(new ServiceId(Hooks.id("chat")), "chat", Format.STANDARD);
        BillingEvent created = hooks.happened(CREATED);
        BillingEvent failed = hooks.happened(FAILED);
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(3, 0, 0));
        assertThat(hooks.sentIds(all)).containsExactlyInAnyOrder(created.id(), failed.id());
        assertThat(hooks.sentIds(some)).containsExactly(failed.id());
        assertThat(hooks.sent(others)).isEmpty();
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(0, 0, 0));
    }

    @Test
    void an_endpoint_is_told_of_what_happens_after_it_was_registered() {
        Endpoint first = hooks.endpoint("first");
        hooks.happened(CREATED);
        hooks.run();
        Endpoint second = hooks.endpoint("second");
        BillingEvent later = hooks.happened(CREATED);
        hooks.run();
        assertThat(hooks.sent(first)).hasSize(2);
        assertThat(hooks.sentIds(second)).containsExactly(later.id());
    }

    @Test
    void a_body_carries_the_sequence_number_of_its_subscription() {
        Endpoint all = hooks.endpoint("all");
        List<BillingEvent> web = hooks.happened(CREATED, "web", 3);
        List<BillingEvent> other = hooks.happened(FAILED, "other", 2);
        hooks.run();
        for (List<BillingEvent> events : List.of(web, other)) {
            for (BillingEvent event : events) {
                Message message = hooks.sent(all).get(hooks.sentIds(all).indexOf(event.id()));
                assertThat(message.body()).startsWith(event.type().code() + " " + (events.indexOf(event) + 1) + " "
                        + event.subscription());
            }
        }
    }

    @Test
    void an_event_that_a_format_does_not_know_is_not_sent_in_it() {
        Endpoint lago = hooks.endpoint(hooks.hosting, "lago", Format.LAGO);
        Endpoint standard = hooks.endpoint("standard");
        hooks.happened(EventType.RECONCILIATION_DELTA);
        BillingEvent created = hooks.happened(CREATED);
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(3, 0, 0));
        assertThat(hooks.sentIds(lago)).containsExactly(created.id());
        assertThat(hooks.deliveries(lago)).hasSize(1);
        assertThat(hooks.sent(standard)).hasSize(2);
    }

    @Test
    void what_was_taken_is_not_sent_again_and_its_attempt_is_recorded() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.answer(web.url(), new Answer(Optional.of(204), Optional.empty(), "thanks"));
        BillingEvent event = hooks.happened(CREATED);
        hooks.run();
        hooks.clock.advance(Duration.ofDays(30));
        hooks.run();
        assertThat(hooks.sent(web)).hasSize(1);
        Delivery delivery = hooks.deliveries(web).get(0);
        assertThat(delivery.state()).isEqualTo(State.DELIVERED);
        assertThat(delivery.event()).isEqualTo(event.id());
        assertThat(attempts(delivery)).containsExactly(new DeliveryAttempt(delivery.id(), event.at(), Duration.ZERO,
                OptionalInt.of(204), "thanks"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 300, 301, 308, 400, 404, 418, 429, 500, 503, 599})
    void what_was_not_taken_is_sent_again_when_it_is_time_with_the_same_id_and_body(int status) {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.answer(web.url(), answer(status));
        BillingEvent event = hooks.happened(CREATED);
        for (int attempt = 1; attempt <= ALL_ATTEMPTS; attempt++) {
            hooks.run();
            hooks.run();
            assertThat(hooks.sentIds(web)).hasSize(attempt).containsOnly(event.id());
            hooks.deliveries(web).get(0).nextAt().ifPresent(next -> {
                hooks.clock.set(next.minusNanos(1_000));
                hooks.run();
                hooks.clock.set(next);
            });
        }
        hooks.clock.advance(Duration.ofDays(30));
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(0, 0, 0));
        assertThat(hooks.sent(web)).hasSize(ALL_ATTEMPTS).extracting(Message::body)
                .containsOnly(hooks.sent(web).get(0).body());
        assertThat(hooks.sent(web)).extracting(Message::timestamp).doesNotHaveDuplicates().isSorted();
        Delivery dead = hooks.deliveries(web).get(0);
        assertThat(dead.state()).isEqualTo(State.DEAD);
        assertThat(dead.tries()).isEqualTo(ALL_ATTEMPTS);
        assertThat(attempts(dead)).hasSize(ALL_ATTEMPTS).allMatch(made -> made.status().getAsInt() == status);
    }

    @Test
    void a_run_counts_failures_and_dead_letters() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.answer(web.url(), answer(500));
        hooks.happened(CREATED, "web", 3);
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(0, 3, 0));
        hooks.receivers.answer(web.url(), answer(410));
        hooks.clock.advance(Duration.ofMinutes(1));
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(0, 3, 3));
    }

    @Test
    void whoever_asks_for_time_gets_it() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.answer(web.url(), new Answer(Optional.of(429), Optional.of(Duration.ofHours(1)), "later"));
        hooks.happened(CREATED);
        hooks.run();
        assertThat(hooks.deliveries(web).get(0).nextAt()).contains(hooks.clock.instant().plus(Duration.ofHours(1)));
    }

    // --- gone

    @Test
    void whoever_says_that_it_is_gone_is_told_no_more() {
        Endpoint web = hooks.endpoint("web");
        Endpoint other = hooks.endpoint("other");
        hooks.receivers.answer(web.url(), answer(410));
        hooks.happened(CREATED);
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(1, 1, 1));
        assertThat(hooks.find(web).disabled()).contains(new Disabled(Disabled.Reason.GONE, hooks.clock.instant()));
        assertThat(hooks.find(other).disabled()).isEmpty();
        assertThat(hooks.deliveries(web)).extracting(Delivery::state).containsExactly(State.DEAD);
        hooks.happened(CREATED);
        hooks.clock.advance(Duration.ofDays(2));
        hooks.run();
        assertThat(hooks.sent(web)).hasSize(1);
        assertThat(hooks.sent(other)).hasSize(2);
    }

    @Test
    void what_waits_for_an_endpoint_that_is_gone_is_sent_when_it_is_back() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.answer(web.url(), answer(500));
        List<BillingEvent> three = hooks.happened(CREATED, "web", 3);
        hooks.run();
        hooks.receivers.receive(web.url(), message -> CompletableFuture.completedFuture(
                message.id().equals(three.get(0).id().toString()) ? answer(410) : answer(500)));
        hooks.clock.advance(Duration.ofMinutes(1));
        hooks.run();
        hooks.receivers.answer(web.url(), TAKEN);
        hooks.clock.advance(Duration.ofDays(1));
        assertThat(hooks.run().delivered()).isZero();
        hooks.endpoints.enable(hooks.hosting, web.id(), true, ADA);
        assertThat(hooks.run().delivered()).isEqualTo(2);
        assertThat(hooks.deliveries(web)).extracting(Delivery::state)
                .containsExactlyInAnyOrder(State.DEAD, State.DELIVERED, State.DELIVERED);
    }

    @Test
    void the_late_answer_of_an_old_address_does_not_disable_the_new_one() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.receive(web.url(), message -> {
            hooks.endpoints.change(hooks.hosting, web.id(), "web", URI.create("https://new.example/"), Format.STANDARD,
                    Set.of(), ADA);
            return CompletableFuture.completedFuture(answer(410));
        });
        hooks.happened(CREATED);
        hooks.run();
        assertThat(hooks.find(web).disabled()).isEmpty();
    }

    // --- dead letters

    @Test
    void a_dead_letter_is_sent_again_with_the_same_id() {
        Endpoint web = hooks.endpoint("web");
        List<BillingEvent> events = dead(web, 3);
        Delivery one = hooks.deliveries(web).stream().filter(letter -> letter.event().equals(events.get(1).id())).findFirst()
                .orElseThrow();
        int before = hooks.sent(web).size();
        hooks.receivers.answer(web.url(), TAKEN);
        assertThat(hooks.ports.deliveries().sendAgain(hooks.hosting, one.id(), hooks.clock.instant())).isTrue();
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(1, 0, 0));
        Message again = hooks.sent(web).get(before);
        assertThat(again.id()).isEqualTo(events.get(1).id().toString());
        assertThat(again.body()).isEqualTo(hooks.sent(web).get(hooks.sentIds(web).indexOf(one.event())).body());
        assertThat(hooks.deliveries(web)).extracting(Delivery::state)
                .containsExactlyInAnyOrder(State.DEAD, State.DEAD, State.DELIVERED);
    }

    @Test
    void dead_letters_of_a_time_are_sent_again_together_and_have_all_their_attempts_before_them() {
        Endpoint web = hooks.endpoint("web");
        Instant begin = hooks.clock.instant();
        dead(web, 3);
        hooks.clock.advance(Duration.ofDays(1));
        Instant end = hooks.clock.instant();
        dead(web, 2);
        DeliverySearch firstDay = DeliverySearch.of(hooks.hosting).in(Set.of(State.DEAD))
                .made(Optional.of(begin), Optional.of(end));
        assertThat(hooks.ports.deliveries().sendAgain(firstDay, hooks.clock.instant())).isEqualTo(3);
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(0, 3, 0));
        hooks.receivers.answer(web.url(), TAKEN);
        hooks.clock.advance(Duration.ofSeconds(6));
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(3, 0, 0));
        assertThat(hooks.deliveries(web)).extracting(Delivery::state)
                .containsExactly(State.DEAD, State.DEAD, State.DELIVERED, State.DELIVERED, State.DELIVERED);
    }

    // --- those who do not answer

    @ParameterizedTest(name = "{0} endpoints that never answer, {1} deliveries to each")
    @CsvSource({"1, 1500", "40, 40", "250, 5"})
    void whoever_does_not_answer_holds_up_nobody_else(int silent, int each) {
        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < silent; i++) {
            var service = new ServiceId(Hooks.id("silent service " + i));
            Endpoint endpoint = hooks.endpoint(service, "silent" + i, Format.STANDARD);
            hooks.receivers.receive(endpoint.url(), message -> {
                var answer = new CompletableFuture<Answer>();
                waiting.add(answer);
                return answer;
            });
            hooks.happened(service, CREATED, "silent " + i, each);
        }
        Endpoint web = hooks.endpoint("web");
        List<BillingEvent> events = hooks.happened(CREATED, "web", 300);
        var taken = new AtomicInteger();
        hooks.receivers.receive(web.url(), message -> {
            if (taken.incrementAndGet() == events.size()) {
                giveUp(waiting, silent);
            }
            return CompletableFuture.completedFuture(TAKEN);
        });
        hooks.run();
        assertThat(hooks.sentIds(web)).containsExactlyInAnyOrderElementsOf(Hooks.ids(events));
        assertThat(waiting).as("under way to those who do not answer").hasSizeLessThanOrEqualTo(Math.min(8 * silent, 511));
    }

    /** From now on there is no answer at once, and no more is heard of what was sent until now. */
    private void giveUp(List<CompletableFuture<Answer>> waiting, int silent) {
        for (int i = 0; i < silent; i++) {
            hooks.receivers.answer(URI.create("https://silent" + i + ".example/hooks"), Answer.none("does not answer"));
        }
        List.copyOf(waiting).forEach(answer -> answer.complete(Answer.none("does not answer")));
    }

    @Test
    void of_one_endpoint_a_few_are_under_way_at_most() {
        Endpoint web = hooks.endpoint("web");
        hooks.happened(CREATED, "web", 100);
        List<CompletableFuture<Answer>> underWay = new ArrayList<>();
        var most = new AtomicInteger();
        Endpoint other = hooks.endpoint("other", FAILED);
        hooks.happened(FAILED, "web", 20);
        hooks.receivers.receive(web.url(), message -> {
            var answer = new CompletableFuture<Answer>();
            underWay.add(answer);
            most.accumulateAndGet(underWay.size(), Math::max);
            return answer;
        });
        var told = new AtomicInteger();
        hooks.receivers.receive(other.url(), message -> {
            if (told.incrementAndGet() == 20) {
                hooks.receivers.answer(web.url(), TAKEN);
                underWay.forEach(answer -> answer.complete(TAKEN));
            }
            return CompletableFuture.completedFuture(TAKEN);
        });
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(140, 0, 0));
        assertThat(most.get()).isBetween(2, 8);
    }

    @Test
    void answers_that_come_on_other_threads_in_any_order_are_all_taken() {
        List<Endpoint> endpoints = IntStream.range(0, 5).mapToObj(i -> hooks.endpoint("web" + i)).toList();
        endpoints.forEach(endpoint -> hooks.receivers.receive(endpoint.url(), message -> CompletableFuture.supplyAsync(
                () -> message.id().hashCode() % 3 == 0 ? answer(500) : TAKEN)));
        List<BillingEvent> events = hooks.happened(CREATED, "web", 400);
        long refused = events.stream().filter(event -> event.id().toString().hashCode() % 3 == 0).count();
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(5 * (400 - refused), 5 * refused, 0));
        endpoints.forEach(endpoint -> assertThat(hooks.sentIds(endpoint))
                .containsExactlyInAnyOrderElementsOf(Hooks.ids(events)));
    }

    @Test
    void without_waits_a_clock_that_stands_still_does_not_keep_the_run_from_ending() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.answer(web.url(), answer(500));
        hooks.happened(CREATED, "web", 10);
        Ports ports = hooks.ports;
        var impatient = new Deliver(ports.deliveries(), ports.endpoints(), hooks.receivers,
                new DeliverySchedule(List.of(Duration.ZERO, Duration.ZERO)), ports.entropy(), ports.ids(), hooks.clock,
                ports.unitOfWork());
        assertThat(impatient.run()).isEqualTo(new Deliver.Report(0, 30, 10));
    }

    @Test
    void an_answer_that_is_none_is_none() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.receive(web.url(), message -> CompletableFuture.completedFuture(null));
        hooks.happened(CREATED);
        assertThat(hooks.run()).isEqualTo(new Deliver.Report(0, 1, 0));
    }

    @Test
    void what_happens_meanwhile_is_delivered_too() {
        Endpoint web = hooks.endpoint("web");
        var more = new AtomicInteger(50);
        hooks.receivers.receive(web.url(), message -> {
            if (more.getAndDecrement() > 0) {
                hooks.happened(CREATED);
            }
            return CompletableFuture.completedFuture(TAKEN);
        });
        hooks.happened(CREATED);
        assertThat(hooks.run().delivered()).isEqualTo(51);
    }

    @Test
    void an_interrupted_run_says_so_and_what_it_sent_is_sent_again_after_a_while() {
        Endpoint web = hooks.endpoint("web");
        BillingEvent event = hooks.happened(CREATED);
        hooks.receivers.receive(web.url(), message -> {
            Thread.currentThread().interrupt();
            return new CompletableFuture<>();
        });
        assertThatThrownBy(hooks::run).isInstanceOfSatisfying(PortFailure.class,
                failure -> assertThat(failure.effect()).isEqualTo(PortFailure.Effect.UNKNOWN));
        assertThat(Thread.interrupted()).isTrue();
        hooks.receivers.answer(web.url(), TAKEN);
        hooks.clock.advance(LEASE.minusSeconds(1));
        assertThat(hooks.run().delivered()).isZero();
        hooks.clock.advance(Duration.ofSeconds(1));
        assertThat(hooks.run().delivered()).isEqualTo(1);
        assertThat(hooks.sentIds(web)).containsExactly(event.id(), event.id());
    }

    @Test
    void a_run_that_has_much_to_do_can_be_interrupted_too() {
        Endpoint web = hooks.endpoint("web");
        List<BillingEvent> events = hooks.happened(CREATED, "web", 1_000);
        hooks.receivers.receive(web.url(), message -> {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedFuture(TAKEN);
        });
        assertThatThrownBy(hooks::run).isInstanceOf(PortFailure.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(hooks.sent(web)).as("sent until then").hasSizeLessThan(20);
        hooks.receivers.answer(web.url(), TAKEN);
        hooks.run();
        assertThat(hooks.sentIds(web)).as("what was taken is not sent again")
                .containsExactlyInAnyOrderElementsOf(Hooks.ids(events));
    }

    // --- changes under way

    @Test
    void a_secret_that_is_rotated_under_way_signs_what_is_sent_from_then_on() {
        Endpoint web = hooks.endpoint("web");
        String old = web.secrets().get(0).text();
        List<String> next = new ArrayList<>();
        hooks.receivers.receive(web.url(), message -> {
            if (next.isEmpty()) {
                next.add(hooks.endpoints.rotate(hooks.hosting, web.id(), Duration.ofHours(1), ADA).secrets().get(0).text());
            }
            return CompletableFuture.completedFuture(TAKEN);
        });
        hooks.happened(CREATED);
        hooks.run();
        hooks.happened(CREATED);
        hooks.run();
        hooks.clock.advance(Duration.ofHours(1));
        hooks.happened(CREATED);
        hooks.run();
        assertThat(hooks.sent(web)).extracting(message -> message.secrets().stream().map(Secret::text).toList())
                .containsExactly(List.of(old), List.of(next.get(0), old), List.of(next.get(0)));
        assertThat(hooks.sent(web)).element(1).satisfies(message -> {
            assertThat(isGenuine(message, List.of(old))).isTrue();
            assertThat(isGenuine(message, next)).isTrue();
        });
    }

    private static boolean isGenuine(Message message, List<String> secrets) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(message.timestamp());
        Instant sent = Instant.ofEpochSecond(message.timestamp());
        String signature = String.join(" ", message.secrets().stream()
                .map(secret -> Signature.of(secret.key(), message.id(), timestamp, body)).toList());
        return new WebhookVerifier(secrets, Clock.fixed(sent, ZoneOffset.UTC))
                .isGenuine(message.id(), timestamp, signature, body);
    }

    @Test
    void an_endpoint_that_is_removed_under_way_takes_what_was_under_way_with_it() {
        Endpoint web = hooks.endpoint("web");
        Endpoint other = hooks.endpoint("other");
        hooks.receivers.receive(web.url(), message -> {
            if (hooks.ports.endpoints().find(hooks.hosting, web.id()).isPresent()) {
                hooks.endpoints.remove(hooks.hosting, web.id(), ADA);
            }
            return CompletableFuture.completedFuture(answer(410));
        });
        hooks.happened(CREATED, "web", 30);
        assertThat(hooks.run().delivered()).isEqualTo(30);
        assertThat(hooks.ports.endpoints().find(hooks.hosting, web.id())).isEmpty();
        assertThat(hooks.deliveries(web)).isEmpty();
        assertThat(hooks.sent(web)).hasSizeLessThanOrEqualTo(8);
        assertThat(hooks.sent(other)).hasSize(30);
    }

    @Test
    void an_endpoint_that_is_disabled_under_way_gets_the_rest_when_it_is_enabled() {
        Endpoint web = hooks.endpoint("web");
        hooks.receivers.receive(web.url(), message -> {
            hooks.endpoints.enable(hooks.hosting, web.id(), false, ADA);
            return CompletableFuture.completedFuture(TAKEN);
        });
        List<BillingEvent> events = hooks.happened(CREATED, "web", 30);
        long before = hooks.run().delivered();
        assertThat(before).isBetween(1L, 8L);
        hooks.receivers.answer(web.url(), TAKEN);
        hooks.clock.advance(LEASE);
        assertThat(hooks.run().delivered()).isZero();
        hooks.endpoints.enable(hooks.hosting, web.id(), true, ADA);
        assertThat(hooks.run().delivered()).isEqualTo(30 - before);
        assertThat(hooks.sentIds(web)).containsExactlyInAnyOrderElementsOf(Hooks.ids(events));
    }

    // --- transports with faults

    @Test
    void a_transport_that_throws_has_got_no_answer() {
        var broken = new AtomicBoolean(true);
        var faulty = new Hooks(Ports.inMemory(), right -> new Faulty(right) {
            @Override
            public CompletableFuture<Answer> send(Message message) {
                if (broken.get()) {
                    throw new IllegalStateException("out of sockets");
                }
                return super.send(message);
            }
        });
        Endpoint web = faulty.endpoint("web");
        faulty.happened(CREATED, "web", 20);
        assertThat(faulty.run()).isEqualTo(new Deliver.Report(0, 20, 0));
        Delivery delivery = faulty.deliveries(web).get(0);
        assertThat(faulty.ports.deliveries().attempts(delivery.id())).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEmpty();
            assertThat(attempt.detail()).contains("out of sockets");
        });
        assertThat(faulty.deliver().ping(faulty.hosting, web.id()).status()).isEmpty();
        broken.set(false);
        faulty.clock.advance(Duration.ofMinutes(1));
        assertThat(faulty.run()).isEqualTo(new Deliver.Report(20, 0, 0));
    }

    @Test
    void an_event_that_no_body_can_be_made_of_is_a_dead_letter_and_holds_up_nothing() {
        var faulty = new Hooks(Ports.inMemory(), right -> new Faulty(right) {
            @Override
            public Optional<String> body(Endpoint endpoint, Sequenced event) {
                if (event.sequence() == 2 && endpoint.name().equals("web")) {
                    throw new IllegalStateException("too much");
                }
                return super.body(endpoint, event);
            }
        });
        Endpoint web = faulty.endpoint("web");
        Endpoint other = faulty.endpoint("other");
        List<BillingEvent> events = faulty.happened(CREATED, "web", 3);
        assertThat(faulty.run()).isEqualTo(new Deliver.Report(5, 1, 1));
        assertThat(faulty.sentIds(web)).containsExactlyInAnyOrder(events.get(0).id(), events.get(2).id());
        assertThat(faulty.sent(other)).hasSize(3);
        Delivery dead = faulty.deliveries(web).stream().filter(one -> one.state() == State.DEAD).findFirst().orElseThrow();
        assertThat(dead.event()).isEqualTo(events.get(1).id());
        assertThat(faulty.ports.deliveries().attempts(dead.id())).singleElement()
                .satisfies(attempt -> assertThat(attempt.detail()).contains("too much"));
        faulty.ports.deliveries().sendAgain(faulty.hosting, dead.id(), faulty.clock.instant());
        assertThat(faulty.run()).isEqualTo(new Deliver.Report(0, 1, 0));
        assertThat(faulty.sent(web)).as("nothing is sent without a body").hasSize(2);
    }

    @Test
    void if_a_port_fails_while_bodies_are_made_the_events_wait() {
        var broken = new AtomicBoolean(true);
        var faulty = new Hooks(Ports.inMemory(), right -> new Faulty(right) {
            @Override
            public Optional<String> body(Endpoint endpoint, Sequenced event) {
                if (broken.get() && event.sequence() == 2) {
                    throw new PortFailure(PortFailure.Effect.NONE, "the database is away", null);
                }
                return super.body(endpoint, event);
            }
        });
        Endpoint web = faulty.endpoint("web");
        faulty.happened(CREATED, "web", 3);
        assertThatThrownBy(faulty::run).isInstanceOf(PortFailure.class).hasMessageContaining("is away");
        assertThat(faulty.deliveries(web)).isEmpty();
        broken.set(false);
        assertThat(faulty.run()).isEqualTo(new Deliver.Report(3, 0, 0));
    }

    // --- several nodes, and pings

    @Test
    void several_nodes_share_the_work_and_send_nothing_twice() throws Exception {
        Endpoint web = hooks.endpoint("web");
        Endpoint other = hooks.endpoint("other");
        List<BillingEvent> events = hooks.happened(CREATED, "web", 1_200);
        try (var workers = new Workers(3)) {
            workers.race(IntStream.range(0, 3).mapToObj(i -> (Runnable) hooks::run).toList());
        }
        for (Endpoint endpoint : List.of(web, other)) {
            assertThat(hooks.sentIds(endpoint)).containsExactlyInAnyOrderElementsOf(Hooks.ids(events));
        }
    }

    @Test
    void a_ping_is_sent_at_once_also_to_an_endpoint_that_is_disabled_and_is_no_delivery() {
        Endpoint web = hooks.endpoint("web");
        hooks.endpoints.enable(hooks.hosting, web.id(), false, ADA);
        hooks.receivers.answer(web.url(), answer(418));
        assertThat(hooks.deliver().ping(hooks.hosting, web.id())).isEqualTo(answer(418));
        assertThat(hooks.sent(web)).singleElement().satisfies(message -> {
            assertThat(message.timestamp()).isEqualTo(hooks.clock.instant().getEpochSecond());
            assertThat(message.secrets()).isEqualTo(web.secrets());
        });
        assertThat(hooks.deliveries(web)).isEmpty();
    }

    @Test
    void an_endpoint_of_another_service_is_not_pinged() {
        Endpoint web = hooks.endpoint("web");
        assertThatThrownBy(() -> hooks.deliver().ping(new ServiceId(Hooks.id("chat")), web.id()))
                .isInstanceOf(InvalidValue.class);
        assertThat(hooks.sent(web)).isEmpty();
    }

    /** All of it dead letters, on the clock of two days later. */
    private List<BillingEvent> dead(Endpoint endpoint, int number) {
        hooks.receivers.answer(endpoint.url(), answer(500));
        List<BillingEvent> events = hooks.happened(CREATED, "web", number);
        for (int i = 0; i < ALL_ATTEMPTS; i++) {
            hooks.run();
            hooks.clock.advance(Duration.ofHours(13));
        }
        assertThat(hooks.deliveries(endpoint).stream().filter(one -> Hooks.ids(events).contains(one.event())))
                .hasSize(number).extracting(Delivery::state).containsOnly(State.DEAD);
        return events;
    }

    private List<DeliveryAttempt> attempts(Delivery delivery) {
        return hooks.ports.deliveries().attempts(delivery.id());
    }

    /** A right transport, unless a test changes what it does. */
    private abstract static class Faulty implements WebhookTransport {

        private final WebhookTransport right;

        Faulty(WebhookTransport right) {
            this.right = right;
        }

        @Override
        public Optional<String> body(Endpoint endpoint, Sequenced event) {
            return right.body(endpoint, event);
        }

        @Override
        public String ping(Endpoint endpoint, Instant now) {
            return right.ping(endpoint, now);
        }

        @Override
        public Optional<String> refusal(URI url) {
            return right.refusal(url);
        }

        @Override
        public CompletableFuture<Answer> send(Message message) {
            return right.send(message);
        }
    }
}
