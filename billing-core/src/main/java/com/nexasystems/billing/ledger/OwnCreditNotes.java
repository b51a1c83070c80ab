package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is told as credit notes of one of our own invoices. Pure. */
final class OwnCreditNotes {

    private final OwnRecord record;
    private final Invoice invoice;
    private final ZoneId zone;

    OwnCreditNotes(OwnRecord record, ZoneId zone) {
        this.record = record;
        this.invoice = record.invoice();
        this.zone = zone;
    }

    static String lineId(int index) {
        return "line-" + (index + 1);
    }

    static Tax tax(TaxAmount tax, Money base, Money amount, List<Tax.Part> parts) {
        return new Tax(tax.code(), Optional.of(tax.percent()), false, base, parts, amount);
    }

    List<InvoiceFacts.CreditNote> all() {
        Stream<InvoiceFacts.CreditNote> issued = record.notes().stream().flatMap(note -> Stream.concat(
                Stream.of(note).filter(given -> !given.items().isEmpty()).map(this::issued), withdrawn(note).stream()));
        return Stream.concat(granted().stream(), issued).toList();
    }

    /** Takes off all that it came to. */
    InvoiceFacts.CreditNote whole() {
        return note("withdrawn", Optional.empty(), withdrawnAt().orElse(issuedAt()), ofInvoice(),
                invoice.total());
    }

    /** When the invoice was issued: the printed date is its day in the books, wherever the customer is. */
    Instant issuedAt() {
        return on(invoice.issueDate(), invoice.due());
    }

    /** When the invoice was. */
    Optional<Instant> withdrawnAt() {
        return record.last(invoice.id().toString(), "invoice.voided").map(AuditEntry::at);
    }

    /** What credits paid that nobody had paid for. */
    private Optional<InvoiceFacts.CreditNote> granted() {
        Money granted = record.credits().granted();
        if (granted.isZero()) {
            return Optional.empty();
        }
        List<Money> shares = MoneySplit.byWeights(granted, invoice.netLines().stream()
                .map(net -> net.amount().max(BigDecimal.ZERO)).toList());
        List<Part> parts = IntStream.range(0, shares.size()).mapToObj(index -> line(index, shares.get(index))).toList();
        return Optional.of(note("granted", Optional.empty(), issuedAt(), parts, granted));
    }

    private InvoiceFacts.CreditNote issued(CreditNote note) {
        CreditNote.Given given = note.given();
        return note(note.id().toString(), Optional.of(note.number()), on(note.issueDate(), note.issuedAt()), ofNote(note),
                note.total(), given.offset(), given.credit(), given.refund());
    }

    /** Charges what was withdrawn of it again: of each line and tax its part. */
    private Optional<InvoiceFacts.CreditNote> withdrawn(CreditNote note) {
        if (note.withdrawn().isZero()) {
            return Optional.empty();
        }
        Instant at = record.last(note.id().toString(), "credit_note.voided").map(AuditEntry::at)
                .orElse(on(note.issueDate(), note.issuedAt()));
        Money back = note.withdrawn().negated();
        List<Part> parts = scaled(note.items().isEmpty() ? ofInvoice() : ofNote(note), back);
        return Optional.of(note(note.id() + "/withdrawn", Optional.of(note.number() + ", withdrawn"), at, parts, back,
                record.zero(), back, record.zero()));
    }

    /** A line, or a tax. */
    private record Part(Optional<Integer> line, Optional<TaxAmount> tax, Money amount) { }

    private static Part line(int index, Money net) {
        return new Part(Optional.of(index), Optional.empty(), net);
    }

    private static Part tax(TaxAmount tax) {
        return new Part(Optional.empty(), Optional.of(tax), tax.amount());
    }

    private List<Part> ofInvoice() {
        List<Money> nets = invoice.netLines();
        return Stream.concat(IntStream.range(0, nets.size()).mapToObj(index -> line(index, nets.get(index))),
                invoice.taxes().stream().map(OwnCreditNotes::tax)).toList();
    }

    /** The note says what its discount is in all: the last line has what rounding leaves of it. */
    private List<Part> ofNote(CreditNote note) {
        var parts = new ArrayList<Part>();
        Money left = note.subtotal();
        for (Item item : note.items()) {
            boolean isLast = parts.size() == note.items().size() - 1;
            Money net = isLast ? left : net(item);
            parts.add(line(item.line(), net));
            left = left.minus(net);
        }
        note.taxes().forEach(tax -> parts.add(tax(tax)));
        return parts;
    }

    private Money net(Item item) {
        BigDecimal exact = item.amount().amount().multiply(invoice.netLines().get(item.line()).amount())
                .divide(invoice.lines().get(item.line()).amount().amount(), Decimals.DIVISION);
        return new ExactAmount(invoice.currency(), exact).rounded(RoundingMode.HALF_UP);
    }

    /** In the same proportions, to the minor unit: rounded are the sums so far, so that the last one is the whole. */
    private List<Part> scaled(List<Part> parts, Money whole) {
        Money all = parts.stream().map(Part::amount).reduce(record.zero(), Money::plus);
        var scaled = new ArrayList<Part>(parts.size());
        Money before = record.zero();
        Money sum = record.zero();
        for (Part part : parts) {
            sum = sum.plus(part.amount);
            Money now = new ExactAmount(invoice.currency(), sum.amount().multiply(whole.amount())
                    .divide(all.amount(), Decimals.DIVISION)).rounded(RoundingMode.HALF_UP);
            scaled.add(new Part(part.line, part.tax, now.minus(before)));
            before = now;
        }
        return scaled;
    }

    private InvoiceFacts.CreditNote note(String id, Optional<String> number, Instant at, List<Part> parts, Money offset) {
        return note(id, number, at, parts, offset, offset, record.zero(), record.zero());
    }

    private InvoiceFacts.CreditNote note(String id, Optional<String> number, Instant at, List<Part> parts, Money total,
                                         Money offset, Money toBalance, Money refunded) {
        List<Part> some = parts.stream().filter(part -> !part.amount.isZero()).toList();
        return new InvoiceFacts.CreditNote(id, number, at,
                some.stream().flatMap(part -> part.line.stream().map(index -> new CreditedLine(Optional.of(lineId(index)),
                        invoice.lines().get(index).description(), part.amount))).toList(),
                some.stream().flatMap(part -> part.tax.stream()
                        .map(tax -> tax(tax, base(tax, part.amount), part.amount, List.of()))).toList(),
                total, offset, toBalance, refunded, record.zero());
    }

    /** What that much of the tax is on. */
    private Money base(TaxAmount tax, Money amount) {
        return new ExactAmount(invoice.currency(), tax.base().amount().multiply(amount.amount())
                .divide(tax.amount().amount(), Decimals.DIVISION)).rounded(RoundingMode.HALF_UP);
    }

    /** The instant, if it is on that day in the books; else when that day begins there. */
    private Instant on(LocalDate day, Instant at) {
        return at.atZone(zone).toLocalDate().equals(day) ? at : day.atStartOfDay(zone).toInstant();
    }
}
