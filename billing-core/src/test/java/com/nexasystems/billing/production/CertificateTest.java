package com.nexasystems.billing.production;

import static com.nexasystems.billing.production.Plant.ADA;
import static com.nexasystems.billing.production.Plant.KNOWN;
import static com.nexasystems.billing.production.Plant.number;
import static com.nexasystems.billing.production.Plant.quantities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.gate.GateResult.Passed;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.production.Certificate.Issue;
import com.nexasystems.billing.production.LookAtJobs.View;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.Workers;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates: made once, prefilled, and issued only when they are complete. */
class CertificateTest {

    private static final Optional<String> NONE = Optional.empty();

    private final Plant plant = new Plant();

    private static MasterData with(List<OrderLine> lines) {
        return new MasterData(lines, KNOWN.specification(), KNOWN.companySigner(), KNOWN.customer());
    }

    private static MasterData with(Specification specification, Optional<String> companySigner) {
        return new MasterData(KNOWN.lines(), Optional.ofNullable(specification), companySigner, KNOWN.customer());
    }

    private static MasterData with(JobCustomer customer) {
        return new MasterData(KNOWN.lines(), KNOWN.specification(), KNOWN.companySigner(), Optional.ofNullable(customer));
    }

    // --- prefill

    @Test
    void the_process_description_is_from_the_first_order_lines_recipe() {
        assertThat(plant.certificate(KNOWN).fields().process()).contains("hardened");
        var turned = with(List.of(KNOWN.lines().get(1), KNOWN.lines().get(0)));
        assertThat(new Plant().certificate(turned).fields().process()).contains("annealed");
    }

    @Test
    void another_lines_recipe_does_not_stand_in_for_the_first_one() {
        var second = with(List.of(new OrderLine("bolts", NONE), new OrderLine("nuts", Optional.of("annealed"))));
        assertThat(plant.certificate(second).fields().process()).isEmpty();
        assertThat(new Plant().certificate(with(List.of())).fields().process()).isEmpty();
    }

    @Test
    void the_signer_is_from_the_customers_specification_else_the_company_default() {
        assertThat(plant.certificate(KNOWN).fields().signer()).contains("Grace");
        var silent = new Specification("AMS-2750", Optional.of("G"), NONE);
        assertThat(new Plant().certificate(with(silent, Optional.of("Edsger"))).fields().signer()).contains("Edsger");
        assertThat(new Plant().certificate(with(null, Optional.of("Edsger"))).fields().signer()).contains("Edsger");
        assertThat(new Plant().certificate(with(silent, Optional.of(" "))).fields().signer()).isEmpty();
    }

    @Test
    void the_contact_is_the_customers_default() {
        CertificateFields fields = plant.certificate(KNOWN).fields();
        assertThat(fields.contact()).contains("Charles");
        assertThat(fields.contactEmail()).contains("charles@example.com");
        assertThat(new Plant().certificate(with((JobCustomer) null)).fields().contact()).isEmpty();
    }

    @Test
    void the_reference_of_the_specification_is_code_plus_revision() {
        assertThat(plant.certificate(KNOWN).fields().specification()).contains("AMS-2750 G");
        var unrevised = with(new Specification("AMS-2750", NONE, NONE), NONE);
        assertThat(new Plant().certificate(unrevised).fields().specification()).isEmpty();
    }

    @Test
    void non_conforming_is_scrapped_and_rejected_and_shipped_is_done_less_scrapped() {
        Quantities stated = plant.certificate(KNOWN).quantities();
        assertThat(stated.nonConforming()).isEqualTo(number("3"));
        assertThat(stated.shipped()).isEqualTo(number("5"));
        assertThat(quantities("10", "9", "1", null).nonConforming()).isEqualTo(number("1"));
    }

    // --- once

    @Test
    void a_second_run_changes_nothing_in_an_existing_certificate() {
        Certificate made = plant.certificate(MasterData.NONE);
        List<Certificate> before = plant.certificates("J-1");
        plant.job("J-1", Plant.good());
        plant.clock.set(Shop.APRIL);
        CompleteJob.Outcome again = plant.complete("J-1");
        assertThat(again.gate()).isInstanceOf(Passed.class);
        assertThat(again.created()).isEmpty();
        assertThat(again.job().completion().orElseThrow().at()).isEqualTo(Shop.MARCH);
        assertThat(plant.certificates("J-1")).isEqualTo(before).contains(made);
        assertThat(plant.audited(again.job().id())).hasSize(1);
    }

    @Test
    void a_second_run_makes_what_has_become_required_since() {
        plant.certificate(KNOWN);
        List<Certificate> before = plant.certificates("J-1");
        plant.billing.jobs().put(plant.service, new JobDetails("J-1", "O-7", Plant.good(), KNOWN,
                List.of("origin", "analysis", "conformity", "origin")), ADA);
        assertThat(plant.complete("J-1").created()).extracting(Certificate::type).containsExactly("origin");
        assertThat(plant.certificates("J-1")).hasSize(3).containsAll(before);
    }

    @Test
    void concurrent_completions_of_a_job_make_one_set() throws Exception {
        plant.job("J-1", Plant.good());
        try (var workers = new Workers(4)) {
            workers.race(Collections.nCopies(4, () -> plant.complete("J-1")));
        }
        assertThat(plant.certificates("J-1")).extracting(Certificate::type).containsExactly("analysis", "conformity");
        assertThat(plant.audited(plant.find("J-1").id())).hasSize(1);
    }

    // --- issue

    @Test
    void a_complete_certificate_is_issued_with_number_and_date() {
        plant.certificate(KNOWN);
        IssueCertificate.Outcome outcome = plant.issue();
        assertThat(outcome.gate()).isInstanceOf(Passed.class);
        assertThat(outcome.certificate().issue())
                .contains(new Issue("J-1/conformity", LocalDate.of(2026, 3, 1), Shop.MARCH, ADA));
        assertThat(plant.certificate()).isEqualTo(outcome.certificate());
        assertThat(plant.audited(outcome.certificate().id())).extracting(AuditEntry::action)
                .containsExactly("certificate.created", "certificate.issued");
    }

    @Test
    void an_issued_certificate_never_changes() {
        plant.certificate(KNOWN);
        Certificate issued = plant.issue().certificate();
        plant.clock.set(Shop.APRIL);
        plant.job("J-1", quantities("11", "8", "2", "1"));
        assertThat(plant.issue()).isEqualTo(new IssueCertificate.Outcome(issued, new Passed()));
        assertThatThrownBy(plant::refill).isInstanceOf(InvalidValue.class).hasMessageContaining("was issued");
        assertThat(plant.certificate()).isEqualTo(issued);
    }

    @Test
    void everything_that_is_missing_is_said_in_order_with_a_hint() {
        plant.job("J-1", quantities(null, "7", "2", "1"), MasterData.NONE);
        plant.complete("J-1", Plant.bypass("manager"));
        View view = plant.billing.jobViews().at(plant.service, "J-1");
        List<Refusal> all = view.certificates().get(1).gate().refusals();
        assertThat(all).extracting(Refusal::check)
                .containsExactly("specification", "process", "signer", "contact", "contact-email", "quantities");
        assertThat(all.get(0)).isEqualTo(new Refusal("specification",
                "the conformity certificate of job J-1 of order O-7 has no reference of the specification",
                "give the customer's specification of the job a code and a revision and fill the draft again; or enter it"
                        + " in the draft"));
        assertThat(all.get(5).missing()).contains("J-1", "O-7", "done 7", "scrapped 2", "inspection 1");
        assertThat(all).allSatisfy(refusal -> assertThat(refusal.remedy()).isNotBlank());
    }

    @Test
    void the_first_failure_stops_and_the_certificate_stays_a_draft() {
        plant.certificate(with(new Specification("AMS-2750", NONE, NONE), NONE));
        IssueCertificate.Outcome outcome = plant.issue();
        assertThat(outcome.gate().refusals()).extracting(Refusal::check).containsExactly("specification");
        assertThat(outcome.certificate().isIssued()).isFalse();
        assertThat(plant.certificate().isIssued()).isFalse();
    }

    @Test
    void the_contacts_email_is_asked_for_by_itself() {
        plant.certificate(with(new JobCustomer("C-1", Optional.of(new Contact("Charles", NONE)))));
        assertThat(plant.issue().gate().refusals()).extracting(Refusal::check).containsExactly("contact-email");
    }

    @Test
    void the_quantities_must_add_up_once_more_also_if_the_job_was_completed_without() {
        plant.job("J-1", quantities("10", "7", "2", "0.5"));
        plant.complete("J-1", Plant.bypass("manager"));
        assertThat(plant.issue().gate().refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.check()).isEqualTo("quantities");
            assertThat(refusal.missing()).isEqualTo("the quantities of the conformity certificate of job J-1 of order O-7 do"
                    + " not add up: received 10, but done 7 + scrapped 2 + rejected at visual inspection 0.5 = 9.5;"
                    + " they differ by 0.5");
        });
        plant.job("J-1", Plant.good());
        assertThat(plant.issue().gate().refusals()).extracting(Refusal::remedy).containsExactly("fill the draft again");
        plant.refill();
        assertThat(plant.issue().certificate().isIssued()).isTrue();
    }

    @Test
    void nothing_less_than_zero_is_shipped() {
        plant.job("J-1", quantities("10", "4", "6", null));
        plant.complete("J-1");
        assertThat(plant.issue().gate().refusals()).singleElement().satisfies(refusal ->
                assertThat(refusal.missing()).contains("below zero: done 4 - scrapped 6 = -2"));
    }

    @Test
    void nobody_goes_around_the_issue_gate() {
        Certificate draft = plant.certificate(MasterData.NONE);
        var subject = new Issuable(draft, plant.find("J-1"));
        assertThat(CertificateGate.ISSUE.bypass(subject, of -> "x", Plant.bypass("manager"),
                plant.billing.ports().auditTrail(), Shop.MARCH).opens()).isFalse();
        assertThat(plant.audited("x")).isEmpty();
    }

    @Test
    void an_incomplete_certificate_cannot_be_made_an_issued_one() {
        var issue = new Issue("1", LocalDate.EPOCH, Shop.MARCH, ADA);
        Certificate empty = plant.certificate(MasterData.NONE);
        Certificate full = new Plant().certificate(KNOWN);
        assertThatThrownBy(() -> empty.issued(issue)).hasMessage("an issued certificate is complete: J-1/conformity");
        assertThatThrownBy(() -> full.with(full.fields(), quantities("10", "7", "2", "0")).issued(issue))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(full.issued(issue).isIssued()).isTrue();
    }

    // --- putting right

    @Test
    void a_draft_is_filled_again_from_master_data_that_were_put_right() {
        Certificate draft = plant.certificate(MasterData.NONE);
        plant.job("J-1", Plant.good(), KNOWN);
        assertThat(plant.certificate()).isEqualTo(draft);
        plant.refill();
        assertThat(plant.issue().certificate().fields()).isEqualTo(new CertificateFields(Optional.of("AMS-2750 G"),
                Optional.of("hardened"), Optional.of("Grace"), Optional.of("Charles"), Optional.of("charles@example.com")));
    }

    @Test
    void filling_again_keeps_what_was_entered_by_hand() {
        plant.certificate(MasterData.NONE);
        plant.billing.certificateDrafts().enter(plant.service, "J-1", "conformity",
                new CertificateFields(NONE, NONE, Optional.of("Barbara"), Optional.of("Dana"), NONE), ADA);
        plant.job("J-1", Plant.good(), KNOWN);
        CertificateFields filled = plant.refill().fields();
        assertThat(filled.signer()).contains("Barbara");
        assertThat(filled.contact()).contains("Dana");
        assertThat(filled.contactEmail()).as("another person's e-mail").isEmpty();
        assertThat(filled.process()).contains("hardened");
        assertThat(plant.audited(plant.certificate().id())).filteredOn(entry -> entry.action().equals("certificate.amended"))
                .hasSize(2).last().satisfies(entry -> assertThat(entry.details()).containsEntry("signer", "Barbara"));
    }

    @Test
    void texts_that_say_nothing_count_as_absent_and_an_email_is_one() {
        var fields = new CertificateFields(Optional.of(" "), Optional.of(""), NONE, Optional.of(" Dana "), NONE);
        assertThat(fields).isEqualTo(new CertificateFields(NONE, NONE, NONE, Optional.of("Dana"), NONE));
        assertThatThrownBy(() -> new Contact("Dana", Optional.of("n/a"))).isInstanceOf(InvalidValue.class)
                .hasMessage("contact.email: is not an e-mail address: n/a");
    }
}
