package com.nexasystems.billing.simulator.stripe;

import com.nexasystems.billing.simulator.stripe.StripeInvoice.Credited;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.CreditNote;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Payment;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Rate;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an invoice comes to, as Stripe computes it: the tax of each rate on the sum of all its lines, half away from zero;
 * the lines' shares of it add up to it.
 */
final class InvoiceSums {

    private static final long WHOLE = 1_000_000;
    /** What is less is not charged, but owed from the next invoice on. */
    private static final long LEAST_CHARGE = 50;

    final List<List<TaxShare>> taxesOfLines;
    final long subtotal;
    final long subtotalExcludingTax;
    final long excludingTax;
    final long total;
    final long endingBalance;
    final List<NoteSums> notes = new ArrayList<>();
    long due;
    long paid;
    long overpaid;
    long paidOffStripe;
    long prePayment;
    long postPayment;
    Optional<Instant> paidAt = Optional.empty();

    /** The tax of one rate; the base does not contain it. */
    record TaxShare(Rate rate, long base, long amount) { }

    /** A credit note. */
    record NoteSums(List<List<TaxShare>> taxes, long subtotal, long excludingTax, long total, long prePayment,
                    long toBalance) {

        long postPayment() {
            return total - prePayment;
        }
    }

    private record Group(String rate, long divisor) { }

    InvoiceSums(StripeInvoice invoice) {
        taxesOfLines = taxes(invoice.lines);
        subtotal = invoice.lines.stream().mapToLong(Line::amount).sum();
        subtotalExcludingTax = subtotal - sum(taxesOfLines, true);
        excludingTax = subtotalExcludingTax - invoice.lines.stream().mapToLong(Line::discount).sum();
        total = excludingTax + sum(taxesOfLines, true) + sum(taxesOfLines, false);
        long owed = total + invoice.startingBalance;
        boolean carried = owed < LEAST_CHARGE;
        endingBalance = carried ? owed : 0;
        due = carried ? 0 : owed;
        if (due == 0) {
            paidAt = Optional.of(invoice.finalizedAt);
        }
        invoice.steps.forEach(step -> follow(invoice, step));
    }

    long remaining() {
        return due - paid;
    }

    private void follow(StripeInvoice invoice, Step step) {
        long before = remaining();
        if (step instanceof Payment payment && "paid".equals(payment.status())) {
            pay(payment);
        }
        if (step instanceof CreditNote note) {
            credit(invoice, note);
        }
        if (before > 0 && remaining() == 0) {
            paidAt = Optional.of(step instanceof Payment payment ? payment.at() : ((CreditNote) step).at());
        }
    }

    private void pay(Payment payment) {
        long applied = Math.min(payment.amount(), remaining());
        paid += applied;
        overpaid += payment.amount() - applied;
        if (payment.kind().isEmpty() || "payment_record".equals(payment.kind())) {
            paidOffStripe += payment.amount();
        }
    }

    private void credit(StripeInvoice invoice, CreditNote note) {
        List<List<TaxShare>> taxes = note.lines().stream().map(line -> taxes(invoice, line)).toList();
        long sum = note.lines().stream().mapToLong(Credited::amount).sum();
        long netto = sum - note.lines().stream().mapToLong(Credited::discount).sum() - sum(taxes, true);
        long all = netto + sum(taxes, true) + sum(taxes, false);
        long before = Math.min(all, Math.max(0, remaining()));
        long toBalance = all - before - note.outside() - note.refunds().values().stream().mapToLong(Long::longValue).sum();
        notes.add(new NoteSums(taxes, sum, netto, all, before, toBalance));
        if (!note.isVoid()) {
            due -= before;
            prePayment += before;
            postPayment += all - before;
        }
    }

    /** A line that is given back as a whole gives back its own taxes. */
    private List<TaxShare> taxes(StripeInvoice invoice, Credited credited) {
        if (credited.line() < 0) {
            return taxes(List.of(line(credited, credited.rates()))).get(0);
        }
        Line line = invoice.lines.get(credited.line());
        return line.amount() == credited.amount() && line.discount() == credited.discount()
                ? taxesOfLines.get(credited.line()) : taxes(List.of(line(credited, line.rates()))).get(0);
    }

    private static Line line(Credited credited, List<Rate> rates) {
        return new Line(credited.description(), credited.amount(), "", false, List.of(), credited.discount(), rates);
    }

    private static List<List<TaxShare>> taxes(List<Line> lines) {
        var soFar = new HashMap<Group, long[]>();
        return lines.stream().map(line -> taxes(line, soFar)).toList();
    }

    private static List<TaxShare> taxes(Line line, Map<Group, long[]> soFar) {
        long price = line.amount() - line.discount();
        long divisor = WHOLE + line.rates().stream().filter(Rate::inclusive).mapToLong(InvoiceSums::millionths).sum();
        var included = new LinkedHashMap<Rate, Long>();
        line.rates().stream().filter(Rate::inclusive)
                .forEach(rate -> included.put(rate, share(rate, price, divisor, soFar)));
        long net = price - included.values().stream().mapToLong(Long::longValue).sum();
        return line.rates().stream().map(rate -> new TaxShare(rate, net,
                rate.inclusive() ? included.get(rate) : share(rate, net, WHOLE, soFar))).toList();
    }

    /** What the sum of this line and those before comes to, less what was taken for those before. */
    private static long share(Rate rate, long price, long divisor, Map<Group, long[]> soFar) {
        long[] sums = soFar.computeIfAbsent(new Group(rate.id(), divisor), group -> new long[2]);
        sums[0] += price;
        long tax = rounded(sums[0] * millionths(rate), divisor);
        long share = tax - sums[1];
        sums[1] = tax;
        return share;
    }

    private static long millionths(Rate rate) {
        return new BigDecimal(rate.percent()).movePointRight(4).longValueExact();
    }

    private static long rounded(long dividend, long divisor) {
        return Long.signum(dividend) * ((Math.abs(dividend) * 2 + divisor) / (divisor * 2));
    }

    private static long sum(List<List<TaxShare>> taxes, boolean inclusive) {
        return taxes.stream().flatMap(List::stream).filter(share -> share.rate.inclusive() == inclusive)
                .mapToLong(TaxShare::amount).sum();
    }

    /** For each rate what it comes to on all lines. */
    static List<TaxShare> byRate(List<List<TaxShare>> taxes) {
        var sums = new LinkedHashMap<Rate, TaxShare>();
        taxes.stream().flatMap(List::stream).forEach(share -> sums.merge(share.rate, share,
                (one, other) -> new TaxShare(one.rate, one.base + other.base, one.amount + other.amount)));
        return List.copyOf(sums.values());
    }
}
