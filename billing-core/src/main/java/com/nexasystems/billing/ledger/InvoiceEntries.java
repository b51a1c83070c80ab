package com.nexasystems.billing.ledger;

import static com.nexasystems.billing.ledger.LedgerAccount.BAD_DEBT;
import static com.nexasystems.billing.ledger.LedgerAccount.CUSTOMER_BALANCE;
import static com.nexasystems.billing.ledger.LedgerAccount.RECEIVABLE;

import com.nexasystems.billing.ledger.EntryKey.Kind;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The entries of one invoice, of which all sums are known to add up. Each is of one fact, so that a payment that comes later
 * changes no entry that is there.
 */
final class InvoiceEntries {

    /** Whose clearing account what a source was only told of stands on. */
    private static final String OUTSIDE = "outside";

    private final InvoiceFacts facts;
    private final ZoneId zone;
    private final LineFamilies families;
    private final DerivedTaxes taxes;
    private final String name;
    private final List<Dated> entries = new ArrayList<>();

    private record Dated(Instant at, JournalEntry entry) { }

    /**
     * What has changed what was left to be paid.
     *
     * @param less above zero if less was left
     */
    private record Step(Instant at, EntryKey of, Money less) { }

    InvoiceEntries(InvoiceFacts facts, ZoneId zone, LineFamilies families, DerivedTaxes taxes) {
        this.facts = facts;
        this.zone = zone;
        this.families = families;
        this.taxes = taxes;
        this.name = facts.number().orElse(facts.id());
        book();
    }

    /** By key. */
    List<JournalEntry> all() {
        return entries.stream().map(Dated::entry).sorted(Comparator.comparing(JournalEntry::key)).toList();
    }

    /** What they leave on the receivable. */
    Money open() {
        return entries.stream().map(dated -> receivable(dated.entry)).reduce(zero(), Money::plus);
    }

    private void book() {
        Instant issued = facts.issuedAt().orElseThrow();
        invoice(issued);
        moved(Kind.BALANCE, "", issued, "Customer balance on invoice ", CUSTOMER_BALANCE, facts.totals().toBalance());
        moved(Kind.PREPAID, "", issued, "Prepaid credits on invoice ", LedgerAccount.PREPAID, facts.totals().prepaid());
        facts.creditNotes().forEach(this::creditNote);
        facts.payments().forEach(this::payment);
        overpayments();
        facts.refunds().forEach(this::refund);
        facts.writtenOffAt().filter(at -> facts.state() == State.UNCOLLECTIBLE || facts.state() == State.PAID)
                .ifPresent(this::writeOff);
    }

    private void invoice(Instant issued) {
        var legs = new Legs();
        legs.add(RECEIVABLE, facts.totals().total());
        facts.lines().forEach(line -> legs.add(families.accountOf(line), line.net().negated()));
        facts.taxes().forEach(tax -> taxes.of(tax)
                .forEach(share -> legs.add(LedgerAccount.tax(share.rate()), share.amount().negated())));
        add(Kind.INVOICE, "", issued, "Invoice " + name, legs);
    }

    private void creditNote(CreditNote note) {
        var legs = new Legs();
        note.lines().forEach(line -> legs.add(families.accountOf(line), line.net()));
        note.taxes().forEach(tax -> taxes.ofNote(tax)
                .forEach(share -> legs.add(LedgerAccount.tax(share.rate()), share.amount())));
        legs.add(RECEIVABLE, note.offset().plus(note.refunded()).negated());
        legs.add(CUSTOMER_BALANCE, note.toBalance().negated());
        legs.add(LedgerAccount.clearing(OUTSIDE), note.outside().negated());
        add(Kind.CREDIT_NOTE, note.id(), note.issuedAt(), "Credit note " + note.number().orElse(note.id()) + " on invoice "
                + name, legs);
    }

    private void payment(Payment payment) {
        var legs = new Legs();
        legs.add(LedgerAccount.clearing(payment.provider()), payment.amount());
        legs.add(RECEIVABLE, payment.amount().negated());
        add(Kind.PAYMENT, payment.id(), payment.at(), "Payment of invoice " + name, legs);
    }

    /** Of the latest payments: no earlier one had made it too much, and none that comes later changes what these did. */
    private void overpayments() {
        Money left = facts.totals().overpaid();
        List<Payment> latest = facts.payments().stream()
                .sorted(Comparator.comparing(Payment::at).thenComparing(Payment::id).reversed()).toList();
        for (Payment payment : latest) {
            Money part = payment.amount().compareTo(left) < 0 ? payment.amount() : left;
            moved(Kind.OVERPAYMENT, payment.id(), payment.at(), "Overpaid of invoice ", CUSTOMER_BALANCE, part.negated());
            left = left.minus(part);
        }
    }

    private void refund(Refund refund) {
        var legs = new Legs();
        legs.add(refund.surplus() ? CUSTOMER_BALANCE : RECEIVABLE, refund.amount());
        legs.add(LedgerAccount.clearing(refund.provider()), refund.amount().negated());
        add(Kind.REFUND, refund.id(), refund.at(), "Refund of invoice " + name, legs);
    }

    /**
     * What was left to be paid then, in the source's own figures; and what came in of it afterwards. What was refunded
     * since is another matter: at the source, too, it is not left to be paid again.
     */
    private void writeOff(Instant at) {
        List<Step> later = steps().filter(step -> step.at.isAfter(at))
                .sorted(Comparator.comparing(Step::at).thenComparing(Step::of)).toList();
        Money left = later.stream().map(Step::less).reduce(facts.totals().remaining(), Money::plus);
        if (left.amount().signum() <= 0) {
            return;
        }
        moved(Kind.WRITE_OFF, "", at, "Write-off of invoice ", BAD_DEBT, left);
        for (Step step : later) {
            Money recovered = step.less.compareTo(left) < 0 ? step.less : left;
            if (recovered.amount().signum() > 0) {
                moved(Kind.RECOVERY, step.of.kind().code() + "/" + step.of.fact(), step.at, "Recovered of invoice ", BAD_DEBT,
                        recovered.negated());
                left = left.minus(recovered);
            }
        }
    }

    private Stream<Step> steps() {
        return Stream.concat(
                facts.creditNotes().stream().map(note ->
                        new Step(note.issuedAt(), EntryKey.first(facts.id(), Kind.CREDIT_NOTE, note.id()), note.offset())),
                entries.stream().filter(dated -> dated.entry.key().kind() == Kind.PAYMENT)
                        .map(dated -> new Step(dated.at, dated.entry.key(), needed(dated.entry.key().fact()))));
    }

    /** What of a payment was not too much: only that much less was left to be paid by it. */
    private Money needed(String payment) {
        return entries.stream().map(Dated::entry).filter(entry -> entry.key().fact().equals(payment)
                        && (entry.key().kind() == Kind.PAYMENT || entry.key().kind() == Kind.OVERPAYMENT))
                .map(this::receivable).reduce(zero(), Money::minus);
    }

    /** From the receivable to an account; the other way if the amount is below zero. */
    private void moved(Kind kind, String fact, Instant at, String text, LedgerAccount to, Money amount) {
        var legs = new Legs();
        legs.add(to, amount);
        legs.add(RECEIVABLE, amount.negated());
        add(kind, fact, at, text + name, legs);
    }

    private void add(Kind kind, String fact, Instant at, String text, Legs legs) {
        List<Posting> postings = legs.postings();
        if (!postings.isEmpty()) {
            entries.add(new Dated(at, new JournalEntry(EntryKey.first(facts.id(), kind, fact),
                    at.atZone(zone).toLocalDate(), facts.party().id(), text, postings)));
        }
    }

    private Money receivable(JournalEntry entry) {
        return entry.on(RECEIVABLE, facts.currency());
    }

    private Money zero() {
        return Money.zero(facts.currency());
    }
}
