package com.nexasystems.billing.production;

import static com.nexasystems.billing.production.Plant.ADA;
import static com.nexasystems.billing.production.Plant.quantities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.GateResult.Bypassed;
import com.nexasystems.billing.gate.GateResult.Passed;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.production.LookAtJobs.Blocked;
import com.nexasystems.billing.production.LookAtJobs.BlockedPage;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Job completion: a production job may be marked done. */
class JobGateTest {

    private final Plant plant = new Plant();

    @Test
    void the_quantity_received_must_be_present() {
        plant.job("J-1", quantities(null, "7", "2", "1"));
        CompleteJob.Outcome outcome = plant.complete("J-1");
        assertThat(outcome.gate().refusals()).containsExactly(new Refusal("received",
                "the quantity received of job J-1 of order O-7 is not known (done 7 + scrapped 2 + rejected at visual inspection 1)",
                "count what was received, and enter it"));
        assertThat(plant.find("J-1").isCompleted()).isFalse();
        assertThat(plant.certificates("J-1")).isEmpty();
    }

    @Test
    void the_message_names_the_job_the_order_and_all_the_numbers() {
        plant.job("J-1", quantities("10", "7", "2", "0.5"));
        assertThat(plant.complete("J-1").gate().refusals()).containsExactly(new Refusal("quantities",
                "the quantities of job J-1 of order O-7 do not add up: received 10, but done 7 + scrapped 2"
                + " + rejected at visual inspection 0.5 = 9.5; they differ by 0.5",
                "count again, and correct what is wrong; 0.0001 may be missing or too much"));
        assertThat(plant.find("J-1").isCompleted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10, 7, 2, 1, true", "10, 9, 1, , true", "10, 9, 1, 0, true", "10, 8, 1, , false", "0, 0, 0, , true",
        "10, 6.9999, 2, 1, true", "10, 7.0001, 2, 1, true", "10, 6.999899999999, 2, 1, false",
                "10, 7.000100000001, 2, 1, false",
        "0.3, 0.1, 0.1, 0.1, true", "10.0000, 7.00, 2.000, 1.0, true"})
    void received_is_done_and_scrapped_and_rejected_within_a_ten_thousandth(String received, String done, String scrapped,
                                                                            String rejected, boolean passes) {
        plant.job("J-1", quantities(received, done, scrapped, rejected));
        assertThat(plant.complete("J-1").gate().opens()).isEqualTo(passes);
        assertThat(plant.find("J-1").isCompleted()).isEqualTo(passes);
    }

    @Test
    void a_job_is_marked_done_with_its_certificates_and_that_is_on_record() {
        plant.job("J-1", Plant.good());
        CompleteJob.Outcome outcome = plant.complete("J-1");
        assertThat(outcome.gate()).isInstanceOf(Passed.class);
        assertThat(outcome.job().completion()).contains(new Job.Completion(ADA, Shop.MARCH, false));
        assertThat(outcome.created()).extracting(Certificate::type).containsExactly("analysis", "conformity");
        assertThat(plant.certificates("J-1")).isEqualTo(outcome.created());
        assertThat(plant.audited(outcome.job().id())).extracting(AuditEntry::action).containsExactly("job.completed");
        assertThat(plant.audited(outcome.created().get(0).id())).extracting(AuditEntry::action)
                .containsExactly("certificate.created");
    }

    @Test
    void a_manager_may_go_around_it_and_that_is_on_record_with_role_and_reason() {
        plant.job("J-1", quantities("10", "7", "2", "0.5"));
        CompleteJob.Outcome outcome = plant.complete("J-1", Plant.bypass("manager"));
        assertThat(outcome.gate()).isInstanceOf(Bypassed.class);
        assertThat(outcome.job().completion().orElseThrow().bypassed()).isTrue();
        assertThat(outcome.created()).hasSize(2);
        assertThat(plant.audited(outcome.job().id())).filteredOn(entry -> entry.action().equals("gate.bypassed"))
                .singleElement().satisfies(entry -> {
                    assertThat(entry.actor()).isEqualTo(Actor.person("max"));
                    assertThat(entry.details()).containsEntry("role", "manager")
                            .containsEntry("reason", "the scale is broken")
                            .containsEntry("gate", "job-completion").hasEntrySatisfying("missing", missing ->
                                    assertThat(missing).contains("received 10", "done 7", "scrapped 2", "inspection 0.5"));
                });
    }

    @Test
    void nobody_else_may_go_around_it() {
        plant.job("J-1", quantities(null, "7", "2", "1"));
        for (Bypass bypass : List.of(Plant.bypass("clerk"), new Bypass(Actor.person("max"), "I say so"))) {
            CompleteJob.Outcome outcome = plant.complete("J-1", bypass);
            assertThat(outcome.gate().refusals()).extracting(Refusal::check).containsExactly("received", "bypass");
            assertThat(outcome.gate().refusals().get(1).remedy()).isEqualTo("ask a manager");
            assertThat(outcome.job().isCompleted()).isFalse();
        }
        assertThat(plant.audited(plant.find("J-1").id())).isEmpty();
    }

    @Test
    void a_bypass_that_is_not_needed_is_none() {
        plant.job("J-1", Plant.good());
        assertThat(plant.complete("J-1", Plant.bypass("clerk")).gate()).isInstanceOf(Passed.class);
        assertThat(plant.find("J-1").completion().orElseThrow().bypassed()).isFalse();
    }

    @Test
    void a_completed_job_stays_complete_when_it_is_handed_over_again() {
        plant.job("J-1", Plant.good());
        plant.complete("J-1");
        Job before = plant.find("J-1");
        assertThat(plant.job("J-1", Plant.good())).isEqualTo(before);
        assertThatThrownBy(() -> plant.job("J-1", quantities("10", "8", "2", "1"))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("job J-1 of order O-7 is completed").hasMessageContaining("received 10, done 8");
        assertThat(plant.find("J-1")).isEqualTo(before);
        plant.job("J-1", quantities("10", "8", "2", null));
        assertThat(plant.find("J-1").completion()).isEqualTo(before.completion());
        assertThat(plant.audited(before.id())).extracting(AuditEntry::action).containsExactly("job.completed",
                "job.corrected");
    }

    @Test
    void an_unknown_job_and_one_of_another_service_are_not_there() {
        plant.job("J-1", Plant.good());
        var other = plant.billing.register("other", "Other").id();
        assertThatThrownBy(() -> plant.complete("J-2")).isInstanceOf(InvalidValue.class)
                .hasMessage("job: does not exist: J-2");
        assertThatThrownBy(() -> plant.billing.completions().complete(other, "J-1", ADA, Optional.empty()))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> plant.billing.jobViews().at(other, "J-1")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void the_list_of_blocked_jobs_says_why_page_by_page() {
        IntStream.range(0, 9).forEach(i -> plant.job("J-" + i, i % 3 == 0 ? Plant.good() : quantities(null, "1", "0",
                null)));
        plant.job("J-9", quantities("1", "2", "0", null));
        var seen = new ArrayList<Blocked>();
        Optional<String> after = Optional.empty();
        do {
            BlockedPage page = plant.billing.jobViews().blocked(plant.service, after, 2);
            assertThat(page.jobs()).hasSizeLessThanOrEqualTo(2);
            seen.addAll(page.jobs());
            after = page.next();
        } while (after.isPresent());
        assertThat(seen).extracting(blocked -> blocked.job().number())
                .containsExactly("J-1", "J-2", "J-4", "J-5", "J-7", "J-8", "J-9");
        assertThat(seen.get(6).why().refusals()).extracting(Refusal::check).containsExactly("quantities");
        plant.complete("J-9", Plant.bypass("manager"));
        assertThat(plant.billing.jobViews().blocked(plant.service, Optional.of("J-8"), 2).jobs()).isEmpty();
    }

    @Test
    void quantities_are_not_below_zero() {
        assertThatThrownBy(() -> quantities("-1", "0", "0", "0")).hasMessage("received: must not be negative: -1");
        assertThatThrownBy(() -> quantities("1", "0", "0", "-1")).hasMessage("rejected: must not be negative: -1");
    }
}
