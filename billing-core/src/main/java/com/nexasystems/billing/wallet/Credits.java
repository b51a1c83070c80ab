package com.nexasystems.billing.wallet;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Credits and the money they stand for. Credits are priced once, when they come in: units × rate, rounded half up to the
 * minor unit. From then on both figures go together, in proportion; whatever is split is split into two parts that add up
 * again, the last part takes all the rest, and so no cent and no credit is lost or made, whatever the rate.
 *
 * @param units not negative, with the digits of {@link Decimals}
 * @param worth not negative
 */
public record Credits(BigDecimal units, Money worth) {

    public Credits {
        units = Decimals.nonNegative("credits", units);
        if (worth.isNegative()) {
            throw new InvalidValue("worth", "must not be negative: " + worth);
        }
    }

    public static Credits none(Money anyAmount) {
        return new Credits(BigDecimal.ZERO, Money.zero(anyAmount.currency()));
    }

    public Credits plus(Credits other) {
        return new Credits(units.add(other.units), worth.plus(other.worth));
    }

    /** @throws InvalidValue if there are fewer */
    public Credits minus(Credits other) {
        return new Credits(units.subtract(other.units), worth.minus(other.worth));
    }

    public boolean isNone() {
        return units.signum() == 0 && worth.isZero();
    }

    /** The part that stands for that much money; its units are rounded down to the last digit that is kept. */
    Credits worth(Money part) {
        if (part.compareTo(worth) >= 0) {
            return this;
        }
        BigDecimal share = units.multiply(part.amount())
                .divide(worth.amount(), Decimals.FRACTION_DIGITS, RoundingMode.DOWN);
        return new Credits(share, part);
    }

    /** That many of them; the money is rounded down to the minor unit. */
    Credits first(BigDecimal part) {
        if (part.compareTo(units) >= 0) {
            return this;
        }
        BigDecimal share = worth.amount().multiply(part).divide(units, worth.amount().scale(), RoundingMode.DOWN);
        return new Credits(part, new Money(worth.currency(), share));
    }
}
