package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether what a source says of an invoice adds up. What does not is not booked: we do not know which figure is wrong. */
final class Addition {

    private final InvoiceFacts facts;
    private final Totals totals;

    private Addition(InvoiceFacts facts) {
        this.facts = facts;
        this.totals = facts.totals();
    }

    /** The first sum that is not what its parts come to, with the figures. */
    static Optional<String> error(InvoiceFacts facts) {
        return new Addition(facts).errors().findFirst();
    }

    private Stream<String> errors() {
        return Stream.of(signs(), invoice(), facts.creditNotes().stream().flatMap(this::note)).flatMap(sums -> sums);
    }

    private Stream<String> invoice() {
        Money due = totals.total().minus(totals.toBalance()).minus(totals.prepaid()).minus(totals.offset());
        Money arrived = sum(facts.payments(), Payment::amount);
        Money open = totals.due().minus(arrived).plus(totals.overpaid());
        return Stream.of(
                differs("the lines", sum(facts.lines(), Line::net), "the total before taxes", totals.excludingTax()),
                differs("the total before taxes and the taxes",
                        totals.excludingTax().plus(sum(facts.taxes(), Tax::amount)), "the total", totals.total()),
                differs("the total less balance, credits and credit notes", due, "what is due", totals.due()),
                differs("the payments", arrived, "what is paid",
                        arrived.equals(totals.paid()) ? arrived : totals.paid().plus(totals.overpaid())),
                differs("what is due less the payments", open, "what remains", totals.remaining()),
                differs("the credit notes", sum(facts.creditNotes(), CreditNote::offset), "what they took off",
                        totals.offset()),
                unpaid(), uses()).flatMap(Optional::stream);
    }

    private Optional<String> unpaid() {
        return facts.state() == State.PAID && !totals.remaining().isZero()
                ? Optional.of("it is paid, and " + totals.remaining() + " remain to be paid") : Optional.empty();
    }

    /** Nothing goes back that did not come, but what an invoice of less than nothing owes. */
    private Optional<String> uses() {
        Money arrived = sum(facts.payments(), Payment::amount);
        Money surplus = sum(facts.refunds().stream().filter(Refund::surplus).toList(), Refund::amount);
        Money owed = totals.due().isNegative() ? arrived.minus(totals.due()) : arrived;
        return tooMuch(sum(facts.refunds(), Refund::amount), "were refunded", owed, "were paid")
                .or(() -> tooMuch(totals.overpaid(), "were overpaid", arrived, "were paid"))
                .or(() -> tooMuch(surplus, "were refunded of what was overpaid", totals.overpaid(), "were overpaid"));
    }

    /** Whatever goes the other way has a name of its own. */
    private Stream<String> signs() {
        var named = new LinkedHashMap<String, Money>();
        named.put("what was prepaid", totals.prepaid());
        named.put("what credit notes took off", totals.offset());
        named.put("what was overpaid", totals.overpaid());
        facts.payments().forEach(payment -> named.put("payment " + payment.id(), payment.amount()));
        facts.refunds().forEach(refund -> named.put("refund " + refund.id(), refund.amount()));
        facts.creditNotes().stream().filter(note -> !note.total().isNegative()).forEach(note -> {
            named.put("what credit note " + note.id() + " takes off", note.offset());
            named.put("what credit note " + note.id() + " puts on the balance", note.toBalance());
            named.put("what credit note " + note.id() + " refunds", note.refunded());
            named.put("what credit note " + note.id() + " gives back outside", note.outside());
        });
        return named.entrySet().stream().filter(amount -> amount.getValue().isNegative())
                .map(amount -> amount.getKey() + " is below zero: " + amount.getValue());
    }

    private Stream<String> note(CreditNote note) {
        Money parts = sum(note.lines(), CreditedLine::net).plus(sum(note.taxes(), Tax::amount));
        Money uses = note.offset().plus(note.toBalance()).plus(note.refunded()).plus(note.outside());
        return Stream.of(differs("lines and taxes of credit note " + note.id(), parts, "its total", note.total()),
                differs("what became of credit note " + note.id(), uses, "its total", note.total()))
                .flatMap(Optional::stream);
    }

    private <T> Money sum(List<T> parts, Function<T, Money> amount) {
        return parts.stream().map(amount).reduce(Money.zero(facts.currency()), Money::plus);
    }

    private static Optional<String> differs(String what, Money sum, String whole, Money stated) {
        return sum.equals(stated) ? Optional.empty() : Optional.of(what + " come to " + sum + ", " + whole + " is " + stated);
    }

    private static Optional<String> tooMuch(Money part, String what, Money whole, String ofWhat) {
        return part.compareTo(whole) <= 0 ? Optional.empty()
                : Optional.of(part + " " + what + ", of " + whole + " that " + ofWhat);
    }
}
