package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What can still be given back of an issued invoice, and what giving back some of its lines comes to. Pure.
 *
 * <p>A line's discounts and taxes are given back in the proportion of what is given back of the line. A note rounds its net
 * amount half up and each of its taxes as the invoice does; it never takes more than is left, and the last one takes all
 * that is left: so the notes over the whole invoice come to the invoice, to the minor unit.
 *
 * @param notes the invoice's, the oldest first; those that were undone do not count
 */
record Creditable(Invoice invoice, List<CreditNote> notes) {

    /** Fewer than a quotient has, so that the last ones do not tell. */
    private static final int SURE_DECIMALS = 20;

    Creditable {
        notes = notes.stream().filter(note -> !note.isUndone()).toList();
    }

    /** What some items come to. */
    record Amounts(Money discount, List<TaxAmount> taxes, Money total) { }

    /** What is left of a line, before discounts and tax; with the sign of the line. */
    Money ofLine(int line) {
        return notes.stream().flatMap(note -> note.items().stream()).filter(item -> item.line() == line)
                .map(CreditNote.Item::amount).reduce(invoice.lines().get(line).amount(), Money::minus);
    }

    /** Tax included, discounts taken off. */
    Money total() {
        return itemised().map(CreditNote::total).reduce(invoice.total(), Money::minus);
    }

    /** What was paid of the invoice, and is not refunded. */
    Money refundable() {
        return notes.stream().map(note -> note.given().refund()).reduce(invoice.paid(), Money::minus);
    }

    /** What is still to be paid of the invoice. */
    Money due() {
        return invoice.status().isUnpaid()
                ? notes.stream().map(note -> note.given().offset()).reduce(invoice.payable().minus(invoice.paid()), Money::minus)
                : zero();
    }

    /** All that is left of all lines. */
    List<CreditNote.Item> rest() {
        return IntStream.range(0, invoice.lines().size()).mapToObj(line -> new CreditNote.Item(line, ofLine(line)))
                .filter(item -> !item.amount().isZero()).toList();
    }

    /** @throws InvalidValue if that cannot be given back */
    Amounts amounts(List<CreditNote.Item> items) {
        check(items);
        Money sum = sum(items.stream().map(CreditNote.Item::amount));
        boolean last = items.containsAll(rest());
        Money net = last ? netLeft() : net(items, sum);
        List<TaxAmount> taxes = invoice.taxes().stream().map(tax -> tax(tax, items, last)).toList();
        Money total = net.plus(sum(taxes.stream().map(TaxAmount::amount)));
        if (total.amount().signum() <= 0) {
            throw new InvalidValue("items", "come to nothing that could be given back");
        }
        if (total.compareTo(total()) > 0) {
            throw new InvalidValue("items", "come to " + total + ", of the invoice there is left " + total());
        }
        return new Amounts(sum.minus(net), taxes, total);
    }

    private void check(List<CreditNote.Item> items) {
        Set<Integer> lines = items.stream().map(CreditNote.Item::line).collect(Collectors.toSet());
        if (items.isEmpty() || lines.size() < items.size()) {
            throw new InvalidValue("items", "must name one line or more, each once");
        }
        for (CreditNote.Item item : items) {
            if (item.line() < 0 || item.line() >= invoice.lines().size()) {
                throw new InvalidValue("items", "the invoice has no line " + (item.line() + 1));
            }
            Money left = ofLine(item.line());
            if (item.amount().amount().signum() != left.amount().signum()
                    || item.amount().amount().abs().compareTo(left.amount().abs()) > 0 || item.amount().isZero()) {
                throw new InvalidValue("items", "of line " + (item.line() + 1) + " there is left " + left + ", not "
                        + item.amount());
            }
        }
    }

    private Money netLeft() {
        return itemised().map(CreditNote::subtotal).reduce(invoice.subtotal().minus(invoice.discount()), Money::minus);
    }

    private Money net(List<CreditNote.Item> items, Money sum) {
        Money discountLeft = notes.stream().map(CreditNote::discount).reduce(invoice.discount(), Money::minus);
        return within(sum.minus(discountLeft), netLeft(), rounded(exactNet(items.stream()), RoundingMode.HALF_UP));
    }

    private TaxAmount tax(TaxAmount tax, List<CreditNote.Item> items, boolean last) {
        Money left = taxOfNotes(tax).map(TaxAmount::amount).reduce(tax.amount(), Money::minus);
        BigDecimal base = exactNet(items.stream().filter(item -> tax.isOn(item.line())));
        Money computed = rounded(base.multiply(tax.percent()).movePointLeft(2), invoice.taxPolicy().rounding());
        Money amount = last ? left : within(min(left, zero()), max(left, zero()), computed);
        Money baseLeft = taxOfNotes(tax).map(TaxAmount::base).reduce(tax.base(), Money::minus);
        return new TaxAmount(tax.code(), tax.percent(), last ? baseLeft : rounded(base, RoundingMode.HALF_UP), amount,
                tax.lines());
    }

    private Stream<TaxAmount> taxOfNotes(TaxAmount tax) {
        return notes.stream().flatMap(note -> note.taxes().stream())
                .filter(other -> other.code().equals(tax.code()) && other.lines().equals(tax.lines()));
    }

    /** Without their share of the discounts. Quotients that do not end may add up to half a cent: rounding must see that. */
    private BigDecimal exactNet(Stream<CreditNote.Item> items) {
        return items.map(item -> item.amount().amount().subtract(discount(item))).reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(SURE_DECIMALS, RoundingMode.HALF_EVEN);
    }

    private BigDecimal discount(CreditNote.Item item) {
        BigDecimal whole = invoice.discounts().stream().map(discount -> discount.shares().get(item.line()).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return whole.multiply(item.amount().amount()).divide(invoice.lines().get(item.line()).amount().amount(),
                Decimals.DIVISION);
    }

    private Stream<CreditNote> itemised() {
        return notes.stream().filter(note -> !note.items().isEmpty());
    }

    private Money rounded(BigDecimal exact, RoundingMode mode) {
        return new ExactAmount(invoice.currency(), exact).rounded(mode);
    }

    private static Money within(Money least, Money most, Money amount) {
        return max(least, min(most, amount));
    }

    private static Money min(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Money max(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Money sum(Stream<Money> amounts) {
        return amounts.reduce(zero(), Money::plus);
    }

    private Money zero() {
        return Money.zero(invoice.currency());
    }
}
