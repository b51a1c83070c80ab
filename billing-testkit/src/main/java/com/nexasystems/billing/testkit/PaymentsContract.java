package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.LineOrigin;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payment.Dispute;
import com.nexasystems.billing.payment.Payment.Method;
import com.nexasystems.billing.payment.Payment.Refusal;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Payments;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.payment.RefundId;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link Payments}. */
public abstract class PaymentsContract extends PortContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final Instant LOST = NOW.plusSeconds(1800);
    private static final Money ZERO = Money.zero(Samples.CAD);
    private static final int RIVALS = 6;
    private static final int MANY = 100;

    private World world;
    private Customer ada;
    private Payments payments;
    private int numbers;

    protected PaymentsContract() {
    }

    @BeforeEach
    final void build() {
        world = new World(ports);
        ada = Samples.richCustomer("Ada");
        keep(() -> ports.customers().link(world.hosting.id(), List.of(new Customers.Candidate("ada", ada))));
        payments = ports.payments();
    }

    // --- collections

    @Test
    @DisplayName("PY-1 what is finalised and open is enrolled, due at once, if its customer is known to the provider")
    void what_is_open_is_enrolled() {
        Invoice open = invoice("open");
        Invoice partly = invoice("partly");
        pay(partly, "19.99", InvoiceStatus.FINALISED);
        Invoice offset = invoice("offset a little");
        offset(offset, "19.99");
        Invoice ofChat = finalised(Samples.invoice(subscription(world.chat, ada, "chat")));
        assertThat(enrol(NOW, MANY)).isEqualTo(4);
        for (Invoice each : List.of(open, partly, offset, ofChat)) {
            assertThat(payments.collection(each.id())).contains(InvoiceCollection.of(each, NOW));
        }
        assertThat(enrol(LOST, MANY)).isZero();
        assertThat(payments.collection(open.id())).contains(InvoiceCollection.of(open, NOW));
    }

    @Test
    @DisplayName("PY-1 what is not open, or whose customer is not known to the provider, is not enrolled")
    void what_is_not_open_is_not_enrolled() {
        add(Samples.invoice(subscription(world.hosting, ada, "draft")).build());
        pay(invoice("paid"), "20.00", InvoiceStatus.PAID);
        changeStatus(invoice("void"), InvoiceStatus.VOID);
        changeStatus(invoice("given up"), InvoiceStatus.UNCOLLECTIBLE);
        Invoice offset = invoice("offset");
        offset(offset, "5.00");
        offset(offset, "15.00");
        Invoice nothing = finalised(Samples.invoice(subscription(world.hosting, ada, "nothing")).lines());
        Invoice unknown = finalised(Samples.invoice(world.sample("unknown").build()));
        assertThat(enrol(NOW, MANY)).isZero();
        assertThat(payments.collection(offset.id())).isEmpty();
        assertThat(payments.collection(nothing.id())).isEmpty();
        assertThat(payments.collection(unknown.id())).isEmpty();
    }

    @Test
    @DisplayName("PY-1 an invoice is enrolled once, whatever became of its collection")
    void an_invoice_is_enrolled_once() {
        Invoice done = invoice("done");
        Invoice asked = invoice("asked for");
        update(in(State.DONE, done, 0, Optional.empty()));
        update(in(State.FAILED, asked, 5, Optional.empty()));
        assertThat(enrol(NOW, MANY)).isZero();
        assertThat(payments.collection(done.id()).map(InvoiceCollection::state)).contains(State.DONE);
        assertThat(payments.collection(asked.id()).map(InvoiceCollection::state)).contains(State.FAILED);
    }

    @Test
    @DisplayName("PY-1 at most as many are enrolled as asked for, and the rest after them")
    void as_many_are_enrolled_as_asked_for() {
        invoices(5);
        assertThat(List.of(enrol(NOW, 2), enrol(NOW, 2), enrol(NOW, 2), enrol(NOW, 2))).containsExactly(2, 2, 1, 0);
    }

    @Test
    @DisplayName("PY-1 those who enrol at once open one collection for an invoice")
    void those_who_enrol_at_once_open_one_each() {
        List<Invoice> all = invoices(8);
        List<Integer> opened = OtherThread.together(RIVALS, i -> enrol(NOW, MANY));
        int rest = enrol(NOW, MANY);
        assertThat(opened.stream().mapToInt(Integer::intValue).sum() + rest).isEqualTo(all.size());
        assertThat(all).allMatch(invoice -> payments.collection(invoice.id()).isPresent());
    }

    @Test
    @DisplayName("PY-2 a claim gives what is due, the longest due first, and puts it off")
    void a_claim_gives_what_is_due() {
        InvoiceCollection second = update(at(invoice("second"), NOW.minusSeconds(1)));
        InvoiceCollection third = update(at(invoice("third"), NOW));
        InvoiceCollection first = update(in(State.FAILED, invoice("first"), 5, Optional.of(NOW.minusSeconds(2))));
        update(at(invoice("later"), NOW.plusNanos(1000)));
        update(in(State.DONE, invoice("done"), 0, Optional.empty()));
        update(in(State.FAILED, invoice("failed"), 5, Optional.empty()));
        assertThat(claim(NOW, 2)).containsExactly(first.claimedUntil(LOST), second.claimedUntil(LOST));
        assertThat(payments.collection(first.invoice())).contains(first.claimedUntil(LOST));
        assertThat(claim(NOW, 2)).containsExactly(third.claimedUntil(LOST));
        assertThat(claim(NOW, 2)).isEmpty();
    }

    @Test
    @DisplayName("PY-2 what nothing is heard of is due again")
    void what_nothing_is_heard_of_is_due_again() {
        InvoiceCollection collection = update(at(invoice("a"), NOW));
        claim(NOW, 1);
        assertThat(claim(LOST.minusNanos(1000), 1)).isEmpty();
        assertThat(kept(() -> payments.claimDue(LOST, LOST.plusSeconds(1), 1)))
                .containsExactly(collection.claimedUntil(LOST.plusSeconds(1)));
    }

    @Test
    @DisplayName("PY-2 of those who claim at once each gets others")
    void those_who_claim_at_once_get_others() {
        List<Invoice> all = invoices(12);
        enrol(NOW, MANY);
        List<InvoiceId> claimed = OtherThread.together(RIVALS, i -> claim(NOW, 2)).stream().flatMap(List::stream)
                .map(InvoiceCollection::invoice).toList();
        assertThat(claimed).doesNotHaveDuplicates();
        List<InvoiceId> rest = claim(NOW, MANY).stream().map(InvoiceCollection::invoice).toList();
        assertThat(Stream.concat(claimed.stream(), rest.stream()))
                .containsExactlyInAnyOrderElementsOf(all.stream().map(Invoice::id).toList());
    }

    @Test
    @DisplayName("PY-3 an update replaces what is there, or adds it")
    void an_update_replaces_or_adds() {
        Invoice invoice = invoice("a");
        Invoice other = invoice("b");
        enrol(NOW, MANY);
        Instant dunning = Instant.parse("1999-12-31T23:59:59.999999Z");
        var rich = new InvoiceCollection(invoice.id(), holder(invoice), State.OPEN, 17, Optional.of(dunning),
                Optional.of(LOST));
        assertThat(payments.collection(update(rich).invoice())).contains(rich);
        update(in(State.DONE, invoice, 0, Optional.empty()));
        assertThat(payments.collection(invoice.id())).contains(in(State.DONE, invoice, 0, Optional.empty()));
        assertThat(payments.collection(other.id())).contains(InvoiceCollection.of(other, NOW));
        Invoice later = invoice("not enrolled");
        assertThat(payments.collection(later.id())).isEmpty();
        assertThat(payments.collection(update(at(later, LOST)).invoice())).contains(at(later, LOST));
    }

    // --- payments

    @Test
    @DisplayName("PY-4 a payment is found exactly as it was")
    void a_payment_is_found_exactly_as_it_was() {
        Invoice invoice = invoice("a");
        Payment second = asked(invoice, 2);
        Payment rich = new Payment(new PaymentId(Samples.id("rich")), invoice.id(), holder(invoice), 1, Method.PROVIDER,
                "référence 🚀", Optional.of("cus_ü"), Optional.of("pm_ü"), cad("12345678901234.56"), Status.DECLINED,
                Optional.of("ch_ü"), ZERO, Optional.of(new Refusal("card_declined", "Zu wenig Geld «auf» dem Konto")),
                Optional.of(Dispute.LOST), Instant.parse("1999-12-31T23:59:59.999999Z"), NOW);
        Payment manual = new Payment(new PaymentId(Samples.id("manual")), invoice.id(), holder(invoice), 3, Method.MANUAL,
                "manual", Optional.empty(), Optional.empty(), cad("7.00"), Status.SUCCEEDED, Optional.empty(), cad("6.99"),
                Optional.empty(), Optional.empty(), NOW, NOW);
        for (Payment payment : List.of(second, manual, rich)) {
            assertThat(add(payment)).isTrue();
            assertThat(payments.find(world.hosting.id(), payment.id())).contains(payment);
            assertThat(payments.findByReference(payment.reference())).contains(payment);
        }
        assertThat(payments.findByCharge("ch_ü")).contains(rich);
        assertThat(payments.of(invoice.id())).containsExactly(rich, second, manual);
        assertThat(payments.of(invoice("b").id())).isEmpty();
        assertThat(payments.findByReference("of nobody")).isEmpty();
        assertThat(payments.findByCharge("of nobody")).isEmpty();
    }

    @Test
    @DisplayName("PY-4 an id, a number and a reference are taken once")
    void an_id_a_number_and_a_reference_are_taken_once() {
        Invoice invoice = invoice("a");
        Invoice other = invoice("b");
        Payment first = asked(invoice, 1);
        add(first);
        Payment fresh = asked(other, 2);
        assertThat(add(with(fresh, first.id(), fresh.number(), fresh.reference()))).isFalse();
        assertThat(add(with(asked(invoice, 1), new PaymentId(Samples.id("x")), 1, "another reference"))).isFalse();
        assertThat(add(with(fresh, fresh.id(), fresh.number(), first.reference()))).isFalse();
        assertThat(payments.of(invoice.id())).containsExactly(first);
        assertThat(payments.of(other.id())).isEmpty();
        assertThat(add(asked(other, 1))).isTrue();
    }

    @Test
    @DisplayName("PY-4 of rivals for a number, and for a reference, one is kept")
    void of_rivals_one_is_kept() {
        Invoice invoice = invoice("a");
        List<Invoice> others = invoices(RIVALS);
        List<Boolean> number = OtherThread.together(RIVALS, i -> add(with(asked(invoice, 1),
                new PaymentId(Samples.id("number " + i)), 1, "number " + i)));
        List<Boolean> reference = OtherThread.together(RIVALS, i -> add(with(asked(others.get(i), 1),
                new PaymentId(Samples.id("reference " + i)), 1, "the reference")));
        assertThat(number).containsOnlyOnce(true);
        assertThat(reference).containsOnlyOnce(true);
        assertThat(payments.of(invoice.id())).hasSize(1);
    }

    @Test
    @DisplayName("PY-5 an update replaces how a payment stands, and nothing else")
    void an_update_replaces_how_it_stands() {
        Invoice invoice = invoice("a");
        Payment before = asked(invoice, 1);
        Payment other = asked(invoice, 2);
        add(before);
        add(other);
        Payment after = new Payment(before.id(), invoice("b").id(), before.holder(), 9, Method.MANUAL, "another reference",
                Optional.empty(), Optional.empty(), cad("19.00"), Status.SUCCEEDED, Optional.of("ch_1"), cad("18.00"),
                Optional.empty(), Optional.of(Dispute.OPEN), LOST, LOST);
        Payment expected = new Payment(before.id(), before.invoice(), before.holder(), 1, Method.PROVIDER,
                before.reference(), before.account(), before.means(), before.amount(), Status.SUCCEEDED, Optional.of("ch_1"), cad("18.00"),
                Optional.empty(), Optional.of(Dispute.OPEN), before.createdAt(), LOST);
        assertThat(update(after, Status.ASKED)).isTrue();
        assertThat(payments.of(invoice.id())).containsExactly(expected, other);
        assertThat(payments.findByCharge("ch_1")).contains(expected);
        assertThat(payments.findByCharge("ch_2")).isEmpty();
    }

    @Test
    @DisplayName("PY-5 an update of another status than the one expected changes nothing")
    void an_update_of_another_status_changes_nothing() {
        Payment before = asked(invoice("a"), 1);
        add(before);
        Payment declined = declined(before);
        assertThat(update(declined, Status.PROCESSING)).isFalse();
        assertThat(payments.of(before.invoice())).containsExactly(before);
        assertThat(update(declined, Status.ASKED)).isTrue();
        assertThat(update(before, Status.ASKED)).isFalse();
        assertThat(payments.of(before.invoice())).containsExactly(declined);
        assertThat(update(asked(invoice("b"), 1), Status.ASKED)).isFalse();
    }

    @Test
    @DisplayName("PY-6 pages of payments follow each other, the newest first")
    void pages_of_payments_follow_each_other() {
        List<Invoice> invoices = Stream.of("a", "b").map(this::invoice).toList();
        Invoice zoes = finalised(Samples.invoice(world.subscribed("of zoe")));
        var all = new ArrayList<Payment>();
        for (int i = 0; i < 4; i++) {
            for (Invoice invoice : List.of(invoices.get(0), invoices.get(1), zoes)) {
                all.add(created(asked(invoice, i + 1), NOW.plusSeconds(i / 2)));
            }
        }
        all.forEach(this::add);
        add(asked(finalised(Samples.invoice(subscription(world.chat, ada, "chat"))), 1));
        all.sort(Comparator.comparing(Payment::createdAt).thenComparing(payment -> payment.id().toString()).reversed());
        assertListed(all, Optional.empty(), Optional.empty());
        assertListed(all.stream().filter(one -> one.holder().customer().equals(ada.id())).toList(), Optional.of(ada.id()),
                Optional.empty());
        assertListed(all.stream().filter(one -> one.invoice().equals(zoes.id())).toList(), Optional.empty(),
                Optional.of(zoes.id()));
        assertListed(List.of(), Optional.of(ada.id()), Optional.of(zoes.id()));
    }

    private void assertListed(List<Payment> expected, Optional<CustomerId> customer, Optional<InvoiceId> invoice) {
        for (int size : List.of(1, 5, MANY)) {
            for (int page = 1; page <= expected.size() / size + 2; page++) {
                var request = new PageRequest(page, size);
                assertThat(payments.list(world.hosting.id(), customer, invoice, request))
                        .isEqualTo(Page.of(expected, request));
            }
        }
    }

    // --- refunds

    @Test
    @DisplayName("PY-7 a refund is found exactly as it was")
    void a_refund_is_found_exactly_as_it_was() {
        Payment payment = collected(invoice("a"), 1);
        Payment other = collected(invoice("b"), 1);
        Refund plain = refund("plain", payment, NOW);
        Refund rich = new Refund(new RefundId(Samples.id("rich")), payment.id(), world.hosting.id(),
                Optional.of(new CreditNoteId(Samples.id("note"))), "référence 🚀", cad("0.01"), Refund.Status.FAILED,
                Optional.of("re_ü"), Optional.of("«closed»"), Optional.empty(),
                Instant.parse("1999-12-31T23:59:59.999999Z"));
        for (Refund refund : List.of(plain, rich)) {
            assertThat(add(refund)).isTrue();
            assertThat(payments.find(refund.id())).contains(refund);
            assertThat(payments.findRefundByReference(refund.reference())).contains(refund);
        }
        assertThat(payments.refundsOf(payment.id())).containsExactlyInAnyOrder(plain, rich);
        assertThat(payments.refundsOf(other.id())).isEmpty();
        assertThat(payments.findRefundByReference("of nobody")).isEmpty();
        assertThat(payments.find(new RefundId(Samples.id("unknown")))).isEmpty();
    }

    @Test
    @DisplayName("PY-7 an id and a reference of a refund are taken once")
    void a_reference_of_a_refund_is_taken_once() {
        Payment payment = collected(invoice("a"), 1);
        Refund first = refund("first", payment, NOW);
        add(first);
        assertThat(add(with(first, new RefundId(Samples.id("x")), first.reference()))).isFalse();
        assertThat(add(with(first, first.id(), "another reference"))).isFalse();
        assertThat(payments.refundsOf(payment.id())).containsExactly(first);
        List<Boolean> rivals = OtherThread.together(RIVALS, i -> add(with(first, new RefundId(Samples.id("rival " + i)),
                "of rivals")));
        assertThat(rivals).containsOnlyOnce(true);
    }

    @Test
    @DisplayName("PY-8 an update replaces how a refund stands, and nothing else")
    void an_update_replaces_how_a_refund_stands() {
        Payment payment = collected(invoice("a"), 1);
        Refund before = refund("before", payment, NOW);
        Refund other = refund("other", payment, NOW);
        add(before);
        add(other);
        var change = new Refund(before.id(), collected(invoice("b"), 1).id(), world.chat.id(),
                Optional.of(new CreditNoteId(Samples.id("n"))), "r", cad("3.00"), Refund.Status.FAILED, Optional.of("re_1"),
                Optional.of("gone"), Optional.of(LOST), LOST);
        update(change);
        Refund expected = before.in(Refund.Status.FAILED, Optional.of("re_1"), Optional.of("gone"), Optional.of(LOST));
        assertThat(payments.refundsOf(payment.id())).containsExactlyInAnyOrder(expected, other);
        update(before.in(Refund.Status.SUCCEEDED, Optional.of("re_2"), Optional.empty(), Optional.empty()));
        assertThat(payments.find(before.id())).contains(
                before.in(Refund.Status.SUCCEEDED, Optional.of("re_2"), Optional.empty(), Optional.empty()));
        Refund unknown = refund("unknown", payment, NOW);
        update(unknown);
        assertThat(payments.find(unknown.id())).isEmpty();
    }

    @Test
    @DisplayName("PY-9 a claim of refunds gives what is due, the longest due first, and puts it off")
    void a_claim_of_refunds_gives_what_is_due() {
        Payment payment = collected(invoice("a"), 1);
        Refund second = refund("second", payment, NOW.minusSeconds(1));
        Refund first = refund("first", payment, NOW.minusSeconds(2))
                .in(Refund.Status.PROCESSING, Optional.of("re_1"), Optional.empty(), Optional.of(NOW.minusSeconds(2)));
        Refund third = refund("third", payment, NOW);
        Refund later = refund("later", payment, NOW.plusNanos(1000));
        Refund over = refund("over", payment, NOW)
                .in(Refund.Status.SUCCEEDED, Optional.of("re_2"), Optional.empty(), Optional.empty());
        List.of(second, first, third, later, over).forEach(this::add);
        assertThat(claimRefunds(NOW, 2)).containsExactly(first.claimedUntil(LOST), second.claimedUntil(LOST));
        assertThat(payments.find(first.id())).contains(first.claimedUntil(LOST));
        assertThat(claimRefunds(NOW, 2)).containsExactly(third.claimedUntil(LOST));
        assertThat(claimRefunds(NOW, 2)).isEmpty();
        assertThat(claimRefunds(LOST, MANY)).hasSize(4);
    }

    @Test
    @DisplayName("PY-9 of those who claim refunds at once each gets others")
    void those_who_claim_refunds_at_once_get_others() {
        Payment payment = collected(invoice("a"), 1);
        List<Refund> all = IntStream.range(0, 12).mapToObj(i -> refund("r" + i, payment, NOW)).toList();
        all.forEach(this::add);
        List<RefundId> claimed = OtherThread.together(RIVALS, i -> claimRefunds(NOW, 2)).stream().flatMap(List::stream)
                .map(Refund::id).toList();
        assertThat(claimed).doesNotHaveDuplicates();
        List<RefundId> rest = claimRefunds(NOW, MANY).stream().map(Refund::id).toList();
        assertThat(Stream.concat(claimed.stream(), rest.stream()))
                .containsExactlyInAnyOrderElementsOf(all.stream().map(Refund::id).toList());
    }

    @Test
    @DisplayName("PY-10 notes whose refund is pending are given page by page, if the provider has collected their invoice")
    void notes_whose_refund_is_pending() {
        Invoice invoice = invoice("a");
        collected(invoice, 1);
        List<CreditNote> promised = IntStream.range(0, 5).mapToObj(i -> refunding("n" + i, invoice, RefundStatus.PENDING))
                .sorted(Comparator.comparing(note -> note.id().toString())).toList();
        refunding("succeeded", invoice, RefundStatus.SUCCEEDED);
        refunding("failed", invoice, RefundStatus.FAILED);
        offset(invoice, "1.00");
        for (int size : List.of(1, 2, MANY)) {
            assertThat(pages(size, promised.size(), (Optional<CreditNote> last) ->
                    payments.promised(last.map(CreditNote::id), size))).isEqualTo(promised);
        }
    }

    @Test
    @DisplayName("PY-10 notes that have a refund, or whose invoice was not collected by the provider, are not given")
    void notes_that_have_a_refund_are_not_given() {
        Invoice invoice = invoice("a");
        Payment payment = collected(invoice, 1);
        CreditNote refunded = refunding("refunded", invoice, RefundStatus.PENDING);
        Refund of = refund("of note", payment, NOW);
        add(new Refund(of.id(), of.payment(), of.service(), Optional.of(refunded.id()), of.reference(), of.amount(),
                Refund.Status.FAILED, of.providerId(), Optional.of("gone"), Optional.empty(), NOW));
        Invoice byHand = invoice("b");
        add(manual(byHand, 1));
        refunding("by hand", byHand, RefundStatus.PENDING);
        Invoice declined = invoice("c");
        add(declined(asked(declined, 1)));
        refunding("declined", declined, RefundStatus.PENDING);
        assertThat(payments.promised(Optional.empty(), MANY)).isEmpty();
    }

    // --- what has come to its end

    @Test
    @DisplayName("PY-11 what is paid, void or offset is settled while its collection is not done")
    void what_has_nothing_left_to_pay_is_settled() {
        Invoice paid = invoice("paid");
        Invoice withdrawn = invoice("void");
        Invoice offset = invoice("offset");
        Invoice failed = invoice("failed");
        Invoice open = invoice("open");
        Invoice partly = invoice("partly");
        Invoice done = invoice("done");
        enrol(NOW, MANY);
        pay(paid, "20.00", InvoiceStatus.PAID);
        changeStatus(withdrawn, InvoiceStatus.VOID);
        pay(offset, "12.00", InvoiceStatus.FINALISED);
        offset(offset, "8.00");
        update(in(State.FAILED, failed, 5, Optional.empty()));
        pay(failed, "20.00", InvoiceStatus.PAID);
        pay(partly, "19.99", InvoiceStatus.FINALISED);
        pay(done, "20.00", InvoiceStatus.PAID);
        update(in(State.DONE, done, 0, Optional.empty()));
        add(declined(asked(paid, 1)));
        List<InvoiceId> expected = Stream.of(paid, withdrawn, offset, failed).map(Invoice::id).toList();
        assertThat(payments.settled(MANY)).containsExactlyInAnyOrderElementsOf(expected).doesNotContain(open.id());
        assertThat(payments.settled(3)).hasSize(3).isSubsetOf(expected);
    }

    @Test
    @DisplayName("PY-11 what the provider is still asked for is not settled")
    void what_is_still_asked_for_is_not_settled() {
        Invoice asked = invoice("asked");
        Invoice processing = invoice("processing");
        enrol(NOW, MANY);
        add(asked(asked, 1));
        Payment attempt = asked(processing, 1);
        add(attempt);
        update(as(attempt, Status.PROCESSING, Optional.empty()), Status.ASKED);
        changeStatus(asked, InvoiceStatus.VOID);
        changeStatus(processing, InvoiceStatus.VOID);
        assertThat(payments.settled(MANY)).isEmpty();
    }

    @Test
    @DisplayName("PY-12 subscriptions owe what has failed, and nothing else")
    void subscriptions_owe_what_has_failed() {
        Subscription failed = subscription(world.hosting, ada, "failed");
        Subscription retried = subscription(world.hosting, ada, "retried");
        Subscription open = subscription(world.hosting, ada, "open");
        Subscription done = subscription(world.hosting, ada, "done");
        Subscription notAsked = subscription(world.hosting, ada, "not asked for");
        update(in(State.FAILED, finalised(Samples.invoice(failed)), 5, Optional.empty()));
        update(in(State.FAILED, finalised(Samples.invoice(retried)), 5, Optional.of(NOW)));
        update(in(State.FAILED, finalised(Samples.invoice(notAsked)), 5, Optional.empty()));
        update(at(finalised(Samples.invoice(open)), NOW));
        update(in(State.DONE, finalised(Samples.invoice(done)), 5, Optional.empty()));
        assertThat(owing(List.of(failed, retried, open, done))).containsExactlyInAnyOrder(failed.id(), retried.id());
        assertThat(owing(List.of())).isEmpty();
    }

    @Test
    @DisplayName("PY-12 each subscription owes an invoice that is for several")
    void each_subscription_owes_an_invoice_for_several() {
        Subscription web = subscription(world.hosting, ada, "web");
        Subscription mail = subscription(world.hosting, ada, "mail");
        Subscription other = subscription(world.hosting, ada, "other");
        Invoice together = finalised(Samples.invoice(web).oneOff().lines(lineOf(web), lineOf(mail), lineOf(web)));
        update(in(State.FAILED, together, 5, Optional.empty()));
        assertThat(owing(List.of(web, mail, other))).containsExactlyInAnyOrder(web.id(), mail.id());
    }

    @Test
    @DisplayName("PY-13 what belongs to one service is not found for another")
    void what_belongs_to_one_service_is_not_found_for_another() {
        Payment payment = asked(invoice("a"), 1);
        add(payment);
        assertThat(payments.find(world.chat.id(), payment.id())).isEmpty();
        assertThat(payments.list(world.chat.id(), Optional.of(ada.id()), Optional.of(payment.invoice()),
                PageRequest.first(MANY)).items()).isEmpty();
        assertThat(payments.find(world.hosting.id(), payment.id())).contains(payment);
    }

    // --- examples

    /** Finalised, of 20.00 CAD, for a customer who is known to the provider. */
    private Invoice invoice(String externalId) {
        return finalised(Samples.invoice(subscription(world.hosting, ada, externalId)));
    }

    private List<Invoice> invoices(int number) {
        return IntStream.range(0, number).mapToObj(i -> invoice("s" + i)).toList();
    }

    private Subscription subscription(Service service, Customer customer, String externalId) {
        return world.subscribed(Samples.subscription(service, customer, world.starter, externalId));
    }

    private Invoice finalised(InvoiceSample sample) {
        Invoice draft = sample.build();
        numbers++;
        Invoice numbered = draft.numbered("N-" + numbers);
        keep(() -> {
            ports.invoices().add(List.of(draft));
            ports.invoices().finalise(List.of(numbered));
        });
        return numbered;
    }

    private void add(Invoice draft) {
        keep(() -> ports.invoices().add(List.of(draft)));
    }

    private static InvoiceLine lineOf(Subscription subscription) {
        InvoiceLine flat = InvoiceSample.flat("20.00");
        var origin = new LineOrigin(subscription.id(), subscription.externalId(),
                new InvoiceId(Samples.id("draft of " + subscription.externalId())));
        return new InvoiceLine(flat.kind(), flat.description(), flat.explanation(), flat.rounding(), flat.alreadyBilled(),
                flat.amount(), Optional.of(origin));
    }

    private void pay(Invoice invoice, String amount, InvoiceStatus next) {
        keep(() -> ports.invoices().pay(invoice.id(), InvoiceStatus.FINALISED, cad(amount), next));
    }

    private void changeStatus(Invoice invoice, InvoiceStatus next) {
        keep(() -> ports.invoices().changeStatus(invoice.id(), InvoiceStatus.FINALISED, next));
    }

    private void offset(Invoice invoice, String amount) {
        note(invoice, "offset " + amount, Given.offset(cad(amount)), Optional.empty());
    }

    private CreditNote refunding(String name, Invoice invoice, RefundStatus status) {
        return note(invoice, name, Given.refund(cad("1.00")), Optional.of(status));
    }

    private CreditNote note(Invoice invoice, String name, Given given, Optional<RefundStatus> refund) {
        numbers++;
        var note = new CreditNote(new CreditNoteId(Samples.id(name + invoice.id())), invoice.id(), holder(invoice),
                "CN-" + numbers, CreditNote.Reason.OTHER, "", LocalDate.of(2026, 3, 4), NOW, List.of(), ZERO, List.of(),
                given, ZERO, ZERO, refund);
        keep(() -> ports.creditNotes().add(List.of(note)));
        return note;
    }

    private static InvoiceCollection at(Invoice invoice, Instant next) {
        return in(State.OPEN, invoice, 1, Optional.of(next));
    }

    private static InvoiceCollection in(State state, Invoice invoice, int declined, Optional<Instant> next) {
        return new InvoiceCollection(invoice.id(), holder(invoice), state, declined,
                declined == 0 ? Optional.empty() : Optional.of(NOW), next);
    }

    private Payment collected(Invoice invoice, int number) {
        Payment asked = asked(invoice, number);
        Payment collected = new Payment(asked.id(), asked.invoice(), asked.holder(), number, Method.PROVIDER,
                asked.reference(), asked.account(), asked.means(), asked.amount(), Status.SUCCEEDED,
                Optional.of("ch_" + asked.reference()), asked.amount(), Optional.empty(), Optional.empty(), NOW, NOW);
        add(collected);
        return collected;
    }

    private static Payment asked(Invoice invoice, int number) {
        String reference = Payment.reference(invoice.id(), number);
        return new Payment(new PaymentId(Samples.id(reference)), invoice.id(), holder(invoice), number, Method.PROVIDER,
                reference, Optional.of("cus_Ada"), Optional.of("pm_1"), cad("20.00"), Status.ASKED, Optional.empty(), ZERO,
                Optional.empty(), Optional.empty(), NOW, NOW);
    }

    private static Payment manual(Invoice invoice, int number) {
        Payment asked = asked(invoice, number);
        return new Payment(asked.id(), asked.invoice(), asked.holder(), number, Method.MANUAL, "manual-" + invoice.id(),
                Optional.empty(), Optional.empty(), asked.amount(), Status.SUCCEEDED, Optional.empty(), asked.amount(),
                Optional.empty(), Optional.empty(), NOW, NOW);
    }

    private static Payment declined(Payment asked) {
        return as(asked, Status.DECLINED, Optional.of(new Refusal("card_declined", "no")));
    }

    private static Payment as(Payment asked, Status status, Optional<Refusal> refusal) {
        return new Payment(asked.id(), asked.invoice(), asked.holder(), asked.number(), asked.method(), asked.reference(),
                asked.account(), asked.means(), asked.amount(), status, Optional.of("ch_" + asked.reference()), ZERO,
                refusal, Optional.empty(), asked.createdAt(), LOST);
    }

    private static Payment with(Payment payment, PaymentId id, int number, String reference) {
        return new Payment(id, payment.invoice(), payment.holder(), number, payment.method(), reference, payment.account(),
                payment.means(), payment.amount(), payment.status(), payment.charge(), payment.applied(), payment.refusal(),
                payment.dispute(), payment.createdAt(), payment.changedAt());
    }

    private static Payment created(Payment payment, Instant at) {
        return new Payment(payment.id(), payment.invoice(), payment.holder(), payment.number(), payment.method(),
                payment.reference(), payment.account(), payment.means(), payment.amount(), payment.status(),
                payment.charge(), payment.applied(), payment.refusal(), payment.dispute(), at, payment.changedAt());
    }

    private static Refund refund(String name, Payment payment, Instant next) {
        return new Refund(new RefundId(Samples.id(name)), payment.id(), payment.holder().service(), Optional.empty(),
                "surplus-" + name, cad("1.00"), Refund.Status.ASKED, Optional.empty(), Optional.empty(), Optional.of(next),
                NOW);
    }

    private static Refund with(Refund refund, RefundId id, String reference) {
        return new Refund(id, refund.payment(), refund.service(), refund.note(), reference, refund.amount(), refund.status(),
                refund.providerId(), refund.failure(), refund.nextAt(), refund.createdAt());
    }

    private static ServiceCustomer holder(Invoice invoice) {
        return new ServiceCustomer(invoice.service(), invoice.customer());
    }

    private static Money cad(String amount) {
        return Money.of(Samples.CAD, amount);
    }

    // --- through a unit of work

    private int enrol(Instant now, int limit) {
        return kept(() -> payments.enrol(now, limit));
    }

    private List<InvoiceCollection> claim(Instant now, int limit) {
        return kept(() -> payments.claimDue(now, LOST, limit));
    }

    private List<Refund> claimRefunds(Instant now, int limit) {
        return kept(() -> payments.claimDueRefunds(now, LOST, limit));
    }

    private InvoiceCollection update(InvoiceCollection collection) {
        keep(() -> payments.update(collection));
        return collection;
    }

    private boolean add(Payment payment) {
        return kept(() -> payments.add(payment));
    }

    private boolean update(Payment payment, Status expected) {
        return kept(() -> payments.update(payment, expected));
    }

    private boolean add(Refund refund) {
        return kept(() -> payments.add(refund));
    }

    private void update(Refund refund) {
        keep(() -> payments.update(refund));
    }

    private Collection<SubscriptionId> owing(List<Subscription> subscriptions) {
        return payments.owing(subscriptions.stream().map(Subscription::id).toList());
    }
}
