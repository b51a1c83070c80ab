package com.nexasystems.billing.webhook;

import static com.nexasystems.billing.testing.Hooks.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Hooks;
import com.nexasystems.billing.testing.Workers;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.Endpoint.Format;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefineEndpointTest {

    private static final URI ELSEWHERE = URI.create("https://elsewhere.example/hooks?token=geheim");
    private static final URI REFUSED = URI.create("https://refused.example/");

    private final Hooks hooks = new Hooks();
    private final DefineEndpoint endpoints = hooks.endpoints;

    DefineEndpointTest() {
        hooks.receivers.refuse(REFUSED, "is an address of nobody");
    }

    @Test
    void a_new_endpoint_is_told_at_once_and_has_one_secret_of_its_own() {
        Endpoint web = hooks.endpoint("web");
        Endpoint other = hooks.endpoint("other");
        assertThat(hooks.find(web)).isEqualTo(web);
        assertThat(web.disabled()).isEmpty();
        assertThat(web.secrets()).hasSize(1).doesNotContainAnyElementsOf(other.secrets());
        assertThat(web.wants(EventType.RECONCILIATION_DELTA)).isTrue();
    }

    @Test
    void a_service_has_at_most_ten() {
        IntStream.range(0, DefineEndpoint.MOST).forEach(i -> hooks.endpoint("web" + i));
        assertThatThrownBy(() -> hooks.endpoint("eleventh")).isInstanceOf(InvalidValue.class).hasMessageContaining("10");
        hooks.endpoint(new ServiceId(Hooks.id("chat")), "chat", Format.STANDARD);
        endpoints.remove(hooks.hosting, hooks.ports.endpoints().list(hooks.hosting, PageRequest.first(1)).items().get(0)
                .id(), ADA);
        hooks.endpoint("eleventh");
    }

    @Test
    void an_address_that_is_never_called_is_refused_with_the_reason_and_nothing_changes() {
        assertThatThrownBy(() -> endpoints.register(hooks.hosting, "", REFUSED, Format.STANDARD, Set.of(), ADA))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("is an address of nobody");
        assertThat(hooks.ports.endpoints().list(hooks.hosting, PageRequest.first(10)).total()).isZero();
        Endpoint web = hooks.endpoint("web");
        assertThatThrownBy(() -> endpoints.change(hooks.hosting, web.id(), "", REFUSED, Format.STANDARD, Set.of(), ADA))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("is an address of nobody");
        assertThat(hooks.find(web)).isEqualTo(web);
        assertThat(actions(web)).containsExactly("webhook_endpoint.created");
    }

    @Test
    void names_and_addresses_have_a_limit() {
        String name = "x".repeat(255);
        URI url = URI.create("https://web.example/" + "x".repeat(2_000 - "https://web.example/".length()));
        assertThat(register(name, url).name()).isEqualTo(name);
        assertThatThrownBy(() -> register(name + "x", url)).isInstanceOf(InvalidValue.class).hasMessageContaining("255");
        assertThatThrownBy(() -> register(name, URI.create(url + "x"))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("2000");
    }

    @Test
    void a_change_keeps_the_secret_and_whether_it_is_disabled() {
        Endpoint web = endpoints.enable(hooks.hosting, hooks.endpoint("web").id(), false, ADA);
        Set<EventType> types = Set.of(EventType.INVOICE_PAYMENT_FAILED);
        Endpoint changed = endpoints.change(hooks.hosting, web.id(), "new", ELSEWHERE, Format.LAGO, types, ADA);
        assertThat(changed).isEqualTo(new Endpoint(web.id(), web.service(), "new", ELSEWHERE, Format.LAGO, types,
                web.secrets(), web.disabled(), web.createdAt())).isEqualTo(hooks.find(web));
    }

    @Test
    void a_rotation_puts_the_new_secret_before_the_old_one() {
        Endpoint web = hooks.endpoint("web");
        Endpoint rotated = endpoints.rotate(hooks.hosting, web.id(), Duration.ofDays(1), ADA);
        assertThat(rotated.secrets()).hasSize(2).element(1).isEqualTo(new Secret(web.secrets().get(0).text(),
                Optional.of(hooks.clock.instant().plus(Duration.ofDays(1)))));
        assertThat(rotated.secrets().get(0).text()).isNotEqualTo(web.secrets().get(0).text());
        assertThat(hooks.find(web)).isEqualTo(rotated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P30DT1S"})
    void an_overlap_is_between_nothing_and_thirty_days(Duration overlap) {
        Endpoint web = hooks.endpoint("web");
        assertThatThrownBy(() -> endpoints.rotate(hooks.hosting, web.id(), overlap, ADA)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("30 days");
        assertThat(hooks.find(web)).isEqualTo(web);
    }

    @Test
    void one_that_is_disabled_says_why_and_can_be_enabled() {
        Endpoint web = hooks.endpoint("web");
        Endpoint disabled = endpoints.enable(hooks.hosting, web.id(), false, ADA);
        assertThat(disabled.disabled()).contains(new Disabled(Disabled.Reason.BY_SERVICE, hooks.clock.instant()));
        assertThat(endpoints.enable(hooks.hosting, web.id(), true, ADA)).isEqualTo(web);
    }

    @Test
    void what_another_service_has_does_not_exist() {
        Endpoint web = hooks.endpoint("web");
        var chat = new ServiceId(Hooks.id("chat"));
        List<Runnable> attempts = List.of(() -> endpoints.rotate(chat, web.id(), Duration.ZERO, ADA),
                () -> endpoints.enable(chat, web.id(), false, ADA), () -> endpoints.remove(chat, web.id(), ADA),
                () -> endpoints.change(chat, web.id(), "", ELSEWHERE, Format.LAGO, Set.of(), ADA));
        assertThat(attempts).allSatisfy(attempt -> assertThatThrownBy(attempt::run).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("does not exist"));
        assertThat(hooks.find(web)).isEqualTo(web);
        assertThat(actions(web)).hasSize(1);
    }

    @Test
    void every_change_is_audited_with_who_did_it_and_no_secret_or_path() {
        Endpoint web = register("web", ELSEWHERE);
        Endpoint rotated = endpoints.rotate(hooks.hosting, web.id(), Duration.ofDays(1), ADA);
        endpoints.change(hooks.hosting, web.id(), "new", ELSEWHERE, Format.LAGO, Set.of(), ADA);
        endpoints.enable(hooks.hosting, web.id(), false, ADA);
        endpoints.enable(hooks.hosting, web.id(), true, ADA);
        endpoints.remove(hooks.hosting, web.id(), ADA);
        assertThat(actions(web)).containsExactly("webhook_endpoint.created", "webhook_endpoint.secret_rotated",
                "webhook_endpoint.changed", "webhook_endpoint.disabled", "webhook_endpoint.enabled",
                "webhook_endpoint.removed");
        assertThat(trail(web)).allSatisfy(entry -> {
            assertThat(entry.actor()).isEqualTo(ADA);
            assertThat(entry.details()).containsEntry("host", "elsewhere.example");
            assertThat(entry.toString()).doesNotContain("geheim", "whsec_");
            rotated.secrets().forEach(secret -> assertThat(entry.toString()).doesNotContain(secret.text().substring(6)));
        });
    }

    @Test
    void of_changes_at_once_none_is_lost() throws Exception {
        Endpoint web = hooks.endpoint("web");
        try (var workers = new Workers(2)) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                List<Secret> rotated = new ArrayList<>();
                workers.race(List.of(() -> rotated.addAll(endpoints.rotate(hooks.hosting, web.id(), Duration.ofDays(1), ADA)
                        .secrets()), () -> endpoints.change(hooks.hosting, web.id(), "name " + number, ELSEWHERE,
                        Format.STANDARD, Set.of(), ADA)));
                assertThat(hooks.find(web).secrets()).isEqualTo(rotated);
                assertThat(hooks.find(web).name()).isEqualTo("name " + number);
            }
        }
    }

    private Endpoint register(String name, URI url) {
        return endpoints.register(hooks.hosting, name, url, Format.STANDARD, Set.of(), ADA);
    }

    private List<String> actions(Endpoint endpoint) {
        return trail(endpoint).stream().map(AuditEntry::action).toList();
    }

    private List<AuditEntry> trail(Endpoint endpoint) {
        return hooks.ports.auditTrail().of(endpoint.id().toString());
    }
}
