package com.nexasystems.billing.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits an amount into parts that add up to it again, to the minor unit.
 *
 * <p>By the largest remainder: each part gets the whole minor units of its share, and those left over go one by one to
 * the parts that lost most; of equal losses, the earlier part wins. The order of the weights is the order of the parts.
 */
public final class MoneySplit {

    private MoneySplit() {
    }

    /**
     * @param whole   any sign
     * @param weights not negative, at least one above zero
     * @throws IllegalArgumentException if there is nothing to split by
     */
    public static List<Money> byWeights(Money whole, List<BigDecimal> weights) {
        BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (weights.stream().anyMatch(w -> w.signum() < 0) || sum.signum() == 0) {
            throw new IllegalArgumentException("weights must not be negative and must not all be zero: " + weights);
        }
        BigInteger sign = BigInteger.valueOf(whole.amount().signum());
        BigDecimal minor = new BigDecimal(whole.minorUnits().abs());

        var parts = new ArrayList<BigInteger>(weights.size());
        var remainders = new ArrayList<BigDecimal>(weights.size());
        for (BigDecimal weight : weights) {
            BigDecimal[] share = minor.multiply(weight).divideAndRemainder(sum);
            parts.add(share[0].toBigInteger());
            remainders.add(share[1]);
        }
        BigInteger given = parts.stream().reduce(BigInteger.ZERO, BigInteger::add);
        int left = minor.toBigInteger().subtract(given).intValueExact();
        IntStream.range(0, parts.size()).boxed()
                .sorted(Comparator.comparing(remainders::get, Comparator.reverseOrder()))
                .limit(left)
                .forEach(i -> parts.set(i, parts.get(i).add(BigInteger.ONE)));
        return parts.stream().map(part -> Money.ofMinor(whole.currency(), part.multiply(sign))).toList();
    }
}
