package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.production.Certificates}. */
public abstract class CertificatesContract extends PortContract {

    private final Service hosting = Samples.service("hosting");
    private final Service chat = Samples.service("chat");
    private final Job job = ProductionSample.rich(hosting, "J-2", "a", "b");
    private final Job other = ProductionSample.rich(hosting, "J-1", "a");
    private final Job theirs = ProductionSample.rich(chat, "J-1", "a");

    protected CertificatesContract() {
    }

    @BeforeEach
    final void addJobs() {
        keep(() -> {
            ports.services().add(hosting);
            ports.services().add(chat);
            Stream.of(job, other, theirs).forEach(ports.jobs()::add);
        });
    }

    @Test
    @DisplayName("CE-1 certificates are found with their job, by type, exactly as they were")
    void certificates_are_found_exactly_as_they_were() {
        Certificate issued = add(ProductionSample.issued(ProductionSample.draft(job, "b"), "zoë \"Z\" 🚀"));
        Certificate draft = add(ProductionSample.draft(job, "a"));
        add(ProductionSample.draft(other, "a"));
        assertThat(ports.certificates().of(job.id())).containsExactly(draft, issued);
        assertThat(ports.certificates().of(Samples.id("nobody"))).isEmpty();
    }

    @Test
    @DisplayName("CE-2 a job has one certificate of a type")
    void a_job_has_one_certificate_of_a_type() {
        Certificate first = add(ProductionSample.draft(job, "a"));
        assertThat(kept(() -> ports.certificates().add(rival(0)))).isFalse();
        assertThat(ports.certificates().of(job.id())).containsExactly(first);
    }

    @Test
    @DisplayName("CE-2 of concurrent certificates of a type, one is added")
    void of_concurrent_certificates_one_is_added() {
        assertThat(OtherThread.together(4, i -> kept(() -> ports.certificates().add(rival(i))))).containsOnlyOnce(true);
        assertThat(ports.certificates().of(job.id())).hasSize(1);
    }

    private Certificate rival(int i) {
        return new Certificate(Samples.id("rival " + i), job.id(), hosting.id(), job.number(), job.order(), "a",
                ProductionSample.ALL_FIELDS, ProductionSample.TEN, ProductionSample.NOW, Optional.empty());
    }

    @Test
    @DisplayName("CE-3 an update replaces fields, quantities and issue of a draft, and nothing else")
    void an_update_replaces_fields_quantities_and_issue() {
        Certificate draft = add(ProductionSample.draft(job, "a"));
        Certificate untouched = add(ProductionSample.draft(job, "b"));
        Certificate issued = ProductionSample.issued(draft, "ada");
        assertThat(update(new Certificate(draft.id(), draft.job(), draft.service(), draft.jobNumber(), draft.order(), "a",
                ProductionSample.ALL_FIELDS, ProductionSample.TEN, draft.createdAt(), Optional.empty()))).isTrue();
        assertThat(update(draft)).isTrue();
        assertThat(ports.certificates().of(job.id())).containsExactly(draft, untouched);
        assertThat(update(new Certificate(draft.id(), theirs.id(), chat.id(), "J-9", "O-9", "z", issued.fields(),
                issued.quantities(), Instant.EPOCH, issued.issue()))).isTrue();
        assertThat(ports.certificates().of(job.id())).containsExactly(issued, untouched);
        assertThat(update(ProductionSample.draft(theirs, "z"))).isFalse();
    }

    @Test
    @DisplayName("CE-4 an issued certificate never changes")
    void an_issued_certificate_never_changes() {
        Certificate draft = add(ProductionSample.draft(job, "a"));
        Certificate issued = ProductionSample.issued(draft, "ada");
        assertThat(update(issued)).isTrue();
        assertThat(update(draft)).isFalse();
        assertThat(update(ProductionSample.issued(draft, "eve"))).isFalse();
        assertThat(ports.certificates().of(job.id())).containsExactly(issued);
    }

    @Test
    @DisplayName("CE-4 of concurrent issues, one stands")
    void of_concurrent_issues_one_stands() {
        Certificate draft = add(ProductionSample.draft(job, "a"));
        List<Boolean> updated = OtherThread.together(4, i -> update(ProductionSample.issued(draft, "person " + i)));
        assertThat(updated).containsOnlyOnce(true);
        assertThat(ports.certificates().of(job.id()).get(0).issue().orElseThrow().by())
                .isEqualTo(Actor.person("person " + updated.indexOf(true)));
    }

    @Test
    @DisplayName("CE-5 the list of a service comes by job and type, page by page")
    void the_list_of_a_service_comes_by_job_and_type() {
        Certificate b = add(ProductionSample.draft(job, "b"));
        Certificate a = add(ProductionSample.issued(ProductionSample.draft(job, "a"), "ada"));
        Certificate first = add(ProductionSample.draft(other, "z"));
        Certificate foreign = add(ProductionSample.draft(theirs, "a"));
        assertThat(list(hosting, Optional.empty())).containsExactly(first, a, b);
        assertThat(list(hosting, Optional.of(true))).containsExactly(a);
        assertThat(list(hosting, Optional.of(false))).containsExactly(first, b);
        assertThat(list(chat, Optional.empty())).containsExactly(foreign);
    }

    @Test
    @DisplayName("CE-6 a certificate is found by its id, and not by another service")
    void a_certificate_is_found_by_its_id() {
        Certificate draft = add(ProductionSample.draft(job, "a"));
        Certificate issued = add(ProductionSample.issued(ProductionSample.draft(job, "b"), "ada"));
        List.of(draft, issued).forEach(each -> {
            assertThat(ports.certificates().find(hosting.id(), each.id())).contains(each);
            assertThat(ports.certificates().find(chat.id(), each.id())).isEmpty();
        });
        assertThat(ports.certificates().find(hosting.id(), job.id())).isEmpty();
    }

    /** By pages of one. */
    private List<Certificate> list(Service service, Optional<Boolean> issued) {
        var all = new ArrayList<Certificate>();
        Page<Certificate> page = ports.certificates().list(service.id(), issued, PageRequest.first(1));
        for (int i = 2; !page.items().isEmpty(); i++) {
            all.addAll(page.items());
            page = ports.certificates().list(service.id(), issued, new PageRequest(i, 1));
        }
        assertThat(page.total()).isEqualTo(all.size());
        return all;
    }

    private boolean update(Certificate certificate) {
        return kept(() -> ports.certificates().update(certificate));
    }

    private Certificate add(Certificate certificate) {
        assertThat(kept(() -> ports.certificates().add(certificate))).isTrue();
        return certificate;
    }
}
