package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.webhook.ControlState.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlStateTest {

    private static final EventType[] TYPES = EventType.values();

    /** A sequence number and what happened then. */
    private record Told(long sequence, EventType type) { }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource({"subscription.started, RUNNING", "subscription.reactivated, RUNNING", "invoice.payment_failed, SUSPENDED",
            "subscription.terminated, DEPROVISIONED", "invoice.payment_succeeded, UNKNOWN", "invoice.created, UNKNOWN",
            "invoice.finalized, UNKNOWN", "usage.threshold_reached, UNKNOWN", "reconciliation.delta, UNKNOWN",
            "subscription.renamed, UNKNOWN", "'', UNKNOWN"})
    void an_event_decides_what_a_service_does(String type, Status status) {
        assertThat(ControlState.UNKNOWN.after(type, "", 1).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"trialing, RUNNING", "active, RUNNING", "past_due, SUSPENDED", "paused, SUSPENDED", "pending, SUSPENDED",
            "terminated, DEPROVISIONED", "resting, UNKNOWN"})
    void what_an_event_says_of_its_subscription_decides_before_its_type(String state, Status status) {
        assertThat(ControlState.UNKNOWN.after("subscription.started", state, 1).status()).isEqualTo(status);
        assertThat(ControlState.UNKNOWN.after("invoice.finalized", state, 1).status()).isEqualTo(status);
    }

    @Test
    void another_plan_restores_nothing_while_it_owes() {
        ControlState suspended = ControlState.UNKNOWN.after("invoice.payment_failed", "past_due", 2);
        assertThat(suspended.after("subscription.started", "past_due", 3)).isEqualTo(new ControlState(Status.SUSPENDED, 3));
    }

    @Test
    void paying_one_invoice_restores_nothing_and_paying_all_does() {
        ControlState suspended = ControlState.UNKNOWN.after("subscription.started", "", 1).after("invoice.payment_failed", "", 2);
        ControlState paid = suspended.after("invoice.payment_succeeded", "", 3);
        assertThat(paid).isEqualTo(suspended);
        assertThat(paid.after("subscription.reactivated", "", 4)).isEqualTo(new ControlState(Status.RUNNING, 4));
    }

    @Test
    void what_comes_late_undoes_nothing() {
        var restored = new ControlState(Status.RUNNING, 9);
        assertThat(restored.after("invoice.payment_failed", "", 8)).isEqualTo(restored);
        assertThat(restored.after("invoice.payment_failed", "", 9)).isEqualTo(restored);
    }

    @Test
    void the_end_is_final_and_comes_in_whatever_order() {
        var over = new ControlState(Status.DEPROVISIONED, 5);
        assertThat(over.after("subscription.reactivated", "", 6)).isEqualTo(over);
        assertThat(new ControlState(Status.SUSPENDED, 6).after("subscription.terminated", "", 5)).isEqualTo(over);
    }

    /** The state by the whole story: over if it has ended, else as the last event that decides anything says. */
    @Test
    void in_any_order_and_however_often_the_state_is_that_of_the_whole_story() {
        Cases.check(2_000, random -> {
            List<Told> story = new ArrayList<>();
            for (int i = random.nextInt(9); i > 0; i--) {
                story.add(new Told(story.size() + 1L, Cases.oneOf(random, TYPES)));
            }
            List<Told> coming = new ArrayList<>(story);
            story.forEach(told -> {
                for (int again = random.nextInt(3); again > 0; again--) {
                    coming.add(told);
                }
            });
            ControlState state = ControlState.UNKNOWN;
            for (Told told : Cases.shuffled(random, coming)) {
                state = state.after(told.type().code(), null, told.sequence());
            }
            assertThat(state.status()).isEqualTo(expected(story));
        });
    }

    private static Status expected(List<Told> story) {
        if (story.stream().anyMatch(told -> told.type() == EventType.SUBSCRIPTION_TERMINATED)) {
            return Status.DEPROVISIONED;
        }
        return story.stream().sorted(Comparator.comparing(Told::sequence).reversed()).flatMap(told -> switch (told.type()) {
            case SUBSCRIPTION_STARTED, SUBSCRIPTION_REACTIVATED -> List.of(Status.RUNNING).stream();
            case INVOICE_PAYMENT_FAILED -> List.of(Status.SUSPENDED).stream();
            default -> List.<Status>of().stream();
        }).findFirst().orElse(Status.UNKNOWN);
    }
}
