package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payment.Dispute;
import com.nexasystems.billing.payment.Payment.Method;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxPolicy.Level;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is told of one of our own invoices. Pure. */
final class OwnFacts {

    private static final String OUTSIDE = "outside";

    private final OwnRecord record;
    private final Invoice invoice;
    private final ZoneId zone;
    private final String provider;
    private final OwnCreditNotes notes;
    private final boolean takenOff;

    OwnFacts(OwnRecord record, ZoneId zone, String provider) {
        this.record = record;
        this.invoice = record.invoice();
        this.zone = zone;
        this.provider = provider;
        this.notes = new OwnCreditNotes(record, zone);
        this.takenOff = invoice.status() == InvoiceStatus.VOID && !stands() && !record.payments().isEmpty();
    }

    InvoiceFacts facts() {
        List<InvoiceFacts.CreditNote> told = takenOff ? List.of(notes.whole()) : notes.all();
        Totals totals = totals(told);
        State state = state(totals.remaining());
        Optional<Instant> issued = Optional.of(notes.issuedAt()).filter(at -> state != State.DRAFT);
        return new InvoiceFacts(OwnInvoices.idOf(invoice.id()), invoice.number(), state,
                new Party(invoice.customer().toString(), invoice.customerName()),
                record.customer().flatMap(customer -> customer.address()).map(Jurisdiction::of), invoice.currency(), issued,
                Optional.of(invoice.issueDate().plusDays(record.netDays())), lines(), taxes(), totals, payments(), told,
                refunds(), givenUp(state), settled(state, issued), record.regrouped().map(OwnInvoices::idOf),
                unexplained(state));
    }

    /** Whether an invoice that is void was withdrawn with a credit note: else nothing that was given of it is left. */
    private boolean stands() {
        List<CreditNote> left = record.notes().stream().filter(note -> !note.isUndone() && !note.items().isEmpty()).toList();
        Money offset = left.stream().map(note -> note.given().offset()).reduce(record.zero(), Money::plus);
        return !invoice.paid().isZero() || !record.credits().isNone()
                || left.stream().anyMatch(note -> !note.given().offset().equals(note.total()))
                || !left.isEmpty() && offset.equals(invoice.total());
    }

    private State state(Money remaining) {
        return switch (invoice.status()) {
            case DRAFT -> State.DRAFT;
            // Also one that is paid, of less than nothing: it is open while its refund is.
            case FINALISED, PAID -> remaining.isZero() ? State.PAID : State.OPEN;
            case VOID -> stands() || takenOff ? settledOrGivenUp(remaining) : State.VOID;
            case UNCOLLECTIBLE -> settledOrGivenUp(remaining);
            case REGROUPED -> State.VOID;
        };
    }

    private static State settledOrGivenUp(Money remaining) {
        return remaining.isZero() ? State.PAID : State.UNCOLLECTIBLE;
    }

    /** Only of one that was withdrawn it is known when. */
    private Optional<Instant> givenUp(State state) {
        return state == State.UNCOLLECTIBLE ? notes.withdrawnAt() : Optional.empty();
    }

    private Optional<Instant> settled(State state, Optional<Instant> issued) {
        return Optional.of(state).filter(State.PAID::equals).flatMap(paid -> record.payments().stream().map(OwnFacts::at)
                .max(Comparator.naturalOrder()).or(() -> issued));
    }

    private List<Line> lines() {
        return IntStream.range(0, invoice.lines().size()).mapToObj(this::line).toList();
    }

    private Line line(int index) {
        InvoiceLine line = invoice.lines().get(index);
        boolean isPart = line.amount().isNegative()
                && (line.kind() == InvoiceLine.Kind.FLAT || line.kind() == InvoiceLine.Kind.FIXED);
        boolean isPrepaid = line.kind() == InvoiceLine.Kind.CREDITS;
        return new Line(OwnCreditNotes.lineId(index), line.description(),
                isPrepaid ? Optional.empty() : Optional.of(item(line)), isPart, List.of(),
                isPrepaid ? Sale.PREPAID : Sale.SERVICE, line.amount(),
                line.amount().minus(invoice.netLines().get(index)), record.zero());
    }

    /** Of a plan what is priced by it, else what was sold. */
    private static String item(InvoiceLine line) {
        String charge = line.explanation().charge();
        return line.explanation().plan().map(price -> price.plan() + "/" + charge).orElse(charge);
    }

    private List<Tax> taxes() {
        return invoice.taxes().stream().filter(tax -> !tax.amount().isZero())
                .map(tax -> OwnCreditNotes.tax(tax, tax.base(), tax.amount(), parts(tax))).toList();
    }

    /** Only where each line was rounded: else a line has no tax of its own. */
    private List<Tax.Part> parts(TaxAmount tax) {
        if (invoice.taxPolicy().level() != Level.PER_LINE) {
            return List.of();
        }
        List<Money> nets = invoice.netLines();
        return IntStream.range(0, nets.size()).filter(tax::isOn).mapToObj(index -> new Tax.Part(nets.get(index),
                new ExactAmount(invoice.currency(), nets.get(index).amount().multiply(tax.percent()).movePointLeft(2))
                        .rounded(invoice.taxPolicy().rounding()))).toList();
    }

    private Totals totals(List<InvoiceFacts.CreditNote> told) {
        Money balance = takenOff ? record.zero() : record.credits().balance().minus(givenToBalance());
        Money prepaid = takenOff ? record.zero() : record.credits().bought();
        Money offset = told.stream().map(InvoiceFacts.CreditNote::offset).reduce(record.zero(), Money::plus);
        Money due = invoice.total().minus(balance).minus(prepaid).minus(offset);
        Money overpaid = record.payments().stream().map(Payment::surplus).reduce(record.zero(), Money::plus);
        return new Totals(invoice.subtotal().minus(invoice.discount()), invoice.total(), balance, prepaid, offset, due,
                invoice.paid(), due.minus(invoice.paid()), overpaid);
    }

    /** What it came to below zero, as far as it is not refunded. */
    private Money givenToBalance() {
        return record.notes().stream().filter(note -> note.items().isEmpty()).map(note -> note.given().credit())
                .reduce(record.zero(), Money::plus);
    }

    private List<InvoiceFacts.Payment> payments() {
        return record.payments().stream().map(payment -> new InvoiceFacts.Payment(payment.id().toString(),
                payment.method() == Method.PROVIDER ? provider : OUTSIDE, payment.amount(), at(payment))).toList();
    }

    /** When a provider said so; of a payment that was contested afterwards, when it was asked for: the other is not kept. */
    private static Instant at(Payment payment) {
        return payment.method() == Method.PROVIDER && payment.dispute().isEmpty() ? payment.changedAt()
                : payment.createdAt();
    }

    private List<Refund> refunds() {
        return Stream.of(record.payments().stream().flatMap(this::refundsOf),
                record.payments().stream().flatMap(payment -> lost(payment).stream()),
                record.notes().stream().flatMap(note -> outside(note).stream())).flatMap(stream -> stream).toList();
    }

    private Stream<Refund> refundsOf(Payment payment) {
        return record.refunds().getOrDefault(payment.id(), List.of()).stream().map(refund -> new Refund(
                refund.id().toString(), provider, refund.amount(), refund.createdAt(), refund.isOfSurplus()));
    }

    /** What the payer's bank has given back to him. */
    private Optional<Refund> lost(Payment payment) {
        return dispute(payment).map(entry -> new Refund(payment.id() + "/dispute", provider,
                money(entry.details().get("amount")), entry.at(), false));
    }

    private Optional<AuditEntry> dispute(Payment payment) {
        return isLost(payment) ? record.last(payment.id().toString(), "payment.dispute_lost") : Optional.empty();
    }

    private static boolean isLost(Payment payment) {
        return payment.dispute().equals(Optional.of(Dispute.LOST));
    }

    /** Of an amount as it is written for people. */
    private Money money(String text) {
        return new Money(invoice.currency(), Decimals.parse("amount", text.substring(0, text.indexOf(' '))));
    }

    /** What of a refund that was made no provider has made. */
    private Optional<Refund> outside(CreditNote note) {
        Money byProvider = record.payments().stream().flatMap(payment -> record.refunds()
                        .getOrDefault(payment.id(), List.of()).stream())
                .filter(refund -> refund.note().equals(Optional.of(note.id())))
                .map(refund -> refund.amount()).reduce(record.zero(), Money::plus);
        Money rest = note.given().refund().minus(byProvider);
        if (!note.refund().equals(Optional.of(RefundStatus.SUCCEEDED)) || rest.amount().signum() <= 0) {
            return Optional.empty();
        }
        Instant at = record.last(note.id().toString(), "credit_note.refund_succeeded").map(AuditEntry::at)
                .orElse(note.issuedAt());
        return Optional.of(new Refund(note.id() + "/outside", OUTSIDE, rest, at, false));
    }

    private List<String> unexplained(State state) {
        Stream<String> givenUp = Stream.of("it was given up, and when is not known")
                .filter(words -> state == State.UNCOLLECTIBLE && givenUp(state).isEmpty());
        Stream<String> lost = record.payments().stream().filter(payment -> isLost(payment) && dispute(payment).isEmpty())
                .map(payment -> "payment " + payment.reference() + " was lost in a dispute, how much of it is not known");
        return Stream.concat(givenUp, lost).toList();
    }
}
