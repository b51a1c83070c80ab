package com.nexasystems.billing.payment;

import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Fault;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.payment.Payment.Dispute;
import com.nexasystems.billing.payment.PaymentGateway.Disputed;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.testing.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefundsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Till till = new Till();
    private Invoice invoice;

    @BeforeEach
    void collectAnInvoice() {
        invoice = till.invoice(till.customer("ada", Means.GOOD), "web");
        till.collect();
        till.provider.notices();
    }

    @Test
    void what_a_note_promises_is_given_back_once_the_way_it_came() {
        CreditNote note = till.give(till.now(invoice), Given.refund(cad("7.50")));
        assertThat(till.provided.refunds().run()).isEqualTo(new MakeRefunds.Report(1, 0, List.of()));
        assertThat(till.now(note).refund()).contains(RefundStatus.SUCCEEDED);
        Refund refund = till.refunds(till.last(invoice)).get(0);
        assertThat(refund.reference()).isEqualTo("credit-note-" + note.id() + "-1");
        assertThat(refund.status()).isEqualTo(Refund.Status.SUCCEEDED);
        till.shop.clock.advance(DAY);
        assertThat(till.provided.refunds().run()).isEqualTo(new MakeRefunds.Report(0, 0, List.of()));
        till.takeNotices();
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("7.50");
        assertThat(audited(note)).containsOnlyOnce("credit_note.refund_succeeded");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"TURNED_AWAY", "LOST_BEFORE", "LOST_AFTER", "BROKEN"})
    void an_unknown_outcome_is_looked_up_before_it_is_asked_for_again(Fault fault) {
        CreditNote note = till.give(till.now(invoice), Given.refund(cad("7.50")));
        var script = new ArrayList<>(List.of(Fault.NONE, fault));
        till.provider.script(() -> script.isEmpty() ? Fault.NONE : script.remove(0));
        MakeRefunds.Report report = till.provided.refunds().run();
        assertThat(report.asked()).isZero();
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.failures()).singleElement(STRING).startsWith("refund credit-note-" + note.id() + "-1: ");
        assertThat(till.now(note).refund()).contains(RefundStatus.PENDING);
        till.shop.clock.advance(MemoryPaymentGateway.KEYS_LIVE.plusHours(1));
        assertThat(till.provided.refunds().run()).isEqualTo(new MakeRefunds.Report(1, 0, List.of()));
        assertThat(till.now(note).refund()).contains(RefundStatus.SUCCEEDED);
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("7.50");
    }

    @Test
    void what_came_in_cash_goes_back_in_cash() {
        Invoice mixed = till.sold(till.known("ada"), "50.00");
        till.receive(mixed, "20.00", "cash");
        till.collect();
        assertThat(till.now(mixed).status()).isEqualTo(InvoiceStatus.PAID);
        CreditNote note = till.give(till.now(mixed), Given.refund(cad("45.00")));
        till.provided.refunds().run();
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("30.00");
        assertThat(till.now(note).refund()).contains(RefundStatus.PENDING);
        till.shop.billing.refunds().record(till.shop.hosting.id(), note.id(), RefundStatus.SUCCEEDED, Till.ZOE);
        till.provided.refunds().run();
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("30.00");
    }

    @Test
    void notes_never_give_back_more_than_a_payment_was() {
        till.provider.giveBack(till.last(invoice).charge().orElseThrow(), cad("15.00"));
        till.takeNotices();
        assertThat(till.refunds(till.last(invoice))).extracting(Refund::status).containsExactly(Refund.Status.SUCCEEDED);
        till.give(till.now(invoice), Given.refund(cad("20.00")));
        till.provided.refunds().run();
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("20.00");
    }

    @Test
    void a_refund_that_is_turned_down_has_failed_and_may_be_made_in_another_way() {
        CreditNote note = till.give(till.now(invoice), Given.refund(cad("7.50")));
        var script = new ArrayList<>(List.of(Fault.NONE, Fault.DECLINE));
        till.provider.script(() -> script.isEmpty() ? Fault.NONE : script.remove(0));
        till.provided.refunds().run();
        assertThat(till.now(note).refund()).contains(RefundStatus.FAILED);
        assertThat(till.refunds(till.last(invoice)).get(0).failure()).contains("declined");
        till.shop.clock.advance(DAY);
        assertThat(till.provided.refunds().run()).isEqualTo(new MakeRefunds.Report(0, 0, List.of()));
        till.shop.billing.refunds().record(till.shop.hosting.id(), note.id(), RefundStatus.SUCCEEDED, Till.ZOE);
        assertThat(till.now(note).refund()).contains(RefundStatus.SUCCEEDED);
    }

    @Test
    void a_refund_that_is_sent_back_after_it_succeeded_has_failed() {
        CreditNote note = till.give(till.now(invoice), Given.refund(cad("7.50")));
        till.provided.refunds().run();
        till.provider.sendBack(till.provider.refunds().get(0).id());
        till.takeNotices();
        assertThat(till.now(note).refund()).contains(RefundStatus.FAILED);
        assertThat(audited(note)).contains("credit_note.refund_succeeded", "credit_note.refund_failed");
    }

    @Test
    void a_refund_that_is_processing_is_asked_for_until_it_ends() {
        CreditNote note = till.give(till.now(invoice), Given.refund(cad("7.50")));
        var script = new ArrayList<>(List.of(Fault.NONE, Fault.LATER_SUCCESS));
        till.provider.script(() -> script.isEmpty() ? Fault.NONE : script.remove(0));
        till.provided.refunds().run();
        assertThat(till.now(note).refund()).contains(RefundStatus.PENDING);
        till.shop.clock.advance(MemoryPaymentGateway.PROCESSING_TAKES);
        till.provided.refunds().run();
        assertThat(till.now(note).refund()).contains(RefundStatus.SUCCEEDED);
    }

    @Test
    void nodes_that_work_at_once_give_back_once() throws Exception {
        var other = till.shop.billing.with(till.provider, DunningPlan.DEFAULT);
        for (int i = 0; i < 10; i++) {
            till.give(till.now(invoice), Given.refund(cad("1.00")));
            try (var workers = new Workers(2)) {
                workers.race(List.of(till.provided.refunds()::run, other.refunds()::run));
            }
        }
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("10.00");
        assertThat(till.refunds(till.last(invoice))).hasSize(10);
    }

    @Test
    void a_dispute_is_kept_beside_the_payment_whenever_it_is_told() {
        Invoice other = till.sold(till.known("ada"), "5.00");
        var script = new ArrayList<>(List.of(Fault.NONE, Fault.LOST_AFTER));
        till.provider.script(() -> script.isEmpty() ? Fault.NONE : script.remove(0));
        till.collect();
        String charge = till.provider.charges().get(1).id();
        till.provider.notices();
        till.provider.contest(charge, Dispute.OPEN);
        till.takeNotices();
        assertThat(till.last(other).dispute()).contains(Dispute.OPEN);
        assertThat(till.now(other).status()).isEqualTo(InvoiceStatus.PAID);
        till.provider.contest(charge, Dispute.LOST);
        till.takeNotices();
        assertThat(till.last(other).dispute()).contains(Dispute.LOST);
        assertThat(till.shop.billing.ports().auditTrail().of(till.last(other).id().toString()))
                .extracting(AuditEntry::action).containsExactlyInAnyOrder("payment.dispute_open", "payment.dispute_lost");
        assertThat(till.last(invoice).dispute()).isEqualTo(Optional.empty());
    }

    @Test
    void an_answer_that_was_overtaken_does_not_undo_that_a_refund_has_failed() {
        CreditNote note = till.give(till.now(invoice), Given.refund(cad("7.50")));
        till.provided.refunds().run();
        Refunded older = till.provider.refunds().get(0);
        till.provider.sendBack(older.id());
        till.takeNotices();
        var late = new StaleGateway(till.provider).refund(older);
        assertThat(till.shop.billing.with(late, DunningPlan.DEFAULT).notices()
                .take(new Notice(Notice.Subject.REFUND, older.id(), "refund.updated"))).isTrue();
        assertThat(till.refunds(till.last(invoice)).get(0).status()).isEqualTo(Refund.Status.FAILED);
        assertThat(till.now(note).refund()).contains(RefundStatus.FAILED);
    }

    @Test
    void an_answer_that_was_overtaken_does_not_undo_that_a_dispute_has_ended() {
        Disputed older = till.provider.contest(till.last(invoice).charge().orElseThrow(), Dispute.OPEN);
        till.provider.contest(older.charge(), Dispute.LOST);
        till.takeNotices();
        var late = new StaleGateway(till.provider).dispute(older);
        assertThat(till.shop.billing.with(late, DunningPlan.DEFAULT).notices()
                .take(new Notice(Notice.Subject.DISPUTE, older.id(), "charge.dispute.created"))).isTrue();
        assertThat(till.last(invoice).dispute()).contains(Dispute.LOST);
    }

    @Test
    void what_could_not_be_paid_back_while_it_was_contested_is_paid_back_once_that_is_won() {
        Invoice other = till.invoice(till.customer("max", Means.PROCESSING), "mail");
        till.collect();
        till.withdraw(other);
        String charge = till.last(other).charge().orElseThrow();
        till.provider.decide(charge, true);
        till.takeNotices();
        Payment paid = till.last(other);
        Refund surplus = till.refunds(paid).get(0);
        var refused = new Refunded(surplus.reference(), surplus.reference(), charge, Refund.Status.FAILED, surplus.amount(),
                Optional.of("it is contested"));
        till.shop.billing.with(new StaleGateway(till.provider).found(refused), DunningPlan.DEFAULT).refunds().run();
        assertThat(till.refunds(paid).get(0).status()).isEqualTo(Refund.Status.FAILED);
        till.provider.contest(charge, Dispute.WON);
        till.takeNotices();
        till.provided.refunds().run();
        assertThat(till.refunds(paid)).extracting(Refund::status).containsExactly(Refund.Status.SUCCEEDED);
        assertThat(till.provider.refunded("cus_max")).isEqualByComparingTo("20.00");
    }

    private List<String> audited(CreditNote note) {
        return till.shop.billing.ports().auditTrail().of(note.id().toString()).stream().map(AuditEntry::action).toList();
    }
}
