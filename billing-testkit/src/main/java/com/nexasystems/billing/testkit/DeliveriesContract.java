package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.webhook.Deliveries.Outcome;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.Delivery.State;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.webhook.Deliveries}. */
public abstract class DeliveriesContract extends PortContract {

    private static final int MANY = 500;
    private static final int THREADS = 4;
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    /** When all samples are due. */
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Instant LOST = NOW.plus(Duration.ofMinutes(5));
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final Duration MICROSECOND = Duration.ofNanos(1_000);

    private World world;
    private Subscription web;
    private Subscription chatting;
    private Endpoint first;
    private Endpoint second;
    private Endpoint chats;
    private int events;

    protected DeliveriesContract() {
    }

    @BeforeEach
    final void build() {
        world = new World(ports);
        web = world.subscribed("web");
        chatting = world.subscribed(world.sample(world.chat, "chatting"));
    }

    // --- events that wait

    @Test
    @DisplayName("WD-1 an event is taken once, exactly as it was and with its sequence number")
    void an_event_is_taken_once() {
        addEndpoints();
        List<BillingEvent> all = Stream.of(EventType.values()).map(type -> new BillingEvent(Samples.id("event " + type),
                type, web.service(), web.id().value(), NOW, Map.of("external_id", "Straße/\"ü\" 🚀", "empty", ""))).toList();
        append(all.subList(0, 4));
        append(all.subList(4, all.size()));
        assertThat(take(MANY)).containsExactlyInAnyOrderElementsOf(IntStream.range(0, all.size())
                .mapToObj(i -> new Sequenced(i + 1L, all.get(i))).toList());
        assertThat(take(MANY)).isEmpty();
    }

    @Test
    @DisplayName("WD-1 at most as many are taken as asked for, and the others later")
    void at_most_as_many_are_taken_as_asked_for() {
        addEndpoints();
        List<BillingEvent> all = appended(web, 7);
        var taken = new ArrayList<BillingEvent>();
        for (int size : List.of(3, 3, 1)) {
            List<Sequenced> some = take(3);
            assertThat(some).hasSize(size);
            some.forEach(sequenced -> taken.add(sequenced.event()));
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    @DisplayName("WD-1 what is taken by work that failed, or was never taken, is there")
    void what_is_taken_by_work_that_failed_is_there() {
        addEndpoints();
        List<BillingEvent> all = appended(web, 3);
        var failure = new IllegalStateException("of the work");
        assertThatThrownBy(() -> keep(() -> {
            assertThat(ports.deliveries().takeNew(2)).hasSize(2);
            throw failure;
        })).isSameAs(failure);
        assertThat(take(MANY)).extracting(Sequenced::event).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    @DisplayName("WD-1 an event of work that failed is not there")
    void an_event_of_work_that_failed_is_not_there() {
        addEndpoints();
        var failure = new IllegalStateException("of the work");
        assertThatThrownBy(() -> keep(() -> {
            ports.eventLog().append(List.of(WebhookSample.event(web, "failed")));
            throw failure;
        })).isSameAs(failure);
        assertThat(take(MANY)).isEmpty();
    }

    @Test
    @DisplayName("WD-1 events of a service without an endpoint are not taken, also if it gets one later")
    void events_of_a_service_without_an_endpoint_are_not_taken() {
        keep(() -> ports.endpoints().add(WebhookSample.endpoint(world.chat, "chats"), MANY));
        appended(web, 2);
        BillingEvent wanted = appended(chatting, 1).get(0);
        keep(() -> ports.endpoints().add(WebhookSample.endpoint(world.hosting, "first"), MANY));
        BillingEvent later = appended(web, 1).get(0);
        assertThat(take(MANY)).containsExactlyInAnyOrder(new Sequenced(1, wanted), new Sequenced(3, later));
    }

    @Test
    @DisplayName("WD-1 of several who take at once, none takes what another has taken, and nothing is left")
    void of_several_who_take_at_once_none_takes_what_another_has() {
        addEndpoints();
        List<BillingEvent> all = Stream.concat(appended(web, 20).stream(), appended(chatting, 20).stream()).toList();
        List<Sequenced> taken = new ArrayList<>(OtherThread.together(THREADS, i -> {
            var own = new ArrayList<Sequenced>();
            IntStream.range(0, 5).forEach(turn -> own.addAll(take(3)));
            return own;
        }).stream().flatMap(List::stream).toList());
        taken.addAll(take(MANY));
        assertThat(taken).extracting(Sequenced::event).containsExactlyInAnyOrderElementsOf(all);
    }

    // --- adding

    @Test
    @DisplayName("WD-2 a delivery that was added is found by service and id, exactly as it was")
    void a_delivery_is_found_exactly_as_it_was() {
        addEndpoints();
        String body = "{\"name\" : \"Straße/\\\"ü\\\" 🚀\",\r\n\t\"total\":1.10,\"long\":\"" + "ß".repeat(20_000) + "\"}";
        for (EventType type : EventType.values()) {
            var event = new BillingEvent(Samples.id("of " + type), type, web.service(), web.id().value(), NOW, Map.of());
            append(List.of(event));
            Delivery delivery = Delivery.of(new DeliveryId(Samples.id("delivery " + type)), first, event.id(), type, body,
                    NOW);
            add(delivery);
            assertThat(find(delivery)).isEqualTo(delivery);
            assertThat(ports.deliveries().find(world.chat.id(), delivery.id())).isEmpty();
        }
        assertThat(ports.deliveries().find(world.hosting.id(), new DeliveryId(Samples.id("unknown")))).isEmpty();
    }

    @Test
    @DisplayName("WD-2 one event goes to several endpoints, and to each of them once")
    void one_event_goes_to_each_endpoint_once() {
        addEndpoints();
        BillingEvent event = appended(web, 1).get(0);
        Delivery toFirst = WebhookSample.delivery(first, event, NOW);
        Delivery toSecond = WebhookSample.delivery(second, event, NOW);
        add(toFirst);
        Delivery again = Delivery.of(new DeliveryId(Samples.id("again")), first, event.id(), event.type(), "other",
                TOMORROW);
        add(again, toSecond);
        assertThat(ports.deliveries().find(world.hosting.id(), again.id())).isEmpty();
        assertThat(all()).containsExactlyInAnyOrder(toFirst, toSecond);
        keep(() -> ports.deliveries().record(List.of(outcome(toFirst.delivered(), NOW))));
        add(again);
        assertThat(find(toFirst).state()).isEqualTo(State.DELIVERED);
        assertThat(all()).hasSize(2);
    }

    @Test
    @DisplayName("WD-2 of concurrent deliveries of one event to one endpoint, one is kept")
    void of_concurrent_deliveries_of_one_event_one_is_kept() {
        addEndpoints();
        BillingEvent event = appended(web, 1).get(0);
        OtherThread.together(THREADS, i -> {
            add(Delivery.of(new DeliveryId(Samples.id("rival " + i)), first, event.id(), event.type(), "{}", NOW));
            return i;
        });
        assertThat(all()).hasSize(1);
    }

    @Test
    @DisplayName("WD-2 one to an endpoint that is not there is not kept, and the others are")
    void one_to_an_endpoint_that_is_not_there_is_not_kept() {
        addEndpoints();
        List<BillingEvent> two = appended(web, 2);
        keep(() -> ports.endpoints().remove(world.hosting.id(), first.id()));
        Delivery kept = WebhookSample.delivery(second, two.get(0), NOW);
        add(WebhookSample.delivery(first, two.get(0), NOW), kept, WebhookSample.delivery(first, two.get(1), NOW));
        assertThat(all()).containsExactly(kept);
    }

    // --- claiming

    @Test
    @DisplayName("WD-3 a delivery is claimed when it is due, not a microsecond before, and then when it is taken for lost")
    void a_delivery_is_claimed_when_it_is_due() {
        addEndpoints();
        Delivery delivery = pending(first, 1).get(0);
        assertThat(claim(NOW.minus(MICROSECOND), 8, MANY)).isEmpty();
        assertThat(claim(NOW, 8, MANY)).containsExactly(delivery.claimedUntil(LOST));
        assertThat(find(delivery)).isEqualTo(delivery.claimedUntil(LOST));
        assertThat(claim(LOST.minus(MICROSECOND), 8, MANY)).isEmpty();
        Instant later = LOST.plus(Duration.ofMinutes(5));
        assertThat(kept(() -> ports.deliveries().claimDue(LOST, later, List.of(), 8, MANY)))
                .containsExactly(delivery.claimedUntil(later));
    }

    @Test
    @DisplayName("WD-3 what is delivered, dead or due later is not claimed")
    void what_is_not_pending_or_due_is_not_claimed() {
        addEndpoints();
        List<Delivery> all = pending(first, 4);
        keep(() -> ports.deliveries().record(List.of(outcome(all.get(0).delivered(), NOW),
                outcome(all.get(1).dead(), NOW), outcome(all.get(2).retriedAt(TOMORROW), NOW))));
        assertThat(ids(claim(SOON, 8, MANY))).containsExactly(all.get(3).id());
        assertThat(ids(claim(TOMORROW, 8, MANY))).containsExactlyInAnyOrder(all.get(2).id(), all.get(3).id());
    }

    @Test
    @DisplayName("WD-3 nothing is claimed for an endpoint that is disabled, and everything when it is not any more")
    void nothing_is_claimed_for_an_endpoint_that_is_disabled() {
        addEndpoints();
        List<Delivery> toFirst = pending(first, 2);
        List<Delivery> toSecond = pending(second, 2);
        keep(() -> ports.endpoints().update(first.disabled(new Disabled(Disabled.Reason.BY_SERVICE, NOW))));
        assertThat(ids(claim(SOON, 8, MANY))).containsExactlyInAnyOrderElementsOf(ids(toSecond));
        keep(() -> ports.endpoints().update(first));
        assertThat(ids(claim(SOON, 8, MANY))).containsExactlyInAnyOrderElementsOf(ids(toFirst));
    }

    @Test
    @DisplayName("WD-3 nothing is claimed for an endpoint that is busy")
    void nothing_is_claimed_for_an_endpoint_that_is_busy() {
        addEndpoints();
        pending(first, 2);
        List<Delivery> toSecond = pending(second, 2);
        pending(chats, 2);
        assertThat(ids(kept(() -> ports.deliveries().claimDue(SOON, LOST, List.of(first.id(), chats.id(),
                new EndpointId(Samples.id("unknown"))), 8, MANY)))).containsExactlyInAnyOrderElementsOf(ids(toSecond));
    }

    @Test
    @DisplayName("WD-3 the longest due of each endpoint are claimed first, at most as many as asked for")
    void the_longest_due_are_claimed_first() {
        addEndpoints();
        List<Delivery> toFirst = longestDueFirst(pending(first, 7));
        List<Delivery> toSecond = longestDueFirst(pending(second, 7));
        for (int turn = 0; turn < 3; turn++) {
            List<Delivery> claimed = claim(SOON, 2, MANY);
            assertThat(ids(to(first, claimed))).isEqualTo(ids(toFirst.subList(2 * turn, 2 * turn + 2)));
            assertThat(ids(to(second, claimed))).isEqualTo(ids(toSecond.subList(2 * turn, 2 * turn + 2)));
        }
        assertThat(claim(SOON, 8, MANY)).hasSize(2);
    }

    @Test
    @DisplayName("WD-3 in all, at most as many are claimed as asked for")
    void in_all_at_most_as_many_are_claimed_as_asked_for() {
        addEndpoints();
        List<Delivery> all = Stream.of(first, second, chats).flatMap(endpoint -> pending(endpoint, 4).stream()).toList();
        var seen = new ArrayList<DeliveryId>();
        for (int size : List.of(5, 5, 2, 0)) {
            List<Delivery> claimed = claim(SOON, 8, 5);
            assertThat(claimed).hasSize(size);
            seen.addAll(ids(claimed));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids(all));
    }

    @Test
    @DisplayName("WD-3 what is claimed by one is not claimed by another before it has ended, or after")
    void what_is_claimed_by_one_is_not_claimed_by_another() {
        addEndpoints();
        List<Delivery> all = pending(first, 6);
        List<DeliveryId> own = new ArrayList<>();
        OtherThread<List<Delivery>> other = kept(() -> {
            own.addAll(ids(ports.deliveries().claimDue(SOON, LOST, List.of(), 4, MANY)));
            var meanwhile = OtherThread.doing(() -> claim(SOON, 4, MANY));
            meanwhile.answerMeanwhile();
            return meanwhile;
        });
        assertThat(own).hasSize(4);
        own.addAll(ids(other.answer()));
        own.addAll(ids(claim(SOON, 8, MANY)));
        assertThat(own).containsExactlyInAnyOrderElementsOf(ids(all));
    }

    @Test
    @DisplayName("WD-3 of several who claim at once, none claims what another has claimed")
    void of_several_who_claim_at_once_none_claims_what_another_has() {
        addEndpoints();
        List<Delivery> all = Stream.of(first, second, chats).flatMap(endpoint -> pending(endpoint, 12).stream()).toList();
        List<DeliveryId> claimed = new ArrayList<>(OtherThread.together(THREADS, i -> {
            var own = new ArrayList<DeliveryId>();
            IntStream.range(0, 4).forEach(turn -> own.addAll(ids(claim(SOON, 2, 5))));
            return own;
        }).stream().flatMap(List::stream).toList());
        claimed.addAll(ids(claim(SOON, MANY, MANY)));
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids(all));
    }

    @Test
    @DisplayName("WD-4 however much is due at one endpoint, what is due at the others is claimed")
    void however_much_is_due_at_one_endpoint_the_others_are_claimed() {
        addEndpoints();
        pending(first, 200);
        Instant later = NOW.plusSeconds(300);
        List<Delivery> others = Stream.concat(pending(second, 2, later).stream(), pending(chats, 1, later).stream())
                .toList();
        List<Delivery> claimed = claim(NOW.plusSeconds(600), 8, 11);
        assertThat(to(first, claimed)).hasSize(8);
        assertThat(ids(claimed)).hasSize(11).containsAll(ids(others));
    }

    // --- outcomes

    @Test
    @DisplayName("WD-5 an outcome replaces state, tries and next attempt, and nothing else")
    void an_outcome_replaces_state_tries_and_next_attempt() {
        addEndpoints();
        List<Delivery> all = pending(first, 4);
        keep(() -> ports.deliveries().record(List.of(outcome(all.get(0).delivered(), NOW),
                outcome(all.get(1).dead(), NOW), outcome(all.get(2).retriedAt(TOMORROW), NOW))));
        assertThat(find(all.get(0))).isEqualTo(all.get(0).delivered());
        assertThat(find(all.get(1))).isEqualTo(all.get(1).dead());
        assertThat(find(all.get(2))).isEqualTo(all.get(2).retriedAt(TOMORROW));
        assertThat(find(all.get(3))).isEqualTo(all.get(3));
        Delivery before = all.get(3);
        keep(() -> ports.deliveries().record(List.of(outcome(new Delivery(before.id(), chats.id(), chats.service(),
                Samples.id("other"), EventType.RECONCILIATION_DELTA, "other", State.DEAD, 1, Optional.empty(), TOMORROW),
                NOW))));
        assertThat(find(before)).isEqualTo(before.dead());
    }

    @Test
    @DisplayName("WD-5 attempts follow each other, claimed in between or not")
    void attempts_follow_each_other() {
        addEndpoints();
        Delivery delivery = pending(first, 1).get(0);
        for (int tries = 0; tries < 4; tries++) {
            Instant at = NOW.plus(Duration.ofHours(tries));
            Delivery claimed = tries % 2 == 0 ? claim(at, 8, MANY).get(0) : find(delivery);
            assertThat(claimed.tries()).isEqualTo(tries);
            Delivery after = claimed.retriedAt(at.plus(Duration.ofHours(1)));
            keep(() -> ports.deliveries().record(List.of(outcome(after, at))));
            assertThat(find(delivery)).isEqualTo(after);
        }
        assertThat(ports.deliveries().attempts(delivery.id())).hasSize(4);
    }

    @Test
    @DisplayName("WD-5 the outcome of an attempt that somebody else has made meanwhile changes nothing, and is kept")
    void the_outcome_of_an_older_attempt_changes_nothing() {
        addEndpoints();
        List<Delivery> all = pending(first, 3);
        Delivery retried = all.get(0).retriedAt(TOMORROW);
        Delivery delivered = all.get(1).delivered();
        Delivery dead = all.get(2).dead();
        keep(() -> ports.deliveries().record(List.of(outcome(retried, NOW), outcome(delivered, NOW), outcome(dead, NOW))));
        keep(() -> ports.deliveries().record(List.of(outcome(all.get(0).delivered(), NOW.plusSeconds(1)),
                outcome(all.get(1).retriedAt(TOMORROW), NOW.plusSeconds(1)),
                outcome(delivered.dead(), NOW.plusSeconds(2)), outcome(dead.delivered(), NOW.plusSeconds(1)))));
        assertThat(find(retried)).isEqualTo(retried);
        assertThat(find(delivered)).isEqualTo(delivered);
        assertThat(find(dead)).isEqualTo(dead);
        assertThat(ports.deliveries().attempts(retried.id())).hasSize(2);
        assertThat(ports.deliveries().attempts(delivered.id())).hasSize(3);
        assertThat(ports.deliveries().attempts(dead.id())).hasSize(2);
    }

    @Test
    @DisplayName("WD-5 the outcome of a delivery that is gone is nothing, and those beside it are kept")
    void the_outcome_of_a_delivery_that_is_gone_is_nothing() {
        addEndpoints();
        Delivery gone = pending(first, 1).get(0);
        Delivery stays = pending(second, 1).get(0);
        keep(() -> ports.endpoints().remove(world.hosting.id(), first.id()));
        keep(() -> ports.deliveries().record(List.of(outcome(gone.delivered(), NOW), outcome(stays.delivered(), NOW))));
        assertThat(ports.deliveries().find(world.hosting.id(), gone.id())).isEmpty();
        assertThat(ports.deliveries().attempts(gone.id())).isEmpty();
        assertThat(find(stays)).isEqualTo(stays.delivered());
    }

    @Test
    @DisplayName("WD-6 the attempts of a delivery are given exactly as they were, the earliest first")
    void the_attempts_are_given_the_earliest_first() {
        addEndpoints();
        List<Delivery> two = pending(first, 2);
        DeliveryId id = two.get(0).id();
        List<DeliveryAttempt> attempts = List.of(
                new DeliveryAttempt(id, NOW, Duration.ofMillis(1), OptionalInt.empty(), "no answer: „ü“ 🚀"),
                new DeliveryAttempt(id, NOW.plusSeconds(5), Duration.ofMillis(14_999), OptionalInt.of(503), ""),
                new DeliveryAttempt(id, NOW.plusSeconds(600), Duration.ZERO, OptionalInt.of(200),
                        "x".repeat(DeliveryAttempt.LONGEST_DETAIL)));
        Delivery once = two.get(0).retriedAt(TOMORROW);
        keep(() -> ports.deliveries().record(List.of(new Outcome(once, attempts.get(0)))));
        keep(() -> ports.deliveries().record(List.of(outcome(two.get(1).delivered(), NOW))));
        keep(() -> ports.deliveries().record(List.of(new Outcome(once.retriedAt(TOMORROW).delivered(), attempts.get(2)))));
        keep(() -> ports.deliveries().record(List.of(new Outcome(once.retriedAt(TOMORROW), attempts.get(1)))));
        assertThat(ports.deliveries().attempts(id)).isEqualTo(attempts);
        assertThat(ports.deliveries().attempts(new DeliveryId(Samples.id("unknown")))).isEmpty();
    }

    // --- searching

    @Test
    @DisplayName("WD-7 a search finds what it names, and nothing of another service")
    void a_search_finds_what_it_names() {
        addEndpoints();
        List<Delivery> toFirst = ended(pending(first, 6));
        List<Delivery> toSecond = ended(pending(second, 6));
        List<Delivery> toChats = ended(pending(chats, 2));
        List<Delivery> hosting = Stream.concat(toFirst.stream(), toSecond.stream()).toList();
        DeliverySearch search = DeliverySearch.of(world.hosting.id());
        assertFound(search, hosting);
        assertFound(DeliverySearch.of(world.chat.id()), toChats);
        assertFound(search.to(second.id()), toSecond);
        assertFound(search.to(chats.id()), List.of());
        for (Set<State> states : List.of(Set.of(State.DEAD), Set.of(State.PENDING, State.DELIVERED), Set.<State>of())) {
            assertFound(search.in(states), hosting.stream().filter(delivery -> states.contains(delivery.state())).toList());
        }
        assertFound(search.types(Set.of(EventType.INVOICE_FINALIZED)), hosting);
        assertFound(search.types(Set.of(EventType.INVOICE_CREATED, EventType.RECONCILIATION_DELTA)), List.of());
        assertFound(search.to(first.id()).in(Set.of(State.DEAD)).types(Set.of(EventType.INVOICE_FINALIZED)),
                toFirst.stream().filter(delivery -> delivery.state() == State.DEAD).toList());
    }

    @Test
    @DisplayName("WD-7 a search finds what was made from an instant on and before another")
    void a_search_finds_what_was_made_in_a_time() {
        addEndpoints();
        List<Delivery> all = longestDueFirst(pending(first, 5));
        DeliverySearch search = DeliverySearch.of(world.hosting.id());
        Optional<Instant> from = Optional.of(all.get(1).createdAt());
        Optional<Instant> until = Optional.of(all.get(3).createdAt());
        assertFound(search.made(from, until), all.subList(1, 3));
        assertFound(search.made(from, Optional.empty()), all.subList(1, 5));
        assertFound(search.made(Optional.empty(), until), all.subList(0, 3));
        assertFound(search.made(until, from), List.of());
    }

    @Test
    @DisplayName("WD-7 the newest stands first, and pages neither repeat nor leave out")
    void the_newest_stands_first() {
        addEndpoints();
        List<Delivery> all = Stream.of(first, second).flatMap(endpoint -> pending(endpoint, 5).stream()).toList();
        for (int size : List.of(1, 3, MANY)) {
            var seen = new ArrayList<Delivery>();
            for (int number = 1; seen.size() < all.size(); number++) {
                Page<Delivery> page = ports.deliveries().search(DeliverySearch.of(world.hosting.id()),
                        new PageRequest(number, size));
                assertThat(page.total()).isEqualTo(all.size());
                assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(size);
                seen.addAll(page.items());
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all)
                    .isSortedAccordingTo(Comparator.comparing(Delivery::createdAt).reversed());
        }
    }

    // --- sending again

    @Test
    @DisplayName("WD-8 what ended is sent again as if it were new, with its event, body and attempts")
    void what_ended_is_sent_again() {
        addEndpoints();
        for (Delivery ended : ended(pending(first, 6)).stream().filter(one -> one.state() != State.PENDING).toList()) {
            assertThat(sendAgain(ended, TOMORROW)).isTrue();
            assertThat(find(ended)).isEqualTo(ended.as(State.PENDING, 0, Optional.of(TOMORROW)));
            assertThat(ports.deliveries().attempts(ended.id())).hasSize(1);
            assertThat(sendAgain(ended, TOMORROW.plusSeconds(1))).as("again while it is pending").isFalse();
            assertThat(ids(claim(TOMORROW, 8, MANY))).contains(ended.id());
            keep(() -> ports.deliveries().record(List.of(outcome(find(ended).delivered(), TOMORROW))));
            assertThat(find(ended)).isEqualTo(ended.as(State.DELIVERED, 1, Optional.empty()));
            assertThat(ports.deliveries().attempts(ended.id())).hasSize(2);
        }
    }

    @Test
    @DisplayName("WD-8 what is pending stays as it is, and so does what another service asks for")
    void what_is_pending_stays_as_it_is() {
        addEndpoints();
        Delivery pending = pending(first, 1).get(0);
        assertThat(sendAgain(pending, TOMORROW)).isFalse();
        assertThat(find(pending)).isEqualTo(pending);
        keep(() -> ports.deliveries().record(List.of(outcome(pending.dead(), NOW))));
        assertThat(kept(() -> ports.deliveries().sendAgain(world.chat.id(), pending.id(), TOMORROW))).isFalse();
        assertThat(find(pending)).isEqualTo(pending.dead());
        assertThat(kept(() -> ports.deliveries().sendAgain(world.hosting.id(), new DeliveryId(Samples.id("x")), TOMORROW)))
                .isFalse();
    }

    @Test
    @DisplayName("WD-8 what a search finds is sent again, but for what is pending, and nothing else")
    void what_a_search_finds_is_sent_again() {
        addEndpoints();
        List<Delivery> toFirst = ended(pending(first, 9));
        List<Delivery> others = Stream.concat(ended(pending(second, 3)).stream(), ended(pending(chats, 3)).stream())
                .toList();
        DeliverySearch search = DeliverySearch.of(world.hosting.id()).to(first.id());
        assertThat(sendAgain(search.in(Set.of(State.DEAD)))).isEqualTo(3);
        assertThat(toFirst).allSatisfy(before -> assertThat(find(before)).isEqualTo(before.state() == State.DEAD
                ? before.as(State.PENDING, 0, Optional.of(TOMORROW)) : before));
        assertThat(sendAgain(search)).as("those that were delivered").isEqualTo(3);
        assertThat(sendAgain(search)).isZero();
        assertThat(others).allSatisfy(other -> assertThat(find(other)).isEqualTo(other));
    }

    // --- forgetting

    @Test
    @DisplayName("WD-9 what ended before an instant is forgotten with its attempts, and nothing else")
    void what_ended_before_an_instant_is_forgotten() {
        addEndpoints();
        List<Delivery> all = pending(first, 6);
        List<Outcome> early = List.of(outcome(all.get(0).delivered(), NOW), outcome(all.get(1).dead(), NOW),
                outcome(all.get(2).retriedAt(TOMORROW), NOW));
        Instant nextWeek = NOW.plus(Duration.ofDays(7));
        List<Outcome> late = List.of(outcome(all.get(3).delivered(), nextWeek), outcome(all.get(4).dead(), nextWeek));
        keep(() -> ports.deliveries().record(Stream.concat(early.stream(), late.stream()).toList()));
        assertThat(forget(NOW.minus(Duration.ofDays(1)))).isZero();
        assertThat(forget(TOMORROW)).isEqualTo(2);
        assertThat(all()).extracting(Delivery::id).containsExactlyInAnyOrderElementsOf(ids(all.subList(2, 6)));
        assertThat(all.subList(0, 2)).allSatisfy(gone ->
                assertThat(ports.deliveries().attempts(gone.id())).isEmpty());
        assertThat(all.subList(2, 5)).allSatisfy(kept ->
                assertThat(ports.deliveries().attempts(kept.id())).hasSize(1));
        assertThat(forget(nextWeek.plus(Duration.ofDays(1)))).isEqualTo(2);
        assertThat(all()).extracting(Delivery::state).containsOnly(State.PENDING);
    }

    private int forget(Instant olderThan) {
        int forgotten = 0;
        int some = kept(() -> ports.deliveries().forget(olderThan));
        while (some > 0) {
            forgotten += some;
            some = kept(() -> ports.deliveries().forget(olderThan));
        }
        return forgotten;
    }

    private void addEndpoints() {
        first = WebhookSample.endpoint(world.hosting, "first");
        second = WebhookSample.endpoint(world.hosting, "second");
        chats = WebhookSample.endpoint(world.chat, "chats");
        keep(() -> Stream.of(first, second, chats).forEach(endpoint -> ports.endpoints().add(endpoint, MANY)));
    }

    private List<BillingEvent> appended(Subscription subscription, int number) {
        List<BillingEvent> some = IntStream.range(0, number)
                .mapToObj(i -> WebhookSample.event(subscription, "number " + ++events)).toList();
        append(some);
        return some;
    }

    private void append(List<BillingEvent> some) {
        keep(() -> ports.eventLog().append(some));
    }

    private List<Sequenced> take(int limit) {
        return kept(() -> ports.deliveries().takeNew(limit));
    }

    /** The first is due at {@link #NOW}. */
    private List<Delivery> pending(Endpoint endpoint, int number) {
        return pending(endpoint, number, NOW);
    }

    /** Added in another order than they are due: the first at that time, each other a second after one of them. */
    private List<Delivery> pending(Endpoint endpoint, int number, Instant start) {
        List<BillingEvent> some = appended(endpoint.service().equals(world.hosting.id()) ? web : chatting, number);
        List<Delivery> all = IntStream.range(0, number).mapToObj(i -> WebhookSample.delivery(endpoint, some.get(i),
                start.plusSeconds((i * 11L) % number))).toList();
        keep(() -> ports.deliveries().add(all));
        return all;
    }

    /** Of each three one is dead, one delivered, and one pending as before; as they are then. */
    private List<Delivery> ended(List<Delivery> pending) {
        List<Delivery> after = IntStream.range(0, pending.size()).mapToObj(i -> i % 3 == 0 ? pending.get(i).dead()
                : i % 3 == 1 ? pending.get(i).delivered() : pending.get(i)).toList();
        keep(() -> ports.deliveries().record(after.stream().filter(one -> one.state() != State.PENDING)
                .map(one -> outcome(one, NOW)).toList()));
        return after;
    }

    private void add(Delivery... deliveries) {
        keep(() -> ports.deliveries().add(Arrays.asList(deliveries)));
    }

    private List<Delivery> claim(Instant now, int perEndpoint, int limit) {
        return kept(() -> ports.deliveries().claimDue(now, LOST, List.of(), perEndpoint, limit));
    }

    private boolean sendAgain(Delivery delivery, Instant now) {
        return kept(() -> ports.deliveries().sendAgain(delivery.service(), delivery.id(), now));
    }

    private int sendAgain(DeliverySearch search) {
        return kept(() -> ports.deliveries().sendAgain(search, TOMORROW));
    }

    private Delivery find(Delivery delivery) {
        return ports.deliveries().find(delivery.service(), delivery.id()).orElseThrow();
    }

    /** Of the hosting service. */
    private List<Delivery> all() {
        return ports.deliveries().search(DeliverySearch.of(world.hosting.id()), PageRequest.first(MANY)).items();
    }

    private void assertFound(DeliverySearch search, List<Delivery> expected) {
        Page<Delivery> found = ports.deliveries().search(search, PageRequest.first(MANY));
        assertThat(found.items()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(found.total()).isEqualTo(expected.size());
    }

    private static Outcome outcome(Delivery after, Instant at) {
        return new Outcome(after, new DeliveryAttempt(after.id(), at, Duration.ofMillis(12), OptionalInt.of(200), "ok"));
    }

    private static List<DeliveryId> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::id).toList();
    }

    private static List<Delivery> to(Endpoint endpoint, List<Delivery> deliveries) {
        return deliveries.stream().filter(delivery -> delivery.endpoint().equals(endpoint.id())).toList();
    }

    private static List<Delivery> longestDueFirst(List<Delivery> deliveries) {
        return deliveries.stream().sorted(Comparator.comparing(delivery -> delivery.nextAt().orElseThrow())).toList();
    }
}
