package com.nexasystems.billing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A gate as a team composes it: may this job be shipped? */
class GateTest {

    private static final Bypass BY_ADA = new Bypass(Actor.person("ada"), "the customer waits");
    private static final Function<Job, String> NAME = job -> "job/" + job.name;

    private final List<String> looked = new ArrayList<>();
    private final Ports ports = Ports.inMemory();
    private final Gate<Job> gate = new Gate<>("shipping", List.of(
            check("quantity", job -> job.received > 0, "nothing was received", "book the delivery"),
            check("certificate", job -> job.certified, "no certificate", "issue it")))
            .and(check("address", job -> !job.address.isBlank(), "no address", "ask the customer"));

    private record Job(String name, int received, boolean certified, String address) { }

    @Test
    void it_opens_when_nothing_is_missing() {
        assertThat(gate.check(new Job("J-1", 1, true, "Toronto"))).isInstanceOf(GateResult.Passed.class);
        assertThat(looked).containsExactly("quantity", "certificate", "address");
    }

    @Test
    void it_stops_at_the_first_failure_and_says_how_to_put_it_right() {
        GateResult result = gate.check(new Job("J-1", 1, false, ""));
        assertThat(result.refusals()).containsExactly(new Refusal("certificate", "no certificate", "issue it"));
        assertThat(result.opens()).isFalse();
        assertThat(looked).containsExactly("quantity", "certificate");
    }

    @Test
    void it_can_report_all_failures_in_the_order_of_the_checks() {
        assertThat(gate.checkAll(new Job("J-1", 0, false, "")).refusals()).extracting(Refusal::check)
                .containsExactly("quantity", "certificate", "address");
    }

    @Test
    void a_bypass_opens_it_and_is_written_down_with_all_that_was_missing() {
        GateResult result = gate.bypass(new Job("J-1", 1, false, ""), NAME, BY_ADA, ports.auditTrail(), Shop.MARCH);
        assertThat(result.opens()).isTrue();
        assertThat(result.refusals()).hasSize(2);
        assertThat(ports.auditTrail().of("job/J-1")).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(Actor.person("ada"));
            assertThat(entry.at()).isEqualTo(Shop.MARCH);
            assertThat(entry.details()).containsEntry("gate", "shipping").containsEntry("reason", "the customer waits")
                    .containsEntry("missing", "certificate: no certificate; address: no address");
        });
    }

    @Test
    void a_bypass_of_an_open_gate_is_none() {
        GateResult result = gate.bypass(new Job("J-1", 1, true, "x"), NAME, BY_ADA, ports.auditTrail(), Shop.MARCH);
        assertThat(result).isInstanceOf(GateResult.Passed.class);
        assertThat(ports.auditTrail().of("job/J-1")).isEmpty();
    }

    @Test
    void a_bypass_is_written_down_with_the_role() {
        var manager = new Bypass(Actor.person("ada"), " manager ", "the customer waits");
        gate.bypass(new Job("J-1", 0, true, "x"), NAME, manager, ports.auditTrail(), Shop.MARCH);
        assertThat(ports.auditTrail().of("job/J-1")).singleElement().satisfies(entry ->
                assertThat(entry.details()).containsEntry("role", "manager"));
    }

    @Test
    void a_gate_can_say_in_which_roles_one_goes_around_it() {
        var incomplete = new Job("J-1", 0, true, "x");
        Gate<Job> strict = gate.bypassableBy("manager", "director").and(check("last", job -> true, "", ""));
        GateResult result = strict.bypass(incomplete, NAME, BY_ADA, ports.auditTrail(), Shop.MARCH);
        assertThat(result.opens()).isFalse();
        assertThat(result.refusals()).last().isEqualTo(new Refusal("bypass",
                "person:ada may not go around the gate shipping",
                "ask a director or manager"));
        assertThat(strict.bypass(incomplete, NAME, new Bypass(Actor.person("ada"), "clerk", "?"), ports.auditTrail(),
                Shop.MARCH).refusals()).last().extracting(Refusal::missing).isEqualTo(
                "person:ada as clerk may not go around the gate shipping");
        assertThat(ports.auditTrail().of("job/J-1")).isEmpty();
        assertThat(strict.bypass(incomplete, NAME, new Bypass(Actor.person("ada"), "director", "?"), ports.auditTrail(),
                Shop.MARCH).opens()).isTrue();
    }

    @Test
    void a_gate_can_say_that_nobody_goes_around_it() {
        GateResult result = gate.bypassableBy().bypass(new Job("J-1", 0, true, "x"), NAME,
                new Bypass(Actor.person("ada"), "manager", "?"), ports.auditTrail(), Shop.MARCH);
        assertThat(result.refusals()).last().extracting(Refusal::remedy).isEqualTo("put right what is missing; nobody may");
    }

    @Test
    void a_bypass_needs_a_reason() {
        assertThatThrownBy(() -> new Bypass(Actor.person(" "), "why")).hasMessage("a bypass needs an actor");
        assertThatThrownBy(() -> new Bypass(Actor.person("ada"), " ")).hasMessage("a bypass needs a reason");
    }

    @Test
    void an_answer_folds_into_one_of_three() {
        var waved = new GateResult.Bypassed(BY_ADA, List.of());
        assertThat(List.of(new GateResult.Passed(), waved, new GateResult.Refused(List.of())))
                .extracting(result -> result.<String>fold(passed -> "passed",
                        bypassed -> "bypassed by " + bypassed.bypass().actor(), refused -> "refused"))
                .containsExactly("passed", "bypassed by person:ada", "refused");
    }

    private Check<Job> check(String name, Predicate<Job> holds, String missing, String remedy) {
        return new Check<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Problem> look(Job job) {
                looked.add(name);
                return holds.test(job) ? Optional.empty() : Optional.of(new Problem(missing, remedy));
            }
        };
    }
}
