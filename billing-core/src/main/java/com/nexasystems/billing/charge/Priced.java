package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A price and its working. The total is the sum of the steps, so the two cannot disagree. Amounts are in the major unit
 * of the plan's currency; rounding is the invoice line's business.
 *
 * @param units units that were paid for: without quota, free units and free events
 * @param steps in the order in which they were calculated; those that add nothing are left out
 */
public record Priced(BigDecimal units, List<Step> steps) {

    /**
     * One product, {@code units × unitPrice / per}.
     *
     * @param rule      what it prices, such as {@code tier 2}
     * @param units     how many
     * @param unitPrice for {@code per} of them
     * @param per       a batch, 100 for a percentage, else 1; above zero
     */
    public record Step(String rule, BigDecimal units, BigDecimal unitPrice, BigDecimal per) {

        public Step {
            per = Decimals.normal(per);
        }

        /** Whether it is due once, however many the units are. */
        boolean isFlatFee() {
            return rule.endsWith(FLAT_FEE);
        }

        /**
         * For display: exact, but for a quotient that does not end. That one has 50 digits, see {@link
         * Decimals#DIVISION}.
         */
        public BigDecimal exact() {
            return divided(units.multiply(unitPrice), per);
        }
    }

    static final String FLAT_FEE = " flat fee";

    static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Digits more than the dividend has. */
    private static final int SOON = 6;

    public Priced {
        steps = List.copyOf(steps);
    }

    /** The same with the units there for a share of the time, such as {@code 16 of 31 days}; flat fees stay whole. */
    public Priced shared(long part, long whole, String share) {
        BigDecimal factor = BigDecimal.valueOf(part);
        return new Priced(units, steps.stream().map(step -> step.isFlatFee() ? step
                : new Step(step.rule + ", " + share, step.units.multiply(factor), step.unitPrice,
                        step.per.multiply(BigDecimal.valueOf(whole)))).toList());
    }

    /** Nothing is due. */
    public static Priced nothing() {
        return new Priced(BigDecimal.ZERO, List.of());
    }

    /**
     * The sum of the steps. Divided once, after adding up: two quotients that do not end can add up to half a cent, and
     * rounding must see exactly that.
     */
    public BigDecimal total() {
        BigDecimal whole = BigDecimal.ZERO;
        BigDecimal dividend = BigDecimal.ZERO;
        BigDecimal divisor = BigDecimal.ONE;
        for (Step step : steps) {
            BigDecimal product = step.units.multiply(step.unitPrice);
            if (step.per.equals(BigDecimal.ONE)) {
                whole = whole.add(product);
            } else {
                dividend = dividend.add(product);
                divisor = oneDivisor(divisor, step.per);
            }
        }
        return Decimals.normal(dividend.signum() == 0 ? whole : whole.add(quotient(dividend, divisor)));
    }

    /** Mostly a price has been made for a quotient that ends soon, and then need not be calculated to all its digits. */
    private static BigDecimal quotient(BigDecimal product, BigDecimal per) {
        BigDecimal few = product.divide(per, product.scale() + SOON, RoundingMode.DOWN);
        boolean isAll = few.precision() <= Decimals.DIVISION.getPrecision() && few.multiply(per).compareTo(product) == 0;
        return isAll ? few : divided(product, per);
    }

    private static BigDecimal divided(BigDecimal product, BigDecimal per) {
        if (per.equals(BigDecimal.ONE) || product.signum() == 0) {
            return product;
        }
        return per.equals(HUNDRED) ? product.movePointLeft(2) : product.divide(per, Decimals.DIVISION);
    }

    private static BigDecimal oneDivisor(BigDecimal before, BigDecimal per) {
        if (!before.equals(BigDecimal.ONE) && !before.equals(per)) {
            throw new IllegalStateException("the steps of one price divide by one number, not by " + before + " and " + per);
        }
        return per;
    }
}
