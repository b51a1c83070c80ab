package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.TaxAmount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is given back of an issued invoice. Its total is its items, less their share of the invoice's discounts, plus tax;
 * all of it goes to the customer's balance, is refunded, or is taken off what is still to be paid of the invoice.
 *
 * <p>A note without items holds what an invoice came to below zero: nothing is given back of its lines.
 *
 * @param number    of the service's own series
 * @param issueDate on the customer's calendar
 * @param issuedAt  to the microsecond; the oldest note is used first
 * @param discount  the items' share of the invoice's discounts
 * @param balance   what of {@code given.credit()} is neither used nor withdrawn
 * @param withdrawn what of it was withdrawn when the note was voided
 * @param refund    how the refund went; empty if there is none
 */
public record CreditNote(CreditNoteId id, InvoiceId invoice, ServiceCustomer holder, String number, Reason reason,
                         String description, LocalDate issueDate, Instant issuedAt, List<Item> items, Money discount,
                         List<TaxAmount> taxes, Given given, Money balance, Money withdrawn,
                         Optional<RefundStatus> refund) {

    /** The order in which notes are used: the oldest first. */
    public static final Comparator<CreditNote> OLDEST_FIRST = Comparator.comparing(CreditNote::issuedAt)
            .thenComparing(note -> note.id.toString());

    /** Why it was issued. */
    public enum Reason {
        DUPLICATED_CHARGE, PRODUCT_UNSATISFACTORY, ORDER_CHANGE, ORDER_CANCELLATION, FRAUDULENT_CHARGE, OTHER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether there is a balance to use. */
    public enum CreditStatus {
        AVAILABLE,
        /** All of it is used. */
        CONSUMED,
        /** What was not used is withdrawn. */
        VOIDED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a refund went. */
    public enum RefundStatus {
        PENDING, SUCCEEDED, FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is given back of a line.
     *
     * @param line   of the invoice, counted from 0
     * @param amount before discounts and tax; not zero, with the sign of the line
     */
    public record Item(int line, Money amount) { }

    /**
     * How the total is given back. None of the three is below zero.
     *
     * @param credit to the customer's balance, which pays their next invoices of the service
     * @param refund to where the payment came from
     * @param offset off what is still to be paid of the invoice
     */
    public record Given(Money credit, Money refund, Money offset) {

        public Given {
            if (Stream.of(credit, refund, offset).anyMatch(Money::isNegative)) {
                throw new IllegalArgumentException("none of it is below zero: " + credit + ", " + refund + ", " + offset);
            }
        }

        public static Given credit(Money amount) {
            Money zero = Money.zero(amount.currency());
            return new Given(amount, zero, zero);
        }

        public static Given refund(Money amount) {
            Money zero = Money.zero(amount.currency());
            return new Given(zero, amount, zero);
        }

        public static Given offset(Money amount) {
            Money zero = Money.zero(amount.currency());
            return new Given(zero, zero, amount);
        }

        public Money total() {
            return credit.plus(refund).plus(offset);
        }
    }

    public CreditNote {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
        items = List.copyOf(items);
        taxes = List.copyOf(taxes);
        if (given.total().amount().signum() <= 0) {
            throw new IllegalArgumentException("a credit note comes to more than zero, not to " + given.total());
        }
        Money parts = sum(Stream.concat(items.stream().map(Item::amount), taxes.stream().map(TaxAmount::amount)),
                discount.negated());
        if (!items.isEmpty() && !parts.equals(given.total())) {
            throw new IllegalArgumentException("the items come to " + parts + ", what is given to " + given.total());
        }
        if (balance.isNegative() || withdrawn.isNegative() || balance.plus(withdrawn).compareTo(given.credit()) > 0) {
            throw new IllegalArgumentException("of " + given.credit() + " there cannot be left " + balance + " and "
                    + withdrawn + " withdrawn");
        }
        if (refund.isPresent() == given.refund().isZero()) {
            throw new IllegalArgumentException("a refund has a status if and only if there is one");
        }
    }

    private static Money sum(Stream<Money> amounts, Money first) {
        return amounts.reduce(first, Money::plus);
    }

    public Currency currency() {
        return balance.currency();
    }

    /** Tax included. */
    public Money total() {
        return given.total();
    }

    public Money tax() {
        return sum(taxes.stream().map(TaxAmount::amount), Money.zero(currency()));
    }

    /** After discounts, before tax. */
    public Money subtotal() {
        return total().minus(tax());
    }

    /** What of the credit has paid invoices. */
    public Money used() {
        return given.credit().minus(balance).minus(withdrawn);
    }

    /** Empty if nothing of it is credited. */
    public Optional<CreditStatus> creditStatus() {
        if (given.credit().isZero()) {
            return Optional.empty();
        }
        if (!balance.isZero()) {
            return Optional.of(CreditStatus.AVAILABLE);
        }
        return Optional.of(withdrawn.isZero() ? CreditStatus.CONSUMED : CreditStatus.VOIDED);
    }

    /** Whether all of it was withdrawn again, as if it had never been: its items can be given back anew. */
    public boolean isUndone() {
        return withdrawn.equals(total());
    }

    /** Whether something of it is left, and the invoice is its holder's, in its currency. */
    boolean canPay(Invoice other) {
        return !balance.isZero() && other.currency().equals(currency()) && other.service().equals(holder.service())
                && other.customer().equals(holder.customer());
    }

    /** After paying that much of an invoice. */
    CreditNote drawn(Money amount) {
        return with(balance.minus(amount), withdrawn, refund);
    }

    /** After an invoice that it paid that much of was voided. It is there to be used again, also if the note was voided. */
    CreditNote restored(Money amount) {
        return with(balance.plus(amount), withdrawn, refund);
    }

    /** Without what is left of the credit. */
    CreditNote voided() {
        return with(Money.zero(currency()), withdrawn.plus(balance), refund);
    }

    CreditNote refunded(RefundStatus status) {
        return with(balance, withdrawn, Optional.of(status));
    }

    private CreditNote with(Money newBalance, Money newWithdrawn, Optional<RefundStatus> newRefund) {
        return new CreditNote(id, invoice, holder, number, reason, description, issueDate, issuedAt, items, discount, taxes,
                given, newBalance, newWithdrawn, newRefund);
    }
}
