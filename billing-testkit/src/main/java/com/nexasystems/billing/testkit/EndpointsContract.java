package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.webhook.Deliveries.Outcome;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.EndpointId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.webhook.Endpoints}. */
public abstract class EndpointsContract extends PortContract {

    private static final int MANY = 100;
    private static final Instant LATER = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final Disabled GONE = new Disabled(Disabled.Reason.GONE, LATER);

    private World world;

    protected EndpointsContract() {
    }

    @BeforeEach
    final void build() {
        world = new World(ports);
    }

    @Test
    @DisplayName("WE-1 an endpoint that was added is found by service and id, exactly as it was")
    void an_endpoint_is_found_exactly_as_it_was() {
        for (Endpoint example : examples()) {
            assertThat(add(example)).isTrue();
            assertThat(ports.endpoints().find(example.service(), example.id())).contains(example);
        }
        assertThat(ports.endpoints().find(world.hosting.id(), new EndpointId(Samples.id("unknown")))).isEmpty();
    }

    @Test
    @DisplayName("WE-1 the endpoint of one service is not there for another")
    void the_endpoint_of_one_service_is_not_there_for_another() {
        Endpoint endpoint = added(world.hosting, "web");
        assertThat(ports.endpoints().find(world.chat.id(), endpoint.id())).isEmpty();
        assertThat(ports.endpoints().list(world.chat.id(), PageRequest.first(MANY)).items()).isEmpty();
    }

    @Test
    @DisplayName("WE-2 a service has at most as many as it may, and another has its own")
    void a_service_has_at_most_as_many_as_it_may() {
        for (int i = 0; i < 3; i++) {
            assertThat(add(WebhookSample.endpoint(world.hosting, "hosting" + i), 3)).isTrue();
        }
        Endpoint fourth = WebhookSample.endpoint(world.hosting, "fourth");
        assertThat(add(fourth, 3)).isFalse();
        assertThat(ports.endpoints().find(world.hosting.id(), fourth.id())).isEmpty();
        assertThat(add(WebhookSample.endpoint(world.chat, "chat"), 3)).isTrue();
        assertThat(add(fourth, 4)).isTrue();
    }

    @Test
    @DisplayName("WE-2 those that are disabled count, and those that were removed do not")
    void those_that_are_disabled_count() {
        Endpoint first = added(world.hosting, "first");
        keep(() -> ports.endpoints().update(first.disabled(GONE)));
        Endpoint second = WebhookSample.endpoint(world.hosting, "second");
        assertThat(add(second, 1)).isFalse();
        keep(() -> ports.endpoints().remove(world.hosting.id(), first.id()));
        assertThat(add(second, 1)).isTrue();
    }

    @Test
    @DisplayName("WE-2 of concurrent calls as many add one as there is room for")
    void of_concurrent_calls_as_many_add_one_as_there_is_room_for() {
        added(world.hosting, "first");
        List<Boolean> answers = OtherThread.together(6,
                i -> add(WebhookSample.endpoint(world.hosting, "rival" + i), 3));
        assertThat(answers).filteredOn(added -> added).hasSize(2);
        assertThat(ports.endpoints().list(world.hosting.id(), PageRequest.first(MANY)).total()).isEqualTo(3);
    }

    @Test
    @DisplayName("WE-3 an update replaces all but id, service and when it was created")
    void an_update_replaces_all_but_id_service_and_when_it_was_created() {
        Endpoint before = added(world.hosting, "web");
        Endpoint other = added(world.hosting, "other");
        for (Endpoint change : examples()) {
            keep(() -> ports.endpoints().update(new Endpoint(before.id(), world.chat.id(), change.name(), change.url(),
                    change.format(), change.types(), change.secrets(), change.disabled(), change.createdAt())));
            assertThat(ports.endpoints().find(before.service(), before.id())).contains(new Endpoint(before.id(),
                    before.service(), change.name(), change.url(), change.format(), change.types(), change.secrets(),
                    change.disabled(), before.createdAt()));
        }
        assertThat(ports.endpoints().find(before.service(), other.id())).contains(other);
    }

    @Test
    @DisplayName("WE-3 an update of one that is not there does nothing")
    void an_update_of_one_that_is_not_there_does_nothing() {
        Endpoint endpoint = WebhookSample.endpoint(world.hosting, "web");
        keep(() -> ports.endpoints().update(endpoint));
        assertThat(ports.endpoints().find(world.hosting.id(), endpoint.id())).isEmpty();
        assertThat(ports.endpoints().list(world.hosting.id(), PageRequest.first(MANY)).total()).isZero();
    }

    @Test
    @DisplayName("WE-4 one that was removed is there no more, and nor are its deliveries and their attempts")
    void one_that_was_removed_is_there_no_more() {
        Endpoint web = added(world.hosting, "web");
        Endpoint other = added(world.hosting, "other");
        Delivery gone = delivered(web);
        Delivery stays = delivered(other);
        assertThat(remove(world.hosting, web.id())).isTrue();
        assertThat(ports.endpoints().find(world.hosting.id(), web.id())).isEmpty();
        assertThat(ports.endpoints().of(List.of(world.hosting.id()))).containsExactly(other);
        assertThat(ports.deliveries().find(world.hosting.id(), gone.id())).isEmpty();
        assertThat(ports.deliveries().attempts(gone.id())).isEmpty();
        assertThat(ports.deliveries().search(DeliverySearch.of(world.hosting.id()), PageRequest.first(MANY)).items())
                .extracting(Delivery::id).containsExactly(stays.id());
        assertThat(ports.deliveries().attempts(stays.id())).hasSize(1);
    }

    @Test
    @DisplayName("WE-4 none is removed that is not there, or is another's")
    void none_is_removed_that_is_not_there() {
        Endpoint web = added(world.hosting, "web");
        assertThat(remove(world.chat, web.id())).isFalse();
        assertThat(remove(world.hosting, new EndpointId(Samples.id("unknown")))).isFalse();
        assertThat(ports.endpoints().find(world.hosting.id(), web.id())).contains(web);
        remove(world.hosting, web.id());
        assertThat(remove(world.hosting, web.id())).isFalse();
    }

    @Test
    @DisplayName("WE-5 a list has the newest first, and pages neither repeat nor leave out")
    void a_list_has_the_newest_first() {
        List<Endpoint> all = ofThreeDays();
        added(world.chat, "chat");
        for (int size : List.of(1, 2, 4, MANY)) {
            var seen = new ArrayList<Endpoint>();
            for (int number = 1; seen.size() < all.size(); number++) {
                Page<Endpoint> page = ports.endpoints().list(world.hosting.id(), new PageRequest(number, size));
                assertThat(page.total()).isEqualTo(all.size());
                assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(size);
                seen.addAll(page.items());
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all)
                    .isSortedAccordingTo(Comparator.comparing(Endpoint::createdAt).reversed());
        }
        assertThat(ports.endpoints().list(world.hosting.id(), new PageRequest(2, MANY)).items()).isEmpty();
    }

    @Test
    @DisplayName("WE-6 those of some services that are not disabled are given, by id")
    void those_of_some_services_that_are_not_disabled_are_given() {
        List<Endpoint> hosting = ofThreeDays();
        Endpoint chat = added(world.chat, "chat");
        Endpoint off = hosting.get(1);
        keep(() -> ports.endpoints().update(off.disabled(GONE)));
        List<Endpoint> on = hosting.stream().filter(endpoint -> !endpoint.equals(off)).toList();
        assertThat(ports.endpoints().of(List.of(world.hosting.id()))).isEqualTo(byId(on));
        assertThat(ports.endpoints().of(List.of(world.chat.id()))).containsExactly(chat);
        on = new ArrayList<>(on);
        on.add(chat);
        assertThat(ports.endpoints().of(List.of(world.chat.id(), world.hosting.id()))).isEqualTo(byId(on));
        assertThat(ports.endpoints().of(List.of())).isEmpty();
        keep(() -> ports.endpoints().update(off.enabled()));
        assertThat(ports.endpoints().of(List.of(world.hosting.id()))).isEqualTo(byId(hosting));
    }

    @Test
    @DisplayName("WE-7 a hold answers as finding does")
    void a_hold_answers_as_finding_does() {
        Endpoint web = added(world.hosting, "web");
        assertThat(kept(() -> ports.endpoints().hold(world.hosting.id(), web.id()))).contains(web);
        assertThat(kept(() -> ports.endpoints().hold(world.chat.id(), web.id()))).isEmpty();
        assertThat(kept(() -> ports.endpoints().hold(world.hosting.id(), new EndpointId(Samples.id("x"))))).isEmpty();
    }

    @Test
    @DisplayName("WE-7 whoever holds an endpoint after another sees what that has changed")
    void whoever_holds_it_after_another_sees_what_that_has_changed() {
        Endpoint web = added(world.hosting, "web");
        Endpoint changed = web.rotated(WebhookSample.secret("next"), LATER, Duration.ofHours(1));
        OtherThread<Optional<Endpoint>> other = kept(() -> {
            ports.endpoints().hold(world.hosting.id(), web.id());
            var waits = OtherThread.doing(() -> kept(() -> ports.endpoints().hold(world.hosting.id(), web.id())));
            assertThat(waits.answerMeanwhile()).as("while it is held").isEmpty();
            ports.endpoints().update(changed);
            return waits;
        });
        assertThat(other.answer()).contains(changed);
    }

    private static List<Endpoint> byId(List<Endpoint> endpoints) {
        return endpoints.stream().sorted(Comparator.comparing(endpoint -> endpoint.id().toString())).toList();
    }

    /** In every format, with no type and with all, with one secret and two, for every reason disabled. */
    private List<Endpoint> examples() {
        Endpoint plain = WebhookSample.endpoint(world.hosting, "plain");
        Endpoint rich = new Endpoint(new EndpointId(Samples.id("rich")), world.hosting.id(), "Straße «ü» \"1\" 🚀",
                URI.create("https://user-1.example:8443/a%20b/%C3%BC?x=1&y=%2F#z"), Endpoint.Format.LAGO,
                Set.of(EventType.values()), List.of(WebhookSample.secret("rich")), Optional.of(GONE), LATER);
        Endpoint rotated = WebhookSample.endpoint(world.hosting, "rotated")
                .rotated(WebhookSample.secret("next"), LATER, Duration.ofHours(1))
                .disabled(new Disabled(Disabled.Reason.BY_SERVICE, Samples.NEW_YEAR));
        Endpoint nameless = WebhookSample.endpoint(world.hosting, "nameless").changed("", URI.create("https://x.example/"),
                Endpoint.Format.LAGO, Set.of(EventType.INVOICE_PAYMENT_FAILED, EventType.SUBSCRIPTION_TERMINATED));
        return List.of(plain, rich, rotated, nameless);
    }

    /** The ids begin with digits on both sides of what some take for a sign. */
    private List<Endpoint> ofThreeDays() {
        var endpoints = new ArrayList<Endpoint>();
        IntStream.range(0, 3).forEach(day -> List.of("0", "7", "8", "f").forEach(first -> {
            Endpoint sample = WebhookSample.endpoint(world.hosting, "day" + day + first, LATER.plus(Duration.ofDays(day)));
            String id = first + sample.id().toString().substring(1);
            endpoints.add(new Endpoint(new EndpointId(UUID.fromString(id)), sample.service(), sample.name(), sample.url(),
                    sample.format(), sample.types(), sample.secrets(), sample.disabled(), sample.createdAt()));
        }));
        Collections.shuffle(endpoints, new Random(7));
        endpoints.forEach(this::add);
        return endpoints;
    }

    private Endpoint added(Service service, String name) {
        Endpoint endpoint = WebhookSample.endpoint(service, name);
        assertThat(add(endpoint)).isTrue();
        return endpoint;
    }

    private boolean add(Endpoint endpoint) {
        return add(endpoint, MANY);
    }

    private boolean add(Endpoint endpoint, int most) {
        return kept(() -> ports.endpoints().add(endpoint, most));
    }

    private boolean remove(Service service, EndpointId id) {
        return kept(() -> ports.endpoints().remove(service.id(), id));
    }

    private Delivery delivered(Endpoint endpoint) {
        BillingEvent event = WebhookSample.event(world.subscribed("of " + endpoint.name()), endpoint.name());
        Delivery delivery = WebhookSample.delivery(endpoint, event, LATER);
        keep(() -> ports.eventLog().append(List.of(event)));
        keep(() -> ports.deliveries().add(List.of(delivery)));
        keep(() -> ports.deliveries().record(List.of(new Outcome(delivery.delivered(), new DeliveryAttempt(delivery.id(),
                LATER, Duration.ZERO, OptionalInt.of(200), "")))));
        return delivery;
    }
}
