package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was paid of an invoice.
 *
 * <p>A payment for several invoices at once does not say how much of it is for this one. If it is the only such payment,
 * that is what the invoice says was paid and the other payments do not say.
 *
 * <p>Of an invoice that somebody has marked as paid, or whose fees were paid before it was made, there is no payment. It is
 * told as one, from outside, of all that was due, when the last fee succeeded: the one time that Lago states of it. When the
 * invoice was last changed would be no fact, as anything changes that.
 */
final class LagoPayments {

    static final String OUTSIDE = "outside";

    private static final String SUCCEEDED = "succeeded";
    private static final String MARKED = "marked-as-paid";
    private static final String PAID = "total_paid_amount_cents";
    private static final String REMAINING = "total_due_amount_cents";

    private final LagoFigures figures;
    private final LagoObject invoice;
    private final List<LagoObject> succeeded;
    private final Money due;
    private final List<String> unexplained;

    /** What was paid, and how it adds up. */
    record Paid(List<Payment> payments, Money paid, Money remaining) { }

    /**
     * @param payments    those of the invoice
     * @param due         all that was to be paid
     * @param unexplained is added to
     */
    LagoPayments(LagoFigures figures, LagoObject invoice, List<LagoObject> payments, Money due, List<String> unexplained) {
        this.figures = figures;
        this.invoice = invoice;
        this.succeeded = payments.stream()
                .filter(payment -> payment.text("payment_status").filter(SUCCEEDED::equals).isPresent()).toList();
        this.due = due;
        this.unexplained = unexplained;
    }

    static boolean isPaid(LagoObject invoice) {
        return SUCCEEDED.equals(invoice.mandatory("payment_status"));
    }

    Paid read() {
        Optional<Money> stated = invoice.optionalCents(PAID).map(cents -> Money.ofMinor(figures.currency(), cents));
        boolean isWhole = stated.filter(paid -> !paid.isZero() && !paid.equals(due)).isEmpty();
        if (succeeded.isEmpty() && isPaid(invoice) && due.compareTo(figures.zero()) > 0 && isWhole) {
            return new Paid(marked(), due, figures.zero());
        }
        List<Payment> payments = listed(stated);
        Money paid = stated.orElseGet(() -> payments.stream().map(Payment::amount).reduce(figures.zero(), Money::plus));
        Money remaining = invoice.has(REMAINING) ? figures.money(invoice, REMAINING) : due.minus(paid);
        if (isPaid(invoice) && !remaining.isZero()) {
            unexplained.add("it is said to be paid, and " + remaining + " to be due");
        }
        return new Paid(payments, paid, remaining);
    }

    private List<Payment> marked() {
        Optional<Instant> at = invoice.list("fees").stream().flatMap(fee -> fee.instant("succeeded_at").stream())
                .max(Comparator.naturalOrder());
        if (at.isEmpty()) {
            unexplained.add("it is said to be paid, and neither by which payment nor when");
        }
        return at.map(when -> new Payment(MARKED, OUTSIDE, due, when)).stream().toList();
    }

    private List<Payment> listed(Optional<Money> stated) {
        List<LagoObject> single = succeeded.stream().filter(payment -> !isShared(payment)).toList();
        List<LagoObject> shared = succeeded.stream().filter(LagoPayments::isShared).toList();
        var payments = new ArrayList<Payment>();
        single.forEach(payment -> payments.add(payment(payment, figures.money(payment, "amount_cents"))));
        Money others = payments.stream().map(Payment::amount).reduce(figures.zero(), Money::plus);
        if (!shared.isEmpty()) {
            part(shared, stated.map(paid -> paid.minus(others))).ifPresentOrElse(payments::add, () -> unexplained.add(
                    "it was paid together with other invoices, and Lago does not say how much of that is for it"));
        }
        payments.sort(Comparator.comparing(Payment::at).thenComparing(Payment::id));
        return payments;
    }

    private static boolean isShared(LagoObject payment) {
        return payment.texts("invoice_ids").size() > 1;
    }

    private Optional<Payment> part(List<LagoObject> shared, Optional<Money> part) {
        return Stream.of(shared).filter(all -> all.size() == 1).map(all -> all.get(0))
                .flatMap(payment -> part.filter(amount -> amount.compareTo(figures.zero()) > 0
                                && amount.compareTo(figures.money(payment, "amount_cents")) <= 0)
                        .map(amount -> payment(payment, amount)).stream()).findFirst();
    }

    private Payment payment(LagoObject payment, Money amount) {
        figures.check(payment, "amount_currency");
        boolean isByHand = payment.text("type").filter("manual"::equals).isPresent();
        return new Payment(payment.mandatory("lago_id"), isByHand ? OUTSIDE : LagoInvoices.NAME, amount,
                payment.instant("created_at").orElseThrow(() -> payment.invalid("created_at", "is missing")));
    }
}
