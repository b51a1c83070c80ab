package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.approval.ApprovalCheck;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.PostEntries.BulkOutcome;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.TestClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An installation asks for somebody's approval before all drafts are posted at once. */
class ApprovedPostingTest {

    private static final Actor ADA = Actor.person("ada");

    private final TestClock clock = new TestClock(Shop.MARCH);
    private final Ports ports = Ports.inMemory();
    private final Billing billing = Billing.over(ports).clock(clock).bulkPostingNeeds(new ApprovalCheck<BulkPosting>(
            ports.approvals(), bulk -> "bulk-posting", Duration.ofDays(1), clock)).build();

    @BeforeEach
    void a_draft() {
        Money ten = Shop.cad("10.00");
        var entry = new JournalEntry(new EntryKey("in_1", EntryKey.Kind.INVOICE, "", 1), LocalDate.of(2026, 2, 1), "cus_1",
                "invoice", List.of(new Posting(LedgerAccount.RECEIVABLE, ten),
                new Posting(LedgerAccount.revenue("hosting"), ten.negated())));
        var evidence = new Evidence("in_1", Shop.MARCH, List.of());
        var record = new IngestedInvoice("in_1", Outcome.BOOKED, Optional.empty(), false, Optional.empty(),
                Optional.of(evidence.sha256()), List.of(), List.of(), Optional.of(Shop.MARCH), Shop.MARCH);
        ports.unitOfWork().run(() -> {
            ports.journal().claim(List.of("in_1"));
            ports.journal().keep(List.of(new Keep(record, List.of(new Draft(entry, evidence.sha256())),
                    Optional.of(evidence))));
        });
    }

    private BulkOutcome post(Optional<Bypass> bypass) {
        return billing.posting().all(ADA, bypass, progress -> { });
    }

    @Test
    void nothing_is_posted_until_somebody_else_has_approved() {
        BulkOutcome refused = post(Optional.empty());
        assertThat(refused.gate().refusals()).extracting(Refusal::check).containsExactly("approval");
        assertThat(refused.report()).isEqualTo(PostReport.NOTHING);
        assertThat(billing.posting().check(ADA).opens()).isFalse();
        String token = billing.approvalRequests().ask("bulk-posting", "May February be posted?", "grace", ADA,
                Duration.ofDays(1)).token();
        assertThat(post(Optional.empty()).gate().opens()).isFalse();
        billing.approvalDecisions().decide(token, true, "");
        assertThat(post(Optional.empty()).report().posted()).isEqualTo(1);
    }

    @Test
    void a_bypass_with_role_and_reason_is_on_record() {
        assertThat(post(Optional.of(new Bypass(ADA, "controller", "grace is away"))).report().posted()).isEqualTo(1);
        assertThat(ports.auditTrail().of("ledger")).filteredOn(entry -> entry.action().equals("gate.bypassed"))
                .singleElement().satisfies(entry -> assertThat(entry.details()).containsEntry("role", "controller")
                        .containsEntry("missing", "approval: nobody was asked to approve bulk-posting"));
    }
}
