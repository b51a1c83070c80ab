package com.nexasystems.billing.rating;

import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * What something costs as it is and as it would be, before tax. All four amounts are of one currency.
 *
 * @param before      lines rounded as invoices round them, then added up
 * @param after       likewise
 * @param exactBefore the same lines before they were rounded
 * @param exactAfter  likewise
 */
public record PriceChange(Money before, Money after, ExactAmount exactBefore, ExactAmount exactAfter) {

    public static PriceChange none(Currency currency) {
        return new PriceChange(Money.zero(currency), Money.zero(currency), ExactAmount.zero(currency),
                ExactAmount.zero(currency));
    }

    /** A line that is there as it is. */
    static PriceChange before(ExactAmount line, RoundingMode rounding) {
        PriceChange none = none(line.currency());
        return new PriceChange(line.rounded(rounding), none.after, line, none.exactAfter);
    }

    /** A line that would be there. */
    static PriceChange after(ExactAmount line, RoundingMode rounding) {
        PriceChange none = none(line.currency());
        return new PriceChange(none.before, line.rounded(rounding), none.exactBefore, line);
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    public PriceChange plus(PriceChange other) {
        return new PriceChange(before.plus(other.before), after.plus(other.after), exactBefore.plus(other.exactBefore),
                exactAfter.plus(other.exactAfter));
    }

    /** Positive = it would cost more. */
    public Money difference() {
        return after.minus(before);
    }

    /** Positive = it would cost more. */
    public ExactAmount exactDifference() {
        return exactAfter.minus(exactBefore);
    }
}
