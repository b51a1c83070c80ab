package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.invoicing.Backlog.Figures;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.invoicing.Backlog}. */
public abstract class BacklogContract extends PortContract {

    private static final Instant MID_JANUARY = Instant.parse("2026-01-15T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Metric DISK = Metric.of("disk", Aggregation.MAX, "GB");

    private World world;

    protected BacklogContract() {
    }

    @BeforeEach
    final void build() {
        world = new World(ports);
        keep(() -> ports.metrics().add(DISK));
    }

    @Test
    @DisplayName("BK-1 what starts from the instant on through which its subscription was billed is unbilled")
    void what_was_not_billed_through_is_unbilled() {
        assertThat(backlog()).isEqualTo(new Figures(0, Optional.empty(), 0, 0));
        Subscription web = world.subscribed(world.sample("web").billedThrough(MID_JANUARY));
        Subscription api = world.subscribed("api");
        record(usage(web, "before").at(MID_JANUARY.minusNanos(1000)), usage(web, "at").at(MID_JANUARY),
                usage(web, "disk").of(DISK).at(MID_JANUARY.plusSeconds(7)), usage(web, "old disk").of(DISK));
        assertThat(backlog().unbilledRecords()).isEqualTo(2);
        assertThat(backlog().oldestUnbilled()).contains(MID_JANUARY);
        Instant earlier = MID_JANUARY.minusSeconds(3600);
        record(usage(api, "first").of(DISK).at(earlier), usage(api, "second").at(FEBRUARY));
        assertThat(backlog().unbilledRecords()).isEqualTo(4);
        assertThat(backlog().oldestUnbilled()).contains(earlier);
    }

    @Test
    @DisplayName("BK-1 of a subscription that is not billed, or never again, nothing is unbilled")
    void what_is_not_to_be_billed_is_not_unbilled() {
        record(usage(world.subscribed(world.sample("shadow").in(SubscriptionState.SHADOW)), "a"),
                usage(world.subscribed(world.sample("over").withoutNextInvoice()), "b"));
        assertThat(backlog().unbilledRecords()).isZero();
        assertThat(backlog().oldestUnbilled()).isEmpty();
    }

    @Test
    @DisplayName("BK-2 a subscription is due at its date, not a microsecond before")
    void a_subscription_is_due_at_its_date() {
        world.subscribed("web");
        world.subscribed(world.sample("never").withoutNextInvoice());
        world.subscribed(world.sample("shadow").in(SubscriptionState.SHADOW));
        assertThat(ports.backlog().at(FEBRUARY).dueSubscriptions()).isEqualTo(1);
        assertThat(ports.backlog().at(FEBRUARY.minusNanos(1000)).dueSubscriptions()).isZero();
    }

    @Test
    @DisplayName("BK-3 drafts are open, and nothing else")
    void drafts_are_open() {
        Invoice web = Samples.invoice(world.subscribed("web")).build();
        Invoice api = Samples.invoice(world.subscribed("api")).build();
        keep(() -> ports.invoices().add(List.of(web, api)));
        assertThat(backlog().openDrafts()).isEqualTo(2);
        keep(() -> ports.invoices().finalise(List.of(web.numbered("HOSTING-000001"))));
        assertThat(backlog().openDrafts()).isEqualTo(1);
    }

    private Figures backlog() {
        return ports.backlog().at(FEBRUARY);
    }

    private static UsageSample usage(Subscription subscription, String key) {
        return Samples.usage(subscription, key);
    }

    private void record(UsageSample... samples) {
        keep(() -> ports.usageRecords().add(Stream.of(samples).map(UsageSample::build).toList(), false));
    }
}
