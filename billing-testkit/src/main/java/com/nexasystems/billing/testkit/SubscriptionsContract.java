package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions.Cursor;
import com.nexasystems.billing.subscription.Subscriptions.PlanCursor;
import com.nexasystems.billing.subscription.Subscriptions.WhenHeld;
import com.nexasystems.billing.subscription.UnusedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.subscription.Subscriptions}. */
public abstract class SubscriptionsContract extends PortContract {

    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final int MANY = 1000;

    private World world;

    protected SubscriptionsContract() {
    }

    @BeforeEach
    final void build() {
        world = new World(ports);
    }

    @Test
    @DisplayName("SU-1 a subscription that was added is found by id, exactly as it was")
    void a_subscription_is_found_by_id_exactly_as_it_was() {
        List<Subscription> examples = examples();
        List<SubscriptionId> ids = examples.stream().map(Subscription::id).toList();
        assertThat(add(examples)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(examples).allSatisfy(example ->
                assertThat(ports.subscriptions().find(example.id())).contains(example));
        assertThat(ports.subscriptions().findAll(ids)).containsExactlyInAnyOrderElementsOf(examples);
    }

    @Test
    @DisplayName("SU-1 a subscription is found by service and external id, and by service and our id")
    void a_subscription_is_found_by_service_and_external_id() {
        for (Subscription example : examples()) {
            add(List.of(example));
            assertThat(resolve(example.externalId())).contains(example);
            assertThat(resolve(example.id().toString())).contains(example);
        }
    }

    @Test
    @DisplayName("SU-1 texts that name nothing are left out of the answer")
    void texts_that_name_nothing_are_left_out() {
        Subscription web = world.subscribed("web");
        assertThat(ports.subscriptions().resolve(world.hosting.id(), List.of("web", "Web", "", Samples.id("x").toString())))
                .isEqualTo(Map.of("web", web));
        var unknown = new SubscriptionId(Samples.id("x"));
        assertThat(ports.subscriptions().find(unknown)).isEmpty();
        assertThat(ports.subscriptions().findAll(List.of(web.id(), unknown))).containsExactly(web);
    }

    @Test
    @DisplayName("SU-2 an external id of a service is taken once")
    void an_external_id_is_taken_once() {
        Subscription first = world.subscribed("web");
        Subscription second = world.sample("web").id(Samples.id("second")).build();
        Subscription other = world.sample("other").build();
        assertThat(add(List.of(second, other))).containsExactly(other.id());
        assertThat(ports.subscriptions().find(second.id())).isEmpty();
        assertThat(resolve("web")).contains(first);
    }

    @Test
    @DisplayName("SU-2 within a batch an external id is taken once too")
    void within_a_batch_an_external_id_is_taken_once_too() {
        Subscription first = world.sample("web").build();
        Subscription second = world.sample("web").id(Samples.id("second")).build();
        assertThat(add(List.of(first, second))).containsExactly(first.id());
        assertThat(ports.subscriptions().find(second.id())).isEmpty();
    }

    @Test
    @DisplayName("SU-2 the external id of a terminated subscription is free, and its latest subscription is found")
    void the_external_id_of_a_terminated_subscription_is_free() {
        Subscription first = world.subscribed("web");
        Subscription ended = first.terminated(FEBRUARY);
        keep(() -> ports.subscriptions().update(List.of(ended)));
        Subscription second = world.sample("web").id(Samples.id("second")).build();
        assertThat(add(List.of(second))).containsExactly(second.id());
        assertThat(resolve("web")).contains(second);
        assertThat(resolve(first.id().toString())).contains(ended);
    }

    @Test
    @DisplayName("SU-2 of concurrent subscriptions with one external id, one is kept")
    void of_concurrent_subscriptions_with_one_external_id_one_is_kept() {
        List<Subscription> rivals = IntStream.range(0, 6)
                .mapToObj(i -> world.sample("web").id(Samples.id("rival " + i)).build()).toList();
        List<SubscriptionId> added = OtherThread.together(rivals.size(), i -> add(List.of(rivals.get(i)))).stream()
                .flatMap(List::stream).toList();
        assertThat(added).hasSize(1);
        assertThat(ports.subscriptions().findAll(rivals.stream().map(Subscription::id).toList()))
                .extracting(Subscription::id).isEqualTo(added);
    }

    @Test
    @DisplayName("SU-3 the subscriptions of one service are not there for another")
    void the_subscriptions_of_one_service_are_not_there_for_another() {
        Subscription web = world.subscribed("web");
        assertThat(ports.subscriptions().resolve(world.chat.id(), List.of("web", web.id().toString()))).isEmpty();
    }

    @Test
    @DisplayName("SU-3 services may use the same external id, and even our id of another's subscription")
    void services_may_use_the_same_external_id() {
        Subscription web = world.subscribed("web");
        Subscription same = world.subscribed(world.sample(world.chat, "web"));
        Subscription forged = world.subscribed(world.sample(world.chat, web.id().toString()));
        assertThat(resolve("web")).contains(web);
        assertThat(ports.subscriptions().resolve(world.chat.id(), List.of("web", web.id().toString())))
                .isEqualTo(Map.of("web", same, web.id().toString(), forged));
    }

    @Test
    @DisplayName("SU-4 only those in a state that is billed are claimed")
    void only_those_in_a_state_that_is_billed_are_claimed() {
        List<Subscription> inEveryState = Arrays.stream(SubscriptionState.values())
                .map(state -> world.subscribed(world.sample("in " + state).in(state))).toList();
        List<Subscription> billed = inEveryState.stream().filter(subscription -> subscription.state().isBilled()).toList();
        assertThat(claimDue(FEBRUARY, Optional.empty(), MANY)).containsExactlyInAnyOrderElementsOf(billed);
        assertThat(ports.subscriptions().countDue(FEBRUARY)).isEqualTo(billed.size());
    }

    @Test
    @DisplayName("SU-4 an invoice is due at its date, not a microsecond before")
    void an_invoice_is_due_at_its_date() {
        Subscription web = world.subscribed("web");
        world.subscribed(world.sample("never").withoutNextInvoice());
        Instant justBefore = FEBRUARY.minusNanos(1000);
        assertThat(claimDue(justBefore, Optional.empty(), MANY)).isEmpty();
        assertThat(ports.subscriptions().countDue(justBefore)).isZero();
        assertThat(claimDue(FEBRUARY, Optional.empty(), MANY)).containsExactly(web);
        assertThat(ports.subscriptions().countDue(FEBRUARY)).isEqualTo(1);
    }

    @Test
    @DisplayName("SU-4 pages of any size follow each other by due date and id, without gap or repetition")
    void pages_follow_each_other() {
        List<Subscription> ordered = dueOnThreeDays();
        for (int size : List.of(1, 2, 3, 5, ordered.size(), MANY)) {
            List<Subscription> seen = pages(size, ordered.size(), last -> claimDue(APRIL, last.map(Cursor::of), size));
            assertThat(seen).as("pages of " + size).isEqualTo(ordered);
        }
        assertThat(ports.subscriptions().countDue(APRIL)).isEqualTo(ordered.size());
    }

    @Test
    @DisplayName("SU-5 what one unit of work has claimed, no other is given while it skips")
    void what_one_has_claimed_no_other_is_given_while_it_skips() {
        List<Subscription> due = dueOnThreeDays();
        List<Subscription> first = new ArrayList<>();
        OtherThread<List<Subscription>> other = kept(() -> {
            first.addAll(ports.subscriptions().claimDue(APRIL, Optional.empty(), 4, WhenHeld.SKIP));
            var skips = OtherThread.doing(() -> billed(APRIL, MANY));
            skips.answerMeanwhile();
            ports.subscriptions().update(billedOnce(first));
            return skips;
        });
        assertThat(other.answer()).doesNotContainAnyElementsOf(first);
        billed(APRIL, MANY);
        assertThat(ports.subscriptions().findAll(due.stream().map(Subscription::id).toList()))
                .allSatisfy(now -> assertThat(now.billedThrough()).isAfter(Samples.NEW_YEAR));
    }

    @Test
    @DisplayName("SU-5 workers that skip bill no subscription twice")
    void workers_that_skip_bill_no_subscription_twice() {
        List<Subscription> due = dueOnThreeDays();
        List<Subscription> billed = OtherThread.together(4,
                i -> due.stream().flatMap(page -> billed(APRIL, 2).stream()).toList())
                .stream().flatMap(List::stream).toList();
        assertThat(billed).doesNotHaveDuplicates();
        assertThat(billed).hasSameSizeAs(due);
    }

    @Test
    @DisplayName("SU-5 a subscription that was claimed by id is held as well")
    void a_subscription_that_was_claimed_by_id_is_held_as_well() {
        Subscription web = world.subscribed("web");
        OtherThread<List<Subscription>> other = kept(() -> {
            ports.subscriptions().claim(List.of(web.id()));
            var skips = OtherThread.doing(() -> billed(FEBRUARY, MANY));
            skips.answerMeanwhile();
            ports.subscriptions().update(billedOnce(List.of(web)));
            return skips;
        });
        assertThat(other.answer()).isEmpty();
    }

    @Test
    @DisplayName("SU-5 a claim ends with its unit of work, also when that fails")
    void a_claim_ends_with_its_unit_of_work() {
        Subscription web = world.subscribed("web");
        var failure = new IllegalStateException("of the work");
        try {
            keep(() -> {
                ports.subscriptions().claimDue(FEBRUARY, Optional.empty(), MANY, WhenHeld.WAIT);
                throw failure;
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).isSameAs(failure);
        }
        assertThat(OtherThread.doing(() -> claimDue(FEBRUARY, Optional.empty(), MANY)).answer()).containsExactly(web);
    }

    @Test
    @DisplayName("SU-6 a claim that waits gives every due subscription, as it is after it was held")
    void a_claim_that_waits_gives_every_due_subscription_as_it_is_then() {
        List<Subscription> due = dueOnThreeDays();
        Subscription held = due.get(0);
        Subscription changed = held.in(SubscriptionState.PAST_DUE);
        var expected = new ArrayList<>(due);
        expected.set(0, changed);
        OtherThread<List<Subscription>> other = kept(() -> {
            ports.subscriptions().claim(List.of(held.id()));
            var waits = OtherThread.doing(() -> claimDue(APRIL, Optional.empty(), MANY, WhenHeld.WAIT));
            waits.answerMeanwhile();
            ports.subscriptions().update(List.of(changed));
            return waits;
        });
        assertThat(other.answer()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    @DisplayName("SU-6 a claim that waits gives nothing that has been billed meanwhile")
    void a_claim_that_waits_gives_nothing_that_has_been_billed_meanwhile() {
        Subscription billed = world.subscribed("billed");
        Subscription due = world.subscribed("due");
        OtherThread<List<Subscription>> other = kept(() -> {
            ports.subscriptions().claim(List.of(billed.id()));
            var waits = OtherThread.doing(() -> claimDue(FEBRUARY, Optional.empty(), MANY, WhenHeld.WAIT));
            waits.answerMeanwhile();
            ports.subscriptions().update(billedOnce(List.of(billed)));
            return waits;
        });
        assertThat(other.answer()).containsExactly(due);
    }

    @Test
    @DisplayName("SU-6 a claim by id waits, and gives the subscription as it is then")
    void a_claim_by_id_waits() {
        Subscription web = world.subscribed("web");
        Subscription ended = web.terminated(FEBRUARY);
        OtherThread<List<Subscription>> other = kept(() -> {
            ports.subscriptions().claim(List.of(web.id()));
            var waits = OtherThread.doing(() -> kept(() -> ports.subscriptions().claim(List.of(web.id()))));
            waits.answerMeanwhile();
            ports.subscriptions().update(List.of(ended));
            return waits;
        });
        assertThat(other.answer()).containsExactly(ended);
    }

    @Test
    @DisplayName("SU-7 an update replaces state, deployment, end, and how far it is billed")
    void an_update_replaces_state_deployment_end_and_how_far_it_is_billed() {
        Subscription web = world.subscribed("web");
        Subscription other = world.subscribed("other");
        for (Subscription next : List.of(web.billed(), web.billed().billed().in(SubscriptionState.PAUSED),
                web.billed().terminated(APRIL.minusNanos(1000)), web.billed().terminated(FEBRUARY).billed(),
                web.billed().terminated(FEBRUARY).billed().dueAgain(APRIL), web.running(Optional.of("déployé 🚀")),
                web.running(Optional.of("x".repeat(255))), web)) {
            keep(() -> ports.subscriptions().update(List.of(next)));
            assertThat(ports.subscriptions().find(web.id())).contains(next);
        }
        assertThat(ports.subscriptions().find(other.id())).contains(other);
    }

    @Test
    @DisplayName("SU-11 a search asks for all that it says, and gives the newest first")
    void a_search_asks_for_all_that_it_says() {
        List<Subscription> all = examples();
        add(all);
        Subscription one = all.get(0);
        SubscriptionSearch every = SubscriptionSearch.of(one.service());
        List<Subscription> own = all.stream().filter(s -> s.service().equals(one.service()))
                .sorted(Comparator.comparing(Subscription::id).reversed()).toList();
        assertThat(ports.subscriptions().search(every, PageRequest.first(1000))).isEqualTo(new Page<>(own, own.size()));
        assertThat(ports.subscriptions().search(every, new PageRequest(2, 1)).items())
                .isEqualTo(own.subList(1, 2));
        assertThat(search(every.in(Set.of(one.state()))))
                .isEqualTo(own.stream().filter(s -> s.state() == one.state()).toList());
        assertThat(search(every.named(one.externalId()))).containsExactly(one);
        assertThat(search(every.of(one.customer()))).contains(one);
        assertThat(search(every.of(new CustomerId(Samples.id("nobody"))))).isEmpty();
        assertThat(search(every.on(Set.of(one.phases().get(0).plan())))).contains(one);
        assertThat(search(every.on(Set.of(new PlanCode("none"))))).isEmpty();
        assertThat(search(SubscriptionSearch.of(new ServiceId(Samples.id("no service"))))).isEmpty();
    }

    private List<Subscription> search(SubscriptionSearch search) {
        return ports.subscriptions().search(search, PageRequest.first(1000)).items();
    }

    @Test
    @DisplayName("SU-10 an advance replaces state, whether it is watched, and how far it is billed")
    void an_advance_replaces_state_and_how_far_it_is_billed() {
        Subscription web = world.subscribed("web");
        Subscription other = world.subscribed("other");
        Subscription ended = web.billed().billed().terminated(APRIL.minusNanos(1000));
        for (Subscription next : List.of(web.billed(), web.billed().billed().watched(true), web.billed().watched(false))) {
            keep(() -> ports.subscriptions().advance(List.of(next)));
            assertThat(ports.subscriptions().find(web.id())).contains(next);
        }
        keep(() -> ports.subscriptions().update(List.of(ended)));
        keep(() -> ports.subscriptions().advance(List.of(ended.billed())));
        assertThat(ports.subscriptions().find(web.id())).contains(ended.billed());
        assertThat(ports.subscriptions().find(other.id())).contains(other);
    }

    @Test
    @DisplayName("SU-8 a hold answers as resolving does")
    void a_hold_answers_as_resolving_does() {
        Subscription web = world.subscribed("web");
        world.subscribed(world.sample(world.chat, "of another service"));
        List<String> references = List.of("web", web.id().toString(), "of another service", "of nobody");
        assertThat(kept(() -> ports.subscriptions().hold(world.hosting.id(), references)))
                .isEqualTo(ports.subscriptions().resolve(world.hosting.id(), references)).hasSize(2);
    }

    @Test
    @DisplayName("SU-8 what is held is left out by a claim that skips")
    void what_is_held_is_not_claimed() {
        world.subscribed("web");
        keep(() -> {
            hold("web");
            OtherThread.doing(() -> claimDue(FEBRUARY, Optional.empty(), MANY)).answerMeanwhile()
                    .ifPresent(claimed -> assertThat(claimed).isEmpty());
        });
    }

    @Test
    @DisplayName("SU-8 what was held is given to a claim that waits")
    void what_was_held_is_given_to_a_claim_that_waits() {
        Subscription web = world.subscribed("web");
        OtherThread<List<Subscription>> other = kept(() -> {
            hold("web");
            var waits = OtherThread.doing(() -> claimDue(FEBRUARY, Optional.empty(), MANY, WhenHeld.WAIT));
            assertThat(waits.answerMeanwhile()).as("while it is held").isEmpty();
            return waits;
        });
        assertThat(other.answer()).containsExactly(web);
    }

    @Test
    @DisplayName("SU-8 a hold waits for a claim, and answers the subscription as it is then")
    void a_hold_waits_for_a_claim() {
        Subscription web = world.subscribed("web");
        OtherThread<Subscription> other = kept(() -> {
            ports.subscriptions().claim(List.of(web.id()));
            var waits = OtherThread.doing(() -> kept(() -> hold("web")));
            assertThat(waits.answerMeanwhile()).as("while it is claimed").isEmpty();
            ports.subscriptions().update(List.of(web.billed()));
            return waits;
        });
        assertThat(other.answer()).isEqualTo(web.billed());
    }

    @Test
    @DisplayName("SU-8 several hold one subscription, in any order, and none of them fails")
    void several_hold_one_subscription() {
        Subscription web = world.subscribed("web");
        assertThat(OtherThread.together(4, i -> kept(() -> hold("web")))).containsOnly(web);
    }

    @Test
    @DisplayName("SU-9 the subscriptions on a plan come page by page, by customer and id, whatever their state")
    void the_subscriptions_on_a_plan_come_page_by_page() {
        List<Subscription> ordered = onTwoPlans("starter");
        var found = new ArrayList<Subscription>();
        List<Subscription> page = onPlan("starter", Optional.empty());
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            found.addAll(page);
            page = onPlan("starter", Optional.of(PlanCursor.of(page.get(page.size() - 1))));
        }
        assertThat(found).isEqualTo(ordered);
        assertThat(ports.subscriptions().countOnPlan(new PlanCode("starter"))).isEqualTo(ordered.size());
    }

    @Test
    @DisplayName("SU-9 those on other plans are left out, and a plan that nobody is on has none")
    void those_on_other_plans_are_left_out() {
        List<Subscription> other = onTwoPlans("other");
        assertThat(ports.subscriptions().onPlan(new PlanCode("other"), Optional.empty(), MANY)).isEqualTo(other);
        assertThat(ports.subscriptions().onPlan(new PlanCode("Other"), Optional.empty(), MANY)).isEmpty();
        assertThat(ports.subscriptions().countOnPlan(new PlanCode("Other"))).isZero();
    }

    @Test
    @DisplayName("SU-9 they are given as they are after an update, and none that was not added")
    void they_are_given_as_they_are_after_an_update() {
        Subscription web = world.subscribed("web");
        add(List.of(world.sample("web").id(Samples.id("taken")).build()));
        Subscription ended = web.terminated(FEBRUARY);
        keep(() -> ports.subscriptions().update(List.of(ended)));
        assertThat(onPlan(world.starter.code().value(), Optional.empty())).containsExactly(ended);
    }

    @Test
    @DisplayName("SU-9 a subscription is there for every plan it has a phase on, and for none that it has no more")
    void a_subscription_is_there_for_every_plan_it_has_a_phase_on() {
        Subscription web = world.subscribed("web");
        Phase first = web.phases().get(0);
        Subscription changing = world.sample("web").eventful(FEBRUARY, new Phase(APRIL, new PlanCode("other"), first.cycle(),
                Interval.MONTHLY, Interval.MONTHLY, false, false)).build();
        keep(() -> ports.subscriptions().update(List.of(changing)));
        assertThat(onPlan("starter", Optional.empty())).containsExactly(changing);
        assertThat(onPlan("other", Optional.empty())).containsExactly(changing);
        keep(() -> ports.subscriptions().update(List.of(web)));
        assertThat(onPlan("other", Optional.empty())).isEmpty();
        assertThat(ports.subscriptions().countOnPlan(new PlanCode("other"))).isZero();
    }

    private List<Subscription> onPlan(String plan, Optional<PlanCursor> after) {
        return ports.subscriptions().onPlan(new PlanCode(plan), after, 2);
    }

    /** Adds subscriptions of several customers to two plans. The ids begin with every hexadecimal digit. */
    private List<Subscription> onTwoPlans(String wanted) {
        var ordered = new ArrayList<Subscription>();
        var all = new ArrayList<Subscription>();
        for (String customer : List.of("0", "7", "8", "f")) {
            for (String first : List.of("1", "7", "8")) {
                for (String plan : List.of("starter", "other")) {
                    Subscription subscription = Samples.subscription(world.hosting, customer(customer), Samples.plan(plan),
                            plan + customer + first).id(startingWith(first, plan + customer))
                            .in(SubscriptionState.values()[all.size() % SubscriptionState.values().length]).build();
                    all.add(subscription);
                    if (plan.equals(wanted)) {
                        ordered.add(subscription);
                    }
                }
            }
        }
        Collections.shuffle(all, new Random(7));
        add(all);
        return ordered;
    }

    private static Customer customer(String first) {
        return Customer.named(new CustomerId(startingWith(first, "customer " + first)), "customer " + first);
    }

    private static UUID startingWith(String first, String name) {
        return UUID.fromString(first + Samples.id(name).toString().substring(1));
    }

    private Subscription hold(String reference) {
        return ports.subscriptions().hold(world.hosting.id(), List.of(reference)).get(reference);
    }

    /** In every state, on every interval, in zones with and without daylight-saving time. */
    private List<Subscription> examples() {
        var examples = new ArrayList<Subscription>();
        SubscriptionState[] states = SubscriptionState.values();
        for (int i = 0; i < states.length; i++) {
            Interval interval = Interval.values()[i % Interval.values().length];
            Instant start = Instant.parse("2026-01-31T04:59:59.123456Z").plus(Duration.ofDays(i));
            ZoneId zone = i % 2 == 0 ? Samples.TORONTO : ZoneId.of("Asia/Kathmandu");
            examples.add(world.sample("Straße/" + i + " 🚀").in(states[i])
                    .cycle(BillingCycle.anniversary(interval, start, zone), i % 2 == 0, start).build());
        }
        examples.add(world.sample("ended").build().terminated(Instant.parse("2026-01-20T10:11:12.345678Z")));
        examples.add(world.sample("eventful").eventful(FEBRUARY,
                new Phase(FEBRUARY, new PlanCode("größer"), BillingCycle.calendar(Interval.YEARLY, ZoneId.of("UTC")),
                        Interval.MONTHLY, Interval.QUARTERLY, true, false),
                new Phase(FEBRUARY.plus(Duration.ofDays(30)), new PlanCode("größer"), BillingCycle.calendar(Interval.YEARLY, ZoneId.of("UTC")),
                        Interval.MONTHLY, Interval.QUARTERLY, true, true)).build());
        examples.add(world.sample("given back").build().terminated(FEBRUARY, UnusedTime.REFUND));
        examples.add(world.sample("ended and billed").build().terminated(FEBRUARY).billed());
        return examples;
    }

    /** In the order in which they are due. The ids begin with every hexadecimal digit: as text, 8… is after 7…. */
    private List<Subscription> dueOnThreeDays() {
        var ordered = new ArrayList<Subscription>();
        for (String due : List.of("2026-02-01T00:00:00Z", "2026-02-01T00:00:00.000001Z", "2026-03-31T23:59:59Z")) {
            for (String first : List.of("0", "1", "7", "8", "f")) {
                String rest = Samples.id(due).toString().substring(1);
                ordered.add(world.sample(due + first).id(UUID.fromString(first + rest)).due(Instant.parse(due)).build());
            }
        }
        var shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));
        add(shuffled);
        return ordered;
    }

    private List<SubscriptionId> add(List<Subscription> subscriptions) {
        return kept(() -> ports.subscriptions().add(subscriptions));
    }

    private Optional<Subscription> resolve(String reference) {
        return Optional.ofNullable(ports.subscriptions().resolve(world.hosting.id(), List.of(reference)).get(reference));
    }

    private List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit) {
        return claimDue(asOf, after, limit, WhenHeld.SKIP);
    }

    private List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit, WhenHeld whenHeld) {
        return kept(() -> ports.subscriptions().claimDue(asOf, after, limit, whenHeld));
    }

    /** Bills all it is given, in one unit of work, and answers them as they were before. */
    private List<Subscription> billed(Instant asOf, int limit) {
        return kept(() -> {
            List<Subscription> claimed = ports.subscriptions().claimDue(asOf, Optional.empty(), limit, WhenHeld.SKIP);
            ports.subscriptions().update(billedOnce(claimed));
            return claimed;
        });
    }

    /** Billed, with nothing due again before long. */
    private static List<Subscription> billedOnce(List<Subscription> subscriptions) {
        Instant next = APRIL.plus(Duration.ofDays(30));
        return subscriptions.stream().map(subscription -> new Subscription(subscription.id(), subscription.service(),
                subscription.customer(), subscription.externalId(), subscription.deployment(), subscription.state(),
                subscription.phases(), subscription.trialEnd(), subscription.end(), subscription.watched(), APRIL, APRIL,
                Optional.of(APRIL), Optional.of(next))).toList();
    }
}
