package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
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

        /** Exact, but for a quotient that does not end: that one has 50 digits, see {@link Decimals#DIVISION}. */
        public BigDecimal exact() {
            return divided(product(), per);
        }

        private BigDecimal product() {
            return units.multiply(unitPrice);
        }
    }

    static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Priced {
        steps = List.copyOf(steps);
    }

    static Priced nothing() {
        return new Priced(BigDecimal.ZERO, List.of());
    }

    /**
     * The sum of the steps. What has one divisor is summed before it is divided: two thirds and a third of a cent are a
     * cent, whereas their quotients, each cut to 50 digits, can fall short of the half cent that rounds up.
     */
    public BigDecimal total() {
        BigDecimal total = BigDecimal.ZERO;
        for (BigDecimal per : steps.stream().map(Step::per).distinct().toList()) {
            BigDecimal products = steps.stream().filter(step -> step.per().equals(per)).map(Step::product)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            total = total.add(divided(products, per));
        }
        return Decimals.normal(total);
    }

    private static BigDecimal divided(BigDecimal product, BigDecimal per) {
        return per.equals(BigDecimal.ONE) ? product : product.divide(per, Decimals.DIVISION);
    }
}
