package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.approval.ApprovalAnswer;
import com.nexasystems.billing.approval.ApprovalAnswer.AlreadyDecided;
import com.nexasystems.billing.approval.ApprovalAnswer.Decided;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.Backfill;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.CompleteJob;
import com.nexasystems.billing.production.IssueCertificate;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.JobDetails;
import com.nexasystems.billing.production.MasterData;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.production.Quantities;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several nodes at work on one job, and what the database itself does not let pass. */
@ExtendWith(TestDatabase.class)
class ProductionTest {

    private static final Actor ADA = Actor.person("ada");
    private static final String INTEGRITY = "23000";
    private static final String CHECK = "23514";
    private static final MasterData KNOWN = new MasterData(List.of(new OrderLine("bolts", Optional.of("hardened"))),
            Optional.of(new Specification("AMS-2750", Optional.of("G"), Optional.of("Grace"))), Optional.empty(),
            Optional.of(new JobCustomer("C-1", Optional.of(new Contact("Charles", Optional.of("charles@example.com"))))));
    private static final Quantities GOOD = new Quantities(Optional.of(new BigDecimal("10.0001")), new BigDecimal("7"),
            new BigDecimal("2"), Optional.of(BigDecimal.ONE));

    private final JpaSettings settings = TestDatabase.freshSchema();
    private final Billing one = Billing.over(TestDatabase.open(settings).ports()).build();
    private final Billing other = Billing.over(TestDatabase.open(settings).ports()).build();
    private final ServiceId plant = one.register("plant", "Plant").id();

    private Job job(String number) {
        return one.jobs().put(plant, new JobDetails(number, "O-7", GOOD, KNOWN, List.of("analysis", "conformity")), ADA);
    }

    /** Four at a time, two on each node. */
    private <T> List<T> together(Function<Billing, T> work) {
        return Stream.of(one, other, one, other).map(node -> CompletableFuture.supplyAsync(() -> work.apply(node))).toList()
                .stream().map(CompletableFuture::join).toList();
    }

    @Test
    void concurrent_completions_of_a_job_make_one_set_of_certificates() {
        for (int i = 0; i < 5; i++) {
            String number = "J-" + i;
            Job job = job(number);
            List<CompleteJob.Outcome> outcomes = together(node -> node.completions().complete(plant, number, ADA,
                    Optional.empty()));
            assertThat(outcomes).extracting(outcome -> outcome.created().size()).containsExactlyInAnyOrder(2, 0, 0, 0);
            assertThat(one.ports().certificates().of(job.id())).extracting(Certificate::type)
                    .containsExactly("analysis", "conformity");
            assertThat(one.ports().auditTrail().of(job.id().toString())).extracting(AuditEntry::action)
                    .containsExactly("job.completed");
        }
    }

    @Test
    void concurrent_issues_of_a_certificate_issue_it_once() {
        job("J-1");
        Certificate draft = one.completions().complete(plant, "J-1", ADA, Optional.empty()).created().get(0);
        List<IssueCertificate.Outcome> outcomes = together(node -> node.certificates().issue(plant, "J-1", "analysis", ADA));
        assertThat(outcomes).extracting(outcome -> outcome.certificate().issue().orElseThrow()).containsOnly(
                outcomes.get(0).certificate().issue().orElseThrow());
        assertThat(one.ports().auditTrail().of(draft.id().toString())).extracting(AuditEntry::action)
                .containsExactly("certificate.created", "certificate.issued");
    }

    @Test
    void concurrent_backfills_make_each_certificate_once() {
        IntStream.range(0, 30).forEach(i -> {
            Job job = job("J-" + i);
            one.ports().jobs().update(new Job(job.id(), plant, job.number(), job.order(), job.quantities(), job.master(),
                    job.certificateTypes(), Optional.of(new Job.Completion(ADA, one.clock().instant(), false))));
        });
        List<Backfill.Report> reports = together(node -> node.certificateBackfill().run(Optional.of(plant), false, ADA,
                report -> { }));
        assertThat(reports.stream().mapToLong(Backfill.Report::certificates).sum()).isEqualTo(60);
        assertThat(one.certificateBackfill().run(Optional.empty(), true, ADA, report -> { }).jobs()).isZero();
    }

    @Test
    void concurrent_decisions_on_an_approval_make_one() {
        String token = one.approvalRequests().ask("s", "May we?", "grace", ADA, Duration.ofDays(1)).token();
        List<ApprovalAnswer> answers = together(node -> node.approvalDecisions().decide(token, true, ""));
        assertThat(answers).filteredOn(Decided.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(AlreadyDecided.class::isInstance).hasSize(3);
    }

    @Test
    void what_is_final_does_not_change_whoever_writes() throws SQLException {
        job("J-1");
        one.completions().complete(plant, "J-1", ADA, Optional.empty());
        one.certificates().issue(plant, "J-1", "analysis", ADA);
        one.approvalDecisions().decide(one.approvalRequests().ask("s", "May we?", "grace", ADA, Duration.ofDays(1)).token(),
                false, "no");
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            connection.setSchema(settings.schema());
            assertRefused(connection, "UPDATE certificate SET signer = 'Eve' WHERE type = 'analysis'", INTEGRITY);
            assertRefused(connection, "DELETE FROM certificate WHERE type = 'analysis'", INTEGRITY);
            assertRefused(connection, "UPDATE approval SET approved = true", INTEGRITY);
            assertRefused(connection, "DELETE FROM approval", INTEGRITY);
            assertRefused(connection, "UPDATE production_job SET done = 8", CHECK);
            assertRefused(connection, "UPDATE production_job SET received = NULL", CHECK);
            for (String change : List.of("production_job SET received = -1", "production_job SET done = 'NaN'",
                    "production_job SET line_processes = '{}'", "production_job SET spec_code = NULL",
                    "production_job SET contact_name = NULL", "production_job SET completed_at = NULL",
                    "production_job SET rejected = 3")) {
                assertRefused(connection, "UPDATE " + change, CHECK);
            }
            assertRefused(connection, "UPDATE certificate SET contact_email = NULL, number = 'x', issued_on = now(),"
                    + " issued_at = now(), issued_by_kind = 'person', issued_by_name = 'eve' WHERE type = 'conformity'",
                    CHECK);
        }
    }

    private static void assertRefused(Connection connection, String sql, String state) throws SQLException {
        try (var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).isInstanceOfSatisfying(SQLException.class,
                    e -> assertThat(e.getSQLState()).isEqualTo(state));
        }
    }
}
