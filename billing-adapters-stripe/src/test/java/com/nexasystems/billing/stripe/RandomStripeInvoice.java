package com.nexasystems.billing.stripe;

import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.CreditNote;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Credited;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Rate;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Invoices of every kind, each with what Stripe would let happen to it. */
final class RandomStripeInvoice {

    private static final List<String> CURRENCIES = List.of("cad", "cad", "usd", "jpy", "kwd", "isk");
    private static final List<List<Rate>> RATES = List.of(List.of(), List.of(InvoiceWorld.HST),
            List.of(InvoiceWorld.GST, InvoiceWorld.QST), List.of(InvoiceWorld.VAT),
            List.of(InvoiceWorld.VAT, InvoiceWorld.GST));

    private final RandomGenerator random;
    private final FakeStripe stripe;
    private final StripeInvoice invoice;
    private final long unit;
    private final boolean taxed;
    private Instant at = InvoiceWorld.ISSUED;

    RandomStripeInvoice(RandomGenerator random, FakeStripe stripe, String id) {
        this.random = random;
        this.stripe = stripe;
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        this.unit = "isk".equals(currency) ? 100 : 1;
        this.taxed = unit == 1;
        this.invoice = StripeInvoice.of(id, currency, at);
    }

    StripeInvoice made() {
        lines();
        if (chance(30)) {
            invoice.startingBalance(amount(6000) - 3000 * unit);
        }
        if (chance(5)) {
            invoice.draft();
            stripe.put(invoice);
            return invoice;
        }
        if (chance(10)) {
            invoice.effective(at.minusSeconds(86_400));
        }
        int steps = random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            step();
        }
        ending();
        stripe.put(invoice);
        return invoice;
    }

    private void lines() {
        int count = chance(10) ? 101 + random.nextInt(120) : random.nextInt(14);
        for (int i = 0; i < count; i++) {
            boolean credit = chance(20);
            long amount = amount(5000) * (credit ? -1 : 1);
            Line line = Line.of("Line " + i, amount);
            line = credit || chance(20) ? line.prorated("il_before_" + i) : line;
            line = !credit && chance(30) ? line.discounted(unit * random.nextLong(amount / unit + 1)) : line;
            invoice.line(taxed ? line.taxed(RATES.get(random.nextInt(RATES.size())).toArray(Rate[]::new)) : line);
        }
    }

    private void step() {
        at = at.plusSeconds(1 + random.nextInt(100_000));
        stripe.put(invoice);
        long remaining = number("amount_remaining");
        switch (random.nextInt(5)) {
            case 0 -> credit();
            case 1 -> invoice.attempted(1 + amount(500), chance(50) ? "open" : "canceled");
            default -> pay(remaining);
        }
    }

    private void pay(long remaining) {
        if (remaining <= 0) {
            return;
        }
        long part = chance(50) ? remaining : unit * (1 + random.nextLong(remaining / unit));
        long amount = chance(5) ? part + unit * 7 : part;
        switch (random.nextInt(6)) {
            case 0 -> invoice.paidOutside(amount, at);
            case 1 -> invoice.paidByCharge(amount, at);
            case 2 -> invoice.toldPaid(remaining, at);
            default -> invoice.paid(amount, at);
        }
    }

    private void credit() {
        long left = number("total") - number("pre_payment_credit_notes_amount") - number("post_payment_credit_notes_amount");
        long amount = left <= 0 ? 0 : unit * random.nextLong(left / unit + 1);
        if (amount > 0) {
            CreditNote note = CreditNote.of(at, Credited.custom("Goodwill", amount));
            invoice.credit(chance(10) ? note.voided() : note);
        }
    }

    private void ending() {
        stripe.put(invoice);
        boolean paid = number("amount_paid") > 0;
        if (!paid && chance(10)) {
            invoice.voided(at);
        } else if (chance(10)) {
            invoice.givenUp(at);
        }
    }

    private long number(String field) {
        return (Long) stripe.invoice(invoice.id()).get(field);
    }

    private long amount(int most) {
        return unit * random.nextInt(most);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
