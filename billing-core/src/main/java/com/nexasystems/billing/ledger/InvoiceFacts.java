package com.nexasystems.billing.ledger;

import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a source says of one of its invoices, in its own figures: nothing in it is computed, so that what does not add up
 * there is seen here. All amounts are in the invoice's currency, and as the source rounded them.
 *
 * @param id           with the prefix that names the source, such as {@code in_1abc} or {@code lago:...}
 * @param number       on the document
 * @param jurisdiction whose taxes are on it, or else where the customer is, if the source says so
 * @param issuedAt     the printed date: when it takes effect, else when it was finalised; empty of a draft
 * @param due          when it is to be paid
 * @param taxes        of the invoice as a whole, one for each rate; what is not taxed is left out
 * @param writtenOffAt when it was given up
 * @param settledAt    when it was paid in full
 * @param revisedBy    the invoice that replaces it
 * @param unexplained  what the source says that cannot be booked; such an invoice is held with these words
 */
public record InvoiceFacts(String id, Optional<String> number, State state, Party party,
                           Optional<Jurisdiction> jurisdiction, Currency currency, Optional<Instant> issuedAt,
                           Optional<LocalDate> due, List<Line> lines, List<Tax> taxes, Totals totals,
                           List<Payment> payments, List<CreditNote> creditNotes, List<Refund> refunds,
                           Optional<Instant> writtenOffAt, Optional<Instant> settledAt, Optional<String> revisedBy,
                           List<String> unexplained) {

    /** How it stands at its source. */
    public enum State {
        DRAFT, OPEN, PAID, VOID, UNCOLLECTIBLE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Whom it is for.
     *
     * @param id   the customer's id at the source; never changes
     * @param name for people
     */
    public record Party(String id, String name) { }

    /**
     * A line.
     *
     * @param item      what is sold, as the source calls it: the id of a product or price; the same on every line that sells
     *                  it
     * @param proration whether it is for a part of a period, or gives a part of one back
     * @param credits   ids of the lines that it gives something back of, of this invoice or another
     * @param sale      what kind of sale it is
     * @param amount    before discounts; contains taxes that are included in the price. Below zero if it gives back
     * @param discount  what discounts take off it; has the sign of the amount
     * @param included  taxes that are contained in the amount after its discount
     */
    public record Line(String id, String description, Optional<String> item, boolean proration, List<String> credits,
                       Sale sale, Money amount, Money discount, Money included) {

        public Line {
            credits = List.copyOf(credits);
        }

        /** What is earned: after discounts, without taxes. */
        public Money net() {
            return amount.minus(discount).minus(included);
        }
    }

    /** What a line sells. */
    public enum Sale {
        /** Something that is earned. */
        SERVICE,
        /** Credits that will pay later invoices. */
        PREPAID
    }

    /**
     * A tax, of one rate.
     *
     * @param name      as the source calls it
     * @param percent   as the source says; 13 means 13 %
     * @param inclusive whether the prices contain it
     * @param base      what it is computed on, without the tax itself
     * @param parts     the same for each taxed line, if the source says so; else empty
     * @param amount    of the invoice
     */
    public record Tax(String name, Optional<BigDecimal> percent, boolean inclusive, Money base, List<Part> parts,
                      Money amount) {

        /** The tax of a line. */
        public record Part(Money base, Money amount) { }

        public Tax {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The sums, as the source states them.
     *
     * @param excludingTax after discounts, before taxes
     * @param total        with taxes
     * @param toBalance    what of the total was settled with the customer's balance: above zero if the balance paid it, or owes
     *                     it from now on; below zero if it was put there
     * @param prepaid      what of it was paid with credits that were bought in advance
     * @param offset       what credit notes took off before it was paid
     * @param due          what was left to be paid
     * @param paid         of what was due, by whatever means
     * @param remaining    of what was due
     * @param overpaid     more than was due: put on the customer's balance
     */
    public record Totals(Money excludingTax, Money total, Money toBalance, Money prepaid, Money offset, Money due, Money paid,
                         Money remaining, Money overpaid) { }

    /**
     * Money that arrived.
     *
     * @param provider whose clearing account it is on: the source itself, or {@code outside} if the source was only told of it
     * @param amount   above zero
     */
    public record Payment(String id, String provider, Money amount, Instant at) { }

    /**
     * A credit note that stands. One that was voided is left out; or, if it is known when that was, followed by one of less
     * than nothing, which takes back from the balance what was withdrawn.
     *
     * @param lines     what it gives back, each above zero
     * @param taxes     what it gives back of taxes, above zero
     * @param total     lines and taxes
     * @param offset    what of the total was taken off before the invoice was paid
     * @param toBalance what of it went to the customer's balance
     * @param refunded  what of it is refunded: the refunds are told with the invoice
     * @param outside   what of it was given back by other means
     */
    public record CreditNote(String id, Optional<String> number, Instant issuedAt, List<CreditedLine> lines,
                             List<Tax> taxes, Money total, Money offset, Money toBalance, Money refunded, Money outside) {

        public CreditNote {
            lines = List.copyOf(lines);
            taxes = List.copyOf(taxes);
        }
    }

    /**
     * A line of a credit note.
     *
     * @param line the invoice's line; empty if it is for none
     * @param net  after discounts, without taxes; above zero if something is given back
     */
    public record CreditedLine(Optional<String> line, String description, Money net) { }

    /**
     * Money that went back and has arrived. One that is under way, has failed or was withdrawn is left out.
     *
     * @param provider whose clearing account it is on
     * @param amount   above zero
     * @param surplus  whether it gives back what was overpaid, which stood on the customer's balance
     */
    public record Refund(String id, String provider, Money amount, Instant at, boolean surplus) { }

    public InvoiceFacts {
        InvalidValue.checkText("id", id, 255);
        lines = List.copyOf(lines);
        taxes = List.copyOf(taxes);
        payments = List.copyOf(payments);
        creditNotes = List.copyOf(creditNotes);
        refunds = List.copyOf(refunds);
        unexplained = List.copyOf(unexplained);
        Currency wanted = currency;
        amounts(lines, taxes, totals, payments, creditNotes, refunds).filter(money -> !money.currency().equals(wanted))
                .findFirst().ifPresent(money -> {
                    throw new CurrencyMismatchException(wanted, money.currency());
                });
    }

    private static Stream<Money> amounts(List<Line> lines, List<Tax> taxes, Totals totals, List<Payment> payments,
                                         List<CreditNote> notes, List<Refund> refunds) {
        return Stream.of(
                lines.stream().flatMap(line -> Stream.of(line.amount, line.discount, line.included)),
                taxes.stream().flatMap(InvoiceFacts::amounts),
                Stream.of(totals.excludingTax, totals.total, totals.toBalance, totals.prepaid, totals.offset, totals.due,
                        totals.paid, totals.remaining, totals.overpaid),
                payments.stream().map(Payment::amount),
                notes.stream().flatMap(InvoiceFacts::amounts),
                refunds.stream().map(Refund::amount)).flatMap(stream -> stream);
    }

    private static Stream<Money> amounts(Tax tax) {
        return Stream.concat(Stream.of(tax.base, tax.amount),
                tax.parts.stream().flatMap(part -> Stream.of(part.base, part.amount)));
    }

    private static Stream<Money> amounts(CreditNote note) {
        return Stream.of(Stream.of(note.total, note.offset, note.toBalance, note.refunded, note.outside),
                note.lines.stream().map(CreditedLine::net), note.taxes.stream().flatMap(InvoiceFacts::amounts))
                .flatMap(stream -> stream);
    }
}
