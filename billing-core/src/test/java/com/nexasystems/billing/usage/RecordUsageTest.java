package com.nexasystems.billing.usage;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.RecordUsage.Option;
import com.nexasystems.billing.usage.UsageOutcome.Conflict;
import com.nexasystems.billing.usage.UsageOutcome.Duplicate;
import com.nexasystems.billing.usage.UsageOutcome.NotStored;
import com.nexasystems.billing.usage.UsageOutcome.Recorded;
import com.nexasystems.billing.usage.UsageOutcome.Refused;
import com.nexasystems.billing.usage.UsageOutcome.Replaced;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordUsageTest {

    private final Shop shop = new Shop();
    private Subscription web;
    private UsageKey key;

    @BeforeEach
    void a_subscription() {
        web = shop.subscribe("web-1");
        key = new UsageKey(web.id(), new MetricCode(CPU), "k");
    }

    @Test
    void a_record_is_stored_and_found_again() {
        assertThat(shop.record(event("100"))).isEqualTo(new Recorded(key, false));
        assertThat(stored().quantity()).isEqualByComparingTo("100");
        assertThat(stored().source()).isEqualTo("hosting");
    }

    @Test
    void a_metric_can_compute_what_a_record_counts_for() {
        shop.billing.define(Metric.of("core_seconds", Aggregation.SUM, "s")
                .computedBy("event.properties.cores * event.properties.seconds"));
        var submission = new UsageSubmission("web-1", "core_seconds", MARCH, Optional.empty(), null, Optional.empty(),
                Map.of("cores", "1.5", "seconds", "3600"), "k");
        var computed = new UsageKey(web.id(), new MetricCode("core_seconds"), "k");
        assertThat(shop.record(submission)).isEqualTo(new Recorded(computed, false));
        assertThat(shop.record(submission)).isEqualTo(new Duplicate(computed));
        assertThat(shop.billing.ports().usageRecords().find(computed).orElseThrow().quantity()).isEqualByComparingTo("5400");
        assertThat(shop.record(submission.withProperty("cores", "two")))
                .isEqualTo(new UsageOutcome.Refused("properties.cores", "is not a number: two"));
        assertThat(shop.record(submission.withProperty("cores", "-1").withProperty("seconds", "x")))
                .isInstanceOf(UsageOutcome.Refused.class);
    }

    @Test
    void a_metric_can_compute_the_value_that_it_counts() {
        shop.billing.define(Metric.uniqueCount("hosts", "host", "host")
                .computedBy("concat(event.properties.name, '.', event.properties.zone)"));
        shop.record(new UsageSubmission("web-1", "hosts", MARCH, Optional.empty(), null, Optional.empty(),
                Map.of("name", "a", "zone", "b"), "k"));
        assertThat(shop.billing.ports().usageRecords().find(new UsageKey(web.id(), new MetricCode("hosts"), "k")).orElseThrow()
                .properties()).containsEntry("host", "a.b");
    }

    @Test
    void the_subscription_may_be_named_by_our_own_id() {
        assertThat(shop.record(UsageSubmission.event(web.id().toString(), CPU, MARCH, "100", "k")))
                .isEqualTo(new Recorded(key, false));
    }

    @Test
    void the_same_record_again_is_a_duplicate_and_counts_once() {
        shop.record(event("100"));
        assertThat(shop.record(event("100.000"))).isEqualTo(new Duplicate(key));
        assertThat(stored().quantity()).isEqualByComparingTo("100");
    }

    @Test
    void the_same_key_with_another_quantity_is_a_conflict_that_shows_both() {
        shop.record(event("100"));
        assertThat(shop.record(event("101"))).isInstanceOfSatisfying(Conflict.class, conflict -> {
            assertThat(conflict.stored().quantity()).isEqualByComparingTo("100");
            assertThat(conflict.submitted().quantity()).isEqualByComparingTo("101");
        });
        assertThat(stored().quantity()).isEqualByComparingTo("100");
    }

    @Test
    void a_correction_that_was_asked_for_keeps_the_old_value_on_the_audit_trail() {
        shop.record(event("100"));
        assertThat(shop.record(event("101"), Option.REPLACE)).isEqualTo(new Replaced(key, new BigDecimal("100"), false));
        List<AuditEntry> trail = shop.billing.ports().auditTrail().of(key.toString());
        assertThat(trail).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).hasToString("service:hosting");
            assertThat(entry.details()).containsEntry("before", "100").containsEntry("after", "101");
        });
    }

    @Test
    void a_correction_does_not_move_a_record_to_another_time() {
        shop.record(event("100"));
        UsageSubmission moved = UsageSubmission.event("web-1", CPU, MARCH.plusSeconds(1), "100", "k");
        assertThat(shop.record(moved, Option.REPLACE)).isInstanceOf(Conflict.class);
    }

    @Test
    void another_metric_or_subscription_may_use_the_same_key() {
        shop.billing.define(Metric.of("calls", Aggregation.COUNT, "call"));
        shop.subscribe(shop.customer("ada"), "web-2", shop.starter);
        shop.record(event("100"));
        assertThat(shop.record(UsageSubmission.event("web-1", "calls", MARCH, "1", "k"))).isInstanceOf(Recorded.class);
        assertThat(shop.record(UsageSubmission.event("web-2", CPU, MARCH, "1", "k"))).isInstanceOf(Recorded.class);
    }

    @Test
    void the_subscription_of_another_service_is_not_found_by_any_name() {
        Service chat = shop.billing.register("chat", "Chat");
        List<UsageSubmission> tries = List.of(event("1"), UsageSubmission.event(web.id().toString(), CPU, MARCH, "1", "k"));
        assertThat(shop.billing.usage().record(chat, tries)).containsExactly(
                new Refused("subscription", "not found: web-1"), new Refused("subscription", "not found: " + web.id()));
    }

    @ParameterizedTest(name = "a record at {0} is refused: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-02-28T23:59:59.999999Z | before the subscription started
            2026-03-20T00:00:00Z        | after the subscription was terminated
            2026-03-25T01:00:00.000001Z | in the future
            """)
    void a_record_lies_within_the_subscription_and_not_in_the_future(Instant start, String reason) {
        shop.clock.set(Instant.parse("2026-03-20T00:00:00Z"));
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        shop.clock.set(Instant.parse("2026-03-25T00:00:00Z"));
        assertThat(shop.use("web-1", start, "1")).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason()).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-03-02T00:00:00.000001Z", "+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void a_window_is_a_year_at_most(Instant end) {
        assertThat(shop.record(UsageSubmission.counter("web-1", CPU, MARCH, end, "1", "k")))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.field()).isEqualTo("end"));
    }

    @Test
    void an_inactive_service_records_nothing() {
        List<UsageSubmission> batch = List.of(UsageSubmission.event("web-1", CPU, MARCH, "1", "k"));
        assertThatThrownBy(() -> shop.billing.usage().record(shop.hosting.active(false), batch))
                .hasMessage("service: is not active: hosting");
    }

    @Test
    void an_hour_of_clock_skew_is_allowed_to_the_microsecond() {
        assertThat(shop.use("web-1", MARCH.plus(Duration.ofHours(1)), "1")).isInstanceOf(Recorded.class);
        assertThat(shop.use("web-1", MARCH.plus(Duration.ofHours(1)).plusNanos(1000), "1")).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+5", "1e3", "NaN", "1_000", "", "100000000000000000000000000", "0.0000000000001"})
    void a_quantity_that_is_no_plain_decimal_is_refused(String quantity) {
        UsageSubmission counter =
                UsageSubmission.counter("web-1", CPU, MARCH, MARCH.plusSeconds(3600), quantity, "k");
        assertThat(shop.record(counter)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.field()).isEqualTo("quantity"));
        assertThat(shop.billing.ports().usageRecords().find(key)).isEmpty();
    }

    @ParameterizedTest(name = "an event of -1 on {0} is stored: {1}")
    @CsvSource({"SUM, true", "LATEST, true", "WEIGHTED_SUM, true", "COUNT, false", "MAX, false"})
    void an_event_below_zero_is_taken_where_it_means_something(Aggregation aggregation, boolean stored) {
        shop.billing.define(Metric.of("m", aggregation, "unit"));
        assertThat(shop.record(UsageSubmission.event("web-1", "m", MARCH, "-1", "k")).isStored()).isEqualTo(stored);
    }

    @Test
    void what_is_wrong_is_named() {
        assertThat(shop.record(UsageSubmission.event("web-1", "nothing", MARCH, "1", "k")))
                .isEqualTo(new Refused("metric", "does not exist: nothing"));
        assertThat(shop.record(UsageSubmission.event("web-1", CPU, null, "1", "k")))
                .isEqualTo(new Refused("start", "is mandatory"));
        assertThat(shop.record(UsageSubmission.event("web-1", CPU, MARCH, "1", " ")))
                .isEqualTo(new Refused("idempotency_key", "is mandatory"));
        assertThat(shop.record(UsageSubmission.counter("web-1", CPU, MARCH, MARCH, "1", "k")))
                .isEqualTo(new Refused("end", "must be after the start: " + MARCH));
        assertThat(shop.record(UsageSubmission.event(null, CPU, MARCH, "1", "k"))).isInstanceOf(Refused.class);
    }

    @Test
    void a_bad_record_never_takes_good_ones_down() {
        List<UsageOutcome> outcomes = shop.billing.usage().record(shop.hosting,
                List.of(event("1"), UsageSubmission.event("nobody", CPU, MARCH, "1", "x"),
                        UsageSubmission.event("web-1", CPU, MARCH, "2", "k2"), event("1")));
        assertThat(outcomes).hasExactlyElementsOfTypes(Recorded.class, Refused.class, Recorded.class, Duplicate.class);
    }

    @Test
    void all_or_nothing_stores_nothing_beside_a_refused_record() {
        List<UsageOutcome> outcomes = shop.billing.usage().record(shop.hosting,
                List.of(event("1"), UsageSubmission.event("nobody", CPU, MARCH, "1", "x")), Option.ALL_OR_NOTHING);
        assertThat(outcomes).hasExactlyElementsOfTypes(NotStored.class, Refused.class);
        assertThat(shop.billing.ports().usageRecords().find(key)).isEmpty();
    }

    @Test
    void all_or_nothing_stores_nothing_beside_a_conflict() {
        shop.record(event("1"));
        List<UsageOutcome> outcomes = shop.billing.usage().record(shop.hosting,
                List.of(UsageSubmission.event("web-1", CPU, MARCH, "2", "k2"), event("3")), Option.ALL_OR_NOTHING);
        assertThat(outcomes).hasExactlyElementsOfTypes(NotStored.class, Conflict.class);
        assertThat(shop.billing.ports().usageRecords().find(new UsageKey(web.id(), new MetricCode(CPU), "k2"))).isEmpty();
    }

    @Test
    void all_or_nothing_takes_duplicates_for_stored() {
        shop.record(event("1"));
        List<UsageOutcome> outcomes = shop.billing.usage().record(shop.hosting,
                List.of(UsageSubmission.event("web-1", CPU, MARCH, "2", "k2"), event("1")), Option.ALL_OR_NOTHING);
        assertThat(outcomes).hasExactlyElementsOfTypes(Recorded.class, Duplicate.class);
    }

    @Test
    void a_record_of_a_period_that_was_billed_is_late_and_marked_once() {
        shop.bill(APRIL);
        assertThat(shop.use("web-1", MARCH, "1")).isEqualTo(
                new Recorded(new UsageKey(web.id(), new MetricCode(CPU), MARCH.toString()), true));
        shop.use("web-1", MARCH.plusSeconds(1), "1");
        assertThat(shop.use("web-1", APRIL, "1")).isInstanceOfSatisfying(Recorded.class,
                recorded -> assertThat(recorded.late()).isFalse());
        assertThat(shop.billing.ports().usageRecords().late(List.of(web.id()))).hasSize(1);
    }

    @Test
    void a_key_reads_what_it_writes() {
        var odd = new UsageKey(web.id(), new MetricCode(CPU), "a/b c");
        assertThat(UsageKey.parse(odd.toString())).isEqualTo(odd);
        assertThatThrownBy(() -> UsageKey.parse("x/y/z")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> UsageKey.parse("x")).isInstanceOf(InvalidValue.class);
    }

    private static UsageSubmission event(String quantity) {
        return UsageSubmission.event("web-1", CPU, MARCH, quantity, "k");
    }

    private UsageRecord stored() {
        return shop.billing.ports().usageRecords().find(key).orElseThrow();
    }
}
