package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The facts of an invoice as a test tells them. Its sums are what its parts come to, unless the test says otherwise. Days
 * are at noon in Toronto. Issued on 2 March 2026 to Maple of Ontario, in CAD, if nothing else is said.
 */
final class FactsSample {

    private final String id;
    private Currency currency = Currency.getInstance("CAD");
    private State state = State.OPEN;
    private Party party = new Party("cus_1", "Maple Inc.");
    private Optional<Jurisdiction> jurisdiction = Optional.of(new Jurisdiction("CA-ON"));
    private Optional<Instant> issuedAt = Optional.of(at("2026-03-02"));
    private Optional<LocalDate> due = Optional.empty();
    private final List<Line> lines = new ArrayList<>();
    private final List<Tax> taxes = new ArrayList<>();
    private final List<Payment> payments = new ArrayList<>();
    private final List<CreditNote> notes = new ArrayList<>();
    private final List<Refund> refunds = new ArrayList<>();
    private String toBalance = "0";
    private String prepaid = "0";
    private String overpaid = "0";
    private Optional<Instant> writtenOffAt = Optional.empty();
    private Optional<String> revisedBy = Optional.empty();
    private List<String> unexplained = List.of();
    private UnaryOperator<Totals> said = UnaryOperator.identity();

    private FactsSample(String id) {
        this.id = id;
    }

    static FactsSample of(String id) {
        return new FactsSample(id);
    }

    /** The common one: one line of hosting, 100.00 and 13.00 of HST. */
    static FactsSample hosting(String id) {
        return of(id).line("Growth plan", "100.00").tax("HST", "13", "13.00");
    }

    static Instant at(String day) {
        return Instant.parse(day + "T17:00:00Z");
    }

    /** To be called first. */
    FactsSample in(String code) {
        currency = Currency.getInstance(code);
        return this;
    }

    FactsSample is(State now) {
        state = now;
        return this;
    }

    FactsSample to(String customer, String name) {
        party = new Party(customer, name);
        return this;
    }

    FactsSample from(String place) {
        jurisdiction = Optional.of(place).filter(code -> !code.isEmpty()).map(Jurisdiction::new);
        return this;
    }

    FactsSample issued(String day) {
        issuedAt = Optional.of(day).filter(text -> !text.isEmpty()).map(FactsSample::at);
        return this;
    }

    FactsSample issuedAt(Instant instant) {
        issuedAt = Optional.of(instant);
        return this;
    }

    FactsSample due(String day) {
        due = Optional.of(LocalDate.parse(day));
        return this;
    }

    FactsSample line(String description, String amount) {
        return line(description, amount, "0", "0");
    }

    FactsSample line(String description, String amount, String discount, String included) {
        return line(new Line(nextLine(), description, Optional.empty(), false, List.of(), Sale.SERVICE, money(amount),
                money(discount), money(included)));
    }

    FactsSample prepaidLine(String description, String amount) {
        return line(new Line(nextLine(), description, Optional.empty(), false, List.of(), Sale.PREPAID, money(amount),
                money("0"), money("0")));
    }

    /** @param item empty if the source names none */
    FactsSample item(String description, String item, String amount) {
        return line(new Line(nextLine(), description, Optional.of(item), false, List.of(), Sale.SERVICE, money(amount),
                money("0"), money("0")));
    }

    FactsSample proration(String description, String item, String amount, String... credits) {
        return line(new Line(nextLine(), description, Optional.of(item).filter(text -> !text.isEmpty()), true,
                List.of(credits), Sale.SERVICE, money(amount), money("0"), money("0")));
    }

    FactsSample line(Line line) {
        lines.add(line);
        return this;
    }

    private String nextLine() {
        return "il_" + (lines.size() + 1);
    }

    /** On all lines so far. */
    FactsSample tax(String name, String percent, String amount) {
        return tax(taxOf(name, percent, false, nets(), amount));
    }

    /** The lines so far contain it. */
    FactsSample included(String name, String percent, String amount) {
        return tax(taxOf(name, percent, true, nets(), amount));
    }

    /** On each line so far, rounded there. */
    FactsSample taxByLine(String name, String percent, boolean included, String... amounts) {
        List<Tax.Part> parts = new ArrayList<>();
        for (int i = 0; i < amounts.length; i++) {
            parts.add(new Tax.Part(lines.get(i).net(), money(amounts[i])));
        }
        return tax(new Tax(name, percent(percent), included, nets(), parts,
                sum(parts, Tax.Part::amount)));
    }

    FactsSample tax(Tax tax) {
        taxes.add(tax);
        return this;
    }

    /** @param percent empty if the source does not say */
    Tax taxOf(String name, String percent, boolean included, Money base, String amount) {
        return new Tax(name, percent(percent), included, base, List.of(), money(amount));
    }

    private static Optional<BigDecimal> percent(String percent) {
        return Optional.of(percent).filter(text -> !text.isEmpty()).map(BigDecimal::new);
    }

    FactsSample toBalance(String amount) {
        toBalance = amount;
        return this;
    }

    FactsSample prepaid(String amount) {
        prepaid = amount;
        return this;
    }

    FactsSample overpaid(String amount) {
        overpaid = amount;
        return this;
    }

    FactsSample pays(String payment, String amount, String day) {
        return pays(payment, "stripe", amount, day);
    }

    FactsSample pays(String payment, String provider, String amount, String day) {
        payments.add(new Payment(payment, provider, money(amount), at(day)));
        return this;
    }

    /** Of the first line and the first tax. */
    FactsSample note(String note, String day, String net, String tax, UnaryOperator<Uses> uses) {
        List<Tax> given = new BigDecimal(tax).signum() == 0 ? List.of() : List.of(new Tax(taxes.get(0).name(),
                taxes.get(0).percent(), taxes.get(0).inclusive(), money(net), List.of(), money(tax)));
        return note(note, day, List.of(new CreditedLine(Optional.of("il_1"), lines.get(0).description(), money(net))), given,
                uses);
    }

    FactsSample note(String note, String day, List<CreditedLine> credited, List<Tax> given, UnaryOperator<Uses> uses) {
        Uses used = uses.apply(new Uses("0", "0", "0", "0"));
        notes.add(new CreditNote(note, Optional.of(note.toUpperCase()), at(day), credited, given,
                sum(credited, CreditedLine::net).plus(sum(given, Tax::amount)), money(used.offset), money(used.toBalance),
                money(used.refunded), money(used.outside)));
        return this;
    }

    /** What becomes of a credit note. */
    record Uses(String offset, String toBalance, String refunded, String outside) {

        Uses takesOff(String amount) {
            return new Uses(amount, toBalance, refunded, outside);
        }

        Uses puts(String amount) {
            return new Uses(offset, amount, refunded, outside);
        }

        Uses refunds(String amount) {
            return new Uses(offset, toBalance, amount, outside);
        }

        Uses givesOutside(String amount) {
            return new Uses(offset, toBalance, refunded, amount);
        }
    }

    FactsSample refund(String refund, String amount, String day) {
        refunds.add(new Refund(refund, "stripe", money(amount), at(day), false));
        return this;
    }

    FactsSample refundOfSurplus(String refund, String amount, String day) {
        refunds.add(new Refund(refund, "stripe", money(amount), at(day), true));
        return this;
    }

    FactsSample writtenOff(String day) {
        writtenOffAt = Optional.of(at(day));
        return this;
    }

    FactsSample revisedBy(String other) {
        revisedBy = Optional.of(other);
        return this;
    }

    FactsSample unexplained(String... what) {
        unexplained = Arrays.asList(what);
        return this;
    }

    /** Other sums than the parts come to. */
    FactsSample saying(UnaryOperator<Totals> other) {
        said = other;
        return this;
    }

    Money money(String amount) {
        return Money.of(currency, amount);
    }

    InvoiceFacts facts() {
        Money net = nets();
        Money total = net.plus(sum(taxes, Tax::amount));
        Money offset = sum(notes, CreditNote::offset);
        Money open = total.minus(money(toBalance)).minus(money(prepaid)).minus(offset);
        Money arrived = sum(payments, Payment::amount);
        var totals = new Totals(net, total, money(toBalance), money(prepaid), offset, open, arrived,
                open.minus(arrived).plus(money(overpaid)), money(overpaid));
        return new InvoiceFacts(id, Optional.of("N-" + id), state, party, jurisdiction, currency, issuedAt, due, lines,
                taxes, said.apply(totals), payments, notes, refunds, writtenOffAt, Optional.empty(), revisedBy, unexplained);
    }

    private Money nets() {
        return sum(lines, Line::net);
    }

    private <T> Money sum(List<T> parts, Function<T, Money> amount) {
        return parts.stream().map(amount).reduce(money("0"), Money::plus);
    }
}
