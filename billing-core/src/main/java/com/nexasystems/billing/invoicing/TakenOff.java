package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What coupons had taken off of something that is given back now: no more comes back than was charged. It is a line of its
 * own beside the one that gives back, in the proportion in which the coupons took off then.
 */
final class TakenOff {

    private static final String MODEL = "discount";

    private final Invoices invoices;

    TakenOff(Invoices invoices) {
        this.invoices = invoices;
    }

    /** The draft with these lines, on which there are no taxes yet, if it gives something back that was discounted. */
    Invoice of(Invoice draft) {
        List<InvoiceLine> more = draft.lines().stream().filter(TakenOff::givesBack)
                .flatMap(line -> line(draft, line).stream()).toList();
        if (more.isEmpty()) {
            return draft;
        }
        List<InvoiceLine> lines = Stream.concat(draft.lines().stream(), more.stream()).toList();
        return draft.withLines(lines);
    }

    private static boolean givesBack(InvoiceLine line) {
        return line.amount().isNegative() && switch (line.kind()) {
            case FLAT, FIXED, ADJUSTMENT, USAGE -> true;
            case INTERIM, MINIMUM, COMMITMENT, ADD_ON, CREDITS, CORRECTION, DISCOUNT -> false;
        };
    }

    private Optional<InvoiceLine> line(Invoice draft, InvoiceLine back) {
        Money charged = Money.zero(draft.currency());
        Money taken = Money.zero(draft.currency());
        for (Invoice earlier : earlier(draft, back)) {
            for (int i = 0; i < earlier.lines().size(); i++) {
                if (isOf(back, earlier.lines().get(i))) {
                    charged = charged.plus(earlier.lines().get(i).amount());
                    for (Discount discount : earlier.discounts()) {
                        taken = taken.plus(discount.shares().get(i));
                    }
                }
            }
        }
        if (taken.isZero()) {
            return Optional.empty();
        }
        var step = new Priced.Step("coupons had taken off " + taken + " of " + charged, back.amount().negated().amount(),
                taken.amount(), charged.amount());
        Explanation why = back.explanation();
        var explanation = new Explanation(why.plan(), why.charge(), MODEL, why.part(), why.currency(), why.period(),
                Optional.empty(), new Priced(step.units(), List.of(step)));
        InvoiceLine line = InvoiceLine.of(InvoiceLine.Kind.DISCOUNT, back.description() + ", discount", explanation,
                back.rounding());
        return Optional.of(back.origin().map(line::of).orElse(line)).filter(discount -> !discount.amount().isZero());
    }

    private List<Invoice> earlier(Invoice draft, InvoiceLine back) {
        return back.origin().map(LineOrigin::subscription).or(draft::subscription)
                .map(subscription -> invoices.list(InvoiceQuery.ALL.of(subscription))).orElse(List.of()).stream()
                .filter(invoice -> !invoice.discounts().isEmpty() && invoice.status() != InvoiceStatus.VOID).toList();
    }

    /** Whether that line charged what this one gives back. */
    private static boolean isOf(InvoiceLine back, InvoiceLine before) {
        Explanation one = back.explanation();
        Explanation other = before.explanation();
        return before.amount().amount().signum() > 0 && one.charge().equals(other.charge())
                && one.part().equals(other.part()) && other.period().contains(one.period().start())
                && one.plan().map(PlanPrice::plan).equals(other.plan().map(PlanPrice::plan));
    }
}
