package com.nexasystems.billing.simulator.stripe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An invoice for {@link FakeStripe#put}: what is on it, and what became of it. All of Stripe's figures follow from that; to
 * have some that do not, change fields with {@link #with}. Amounts are in Stripe's minor units.
 *
 * <pre>{@code
 * stripe.put(StripeInvoice.of("in_1", "cad", Instant.parse("2026-03-01T00:00:00Z"))
 *         .line(Line.of("8 × Growth", 16000).taxed(new Rate("txr_on", "HST", "13", false)))
 *         .paid(18080, Instant.parse("2026-03-02T00:00:00Z")));
 * }</pre>
 *
 * <p>It is finalised; the customer's balance is applied; then payments and credit notes follow in the order in which they
 * are told. Its status is what comes of it.
 */
public final class StripeInvoice {

    final String id;
    final String currency;
    final Instant finalizedAt;
    final List<Line> lines = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();
    /** By their paths, such as {@code lines.0.amount}. */
    final Map<String, Object> changed = new LinkedHashMap<>();
    String customer = "cus_1";
    String customerName = "Ada Ltd";
    String country = "CA";
    String state = "ON";
    long startingBalance;
    boolean draft;
    Optional<Instant> effectiveAt = Optional.empty();
    Optional<Instant> dueAt = Optional.empty();
    Optional<Instant> voidedAt = Optional.empty();
    Optional<Instant> givenUpAt = Optional.empty();
    String revisedBy = "";
    String revises = "";

    private StripeInvoice(String id, String currency, Instant finalizedAt) {
        this.id = id;
        this.currency = currency;
        this.finalizedAt = finalizedAt;
    }

    /** A tax rate. @param percent such as {@code 9.975}, with four decimals at most */
    public record Rate(String id, String name, String percent, boolean inclusive) { }

    /**
     * A line.
     *
     * @param amount   before discounts; with taxes that are included in prices
     * @param credited ids of the lines that a credit of a proration gives something back of
     */
    public record Line(String description, long amount, String price, boolean proration, List<String> credited,
                       long discount, List<Rate> rates) {

        public static Line of(String description, long amount) {
            return new Line(description, amount, "price_1", false, List.of(), 0, List.of());
        }

        public Line taxed(Rate... newRates) {
            return new Line(description, amount, price, proration, credited, discount, List.of(newRates));
        }

        public Line discounted(long newDiscount) {
            return new Line(description, amount, price, proration, credited, newDiscount, rates);
        }

        public Line priced(String newPrice) {
            return new Line(description, amount, newPrice, proration, credited, discount, rates);
        }

        public Line prorated(String... newCredited) {
            return new Line(description, amount, price, true, List.of(newCredited), discount, rates);
        }
    }

    /** What happens to an invoice. */
    sealed interface Step permits Payment, CreditNote { }

    /**
     * A payment.
     *
     * @param kind   {@code payment_intent}, {@code charge} or {@code payment_record}; empty if Stripe was told of it and has
     *               no record
     * @param status {@code open}, {@code paid} or {@code canceled}
     * @param of     id of the intent, charge or record
     */
    record Payment(String kind, long amount, Instant at, String status, String of) implements Step { }

    /**
     * A credit note. What of it comes after payment is put on the customer's balance, unless it is refunded or given back
     * outside.
     */
    public record CreditNote(Instant at, List<Credited> lines, Map<Integer, Long> refunds, long outside, boolean isVoid)
            implements Step {

        public static CreditNote of(Instant at, Credited... lines) {
            return new CreditNote(at, List.of(lines), Map.of(), 0, false);
        }

        /** @param refund the number of a refund of the invoice, from 0 on */
        public CreditNote refunding(int refund, long amount) {
            var more = new LinkedHashMap<>(refunds);
            more.put(refund, amount);
            return new CreditNote(at, lines, more, outside, isVoid);
        }

        public CreditNote outside(long amount) {
            return new CreditNote(at, lines, refunds, amount, isVoid);
        }

        public CreditNote voided() {
            return new CreditNote(at, lines, refunds, outside, true);
        }
    }

    /**
     * A line of a credit note.
     *
     * @param line   the number of the line of the invoice, from 0 on; below 0 if it is for none
     * @param amount before discounts; with taxes that are included in prices
     */
    public record Credited(int line, String description, long amount, long discount, List<Rate> rates) {

        /** Of a line of the invoice, with its taxes. */
        public static Credited of(int line, long amount) {
            return new Credited(line, "Credit of line " + line, amount, 0, List.of());
        }

        public static Credited custom(String description, long amount, Rate... rates) {
            return new Credited(-1, description, amount, 0, List.of(rates));
        }

        public Credited discounted(long newDiscount) {
            return new Credited(line, description, amount, newDiscount, rates);
        }
    }

    record Refund(int payment, long amount, Instant at, String status) { }

    /** @param currency in lower case, as Stripe writes it */
    public static StripeInvoice of(String id, String currency, Instant finalizedAt) {
        return new StripeInvoice(id, currency, finalizedAt);
    }

    StripeInvoice copy() {
        var copy = new StripeInvoice(id, currency, finalizedAt);
        copy.lines.addAll(lines);
        copy.steps.addAll(steps);
        copy.refunds.addAll(refunds);
        copy.changed.putAll(changed);
        copy.draft = draft;
        copy.effectiveAt = effectiveAt;
        copy.dueAt = dueAt;
        copy.voidedAt = voidedAt;
        copy.givenUpAt = givenUpAt;
        copy.revisedBy = revisedBy;
        copy.revises = revises;
        return copy.customer(customer, customerName).address(country, state).startingBalance(startingBalance);
    }

    public String id() {
        return id;
    }

    public StripeInvoice customer(String newCustomer, String newName) {
        customer = newCustomer;
        customerName = newName;
        return this;
    }

    /** As it was typed in. */
    public StripeInvoice address(String newCountry, String newState) {
        country = newCountry;
        state = newState;
        return this;
    }

    /** It is not finalised. */
    public StripeInvoice draft() {
        draft = true;
        return this;
    }

    /** Printed as the date of issue. */
    public StripeInvoice effective(Instant at) {
        effectiveAt = Optional.of(at);
        return this;
    }

    public StripeInvoice due(Instant at) {
        dueAt = Optional.of(at);
        return this;
    }

    /** Of the customer when it is finalised: below zero if he has credit. */
    public StripeInvoice startingBalance(long amount) {
        startingBalance = amount;
        return this;
    }

    public StripeInvoice line(Line line) {
        lines.add(line);
        return this;
    }

    public StripeInvoice paid(long amount, Instant at) {
        return paid(amount, at, named("pi"));
    }

    /** @param intent may pay other invoices too */
    public StripeInvoice paid(long amount, Instant at, String intent) {
        steps.add(new Payment("payment_intent", amount, at, "paid", intent));
        return this;
    }

    /** As before there were payment intents. */
    public StripeInvoice paidByCharge(long amount, Instant at) {
        steps.add(new Payment("charge", amount, at, "paid", named("ch")));
        return this;
    }

    /** Outside of Stripe, and recorded there. */
    public StripeInvoice paidOutside(long amount, Instant at) {
        steps.add(new Payment("payment_record", amount, at, "paid", named("pr")));
        return this;
    }

    /** It was told to be paid, and nothing is recorded but that. */
    public StripeInvoice toldPaid(long amount, Instant at) {
        steps.add(new Payment("", amount, at, "paid", ""));
        return this;
    }

    /** @param status {@code open} or {@code canceled} */
    public StripeInvoice attempted(long amount, String status) {
        steps.add(new Payment("payment_intent", amount, finalizedAt, status, named("pi")));
        return this;
    }

    public StripeInvoice credit(CreditNote note) {
        steps.add(note);
        return this;
    }

    /**
     * @param payment its number, from 0 on; credit notes do not count
     * @param status  {@code succeeded}, {@code pending}, {@code requires_action}, {@code failed} or {@code canceled}
     */
    public StripeInvoice refunded(int payment, long amount, Instant at, String status) {
        refunds.add(new Refund(payment, amount, at, status));
        return this;
    }

    public StripeInvoice voided(Instant at) {
        voidedAt = Optional.of(at);
        return this;
    }

    /** Marked uncollectible. */
    public StripeInvoice givenUp(Instant at) {
        givenUpAt = Optional.of(at);
        return this;
    }

    /** It is void, and another one stands for it. */
    public StripeInvoice revisedBy(String invoice, Instant at) {
        revisedBy = invoice;
        return voided(at);
    }

    public StripeInvoice revises(String invoice) {
        revises = invoice;
        return this;
    }

    /**
     * A field is something else than it should be.
     *
     * @param path  {@code invoice.total}, {@code lines.0.amount}, {@code payments.0.status}, {@code refunds.0.currency},
     *              {@code credit_notes.0.status} or {@code credit_note_lines.0.0.amount}, and so on for what is within
     * @param value text, a whole number, a truth value, a map, a list, or null
     */
    public StripeInvoice with(String path, Object value) {
        changed.put(path, value);
        return this;
    }

    List<Payment> payments() {
        return steps.stream().filter(Payment.class::isInstance).map(Payment.class::cast).toList();
    }

    List<CreditNote> creditNotes() {
        return steps.stream().filter(CreditNote.class::isInstance).map(CreditNote.class::cast).toList();
    }

    /** Of something that belongs to it. */
    String named(String prefix, int... numbers) {
        var name = new StringBuilder(prefix).append('_').append(id.substring(id.indexOf('_') + 1));
        if (numbers.length == 0) {
            name.append('_').append(payments().size());
        }
        for (int number : numbers) {
            name.append('_').append(number);
        }
        return name.toString();
    }
}
