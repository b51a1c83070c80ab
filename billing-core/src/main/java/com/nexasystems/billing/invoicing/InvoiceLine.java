package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.Explanation;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A line of an invoice: an explained amount, rounded once.
 *
 * @param kind          what it bills
 * @param description   for people
 * @param explanation   the calculation; for an adjustment, of the whole original period as it is rated now
 * @param rounding      of the exact amount to the minor unit
 * @param alreadyBilled what earlier invoices billed for the same charge and period; zero where none did
 * @param amount        signed: an adjustment can credit. Always the rounded exact amount less what was billed already,
 *                      so that the invoice and its adjustments add up to the period as it is rated now
 * @param origin        given on an invoice that is for several subscriptions
 */
public record InvoiceLine(Kind kind, String description, Explanation explanation, RoundingMode rounding,
                          Money alreadyBilled, Money amount, Optional<LineOrigin> origin) {

    /** What a line bills. */
    public enum Kind {
        /** A plan's own price, or what is given back of it. */
        FLAT,
        /** Usage of a period that is over. */
        USAGE,
        /** The difference that usage made which came after its invoice. */
        ADJUSTMENT,
        /** Usage of a period that goes on: the difference to what was billed of it before. */
        INTERIM,
        /** What comes with a plan in a fixed number. */
        FIXED,
        /** What is missing to a charge's minimum. */
        MINIMUM,
        /** What is missing to a plan's minimum commitment. */
        COMMITMENT,
        /** Something sold once. */
        ADD_ON,
        /** Prepaid credits. */
        CREDITS,
        /** The difference between a line and what somebody decided it should come to. */
        CORRECTION,
        /** What coupons had taken off of something that is given back. */
        DISCOUNT
    }

    public InvoiceLine {
        Money derived = explanation.exact().rounded(rounding).minus(alreadyBilled);
        if (!derived.equals(amount)) {
            throw new IllegalArgumentException("the line says " + amount + ", its explanation gives " + derived);
        }
    }

    /** A line of an invoice that is for one subscription, or for none. */
    public InvoiceLine(Kind kind, String description, Explanation explanation, RoundingMode rounding, Money alreadyBilled,
                       Money amount) {
        this(kind, description, explanation, rounding, alreadyBilled, amount, Optional.empty());
    }

    /** The line as it stands on an invoice that is for several subscriptions. */
    InvoiceLine of(LineOrigin from) {
        return new InvoiceLine(kind, description, explanation, rounding, alreadyBilled, amount, Optional.of(from));
    }

    /** A line for an amount that nothing was billed of before. */
    public static InvoiceLine of(Kind kind, String description, Explanation explanation, RoundingMode rounding) {
        return adjusting(kind, description, explanation, rounding, Money.zero(explanation.currency()));
    }

    /** A line for what is missing to an amount, or was too much. */
    public static InvoiceLine adjusting(Kind kind, String description, Explanation explanation, RoundingMode rounding,
                                 Money alreadyBilled) {
        return new InvoiceLine(kind, description, explanation, rounding, alreadyBilled,
                explanation.exact().rounded(rounding).minus(alreadyBilled));
    }
}
