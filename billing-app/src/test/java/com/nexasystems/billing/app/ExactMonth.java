package com.nexasystems.billing.app;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The demo's figures, computed a second time: by fractions of big integers, from the file alone, with nothing of the engine.
 * Prices are in units of 10⁻¹², quantities are whole seconds.
 */
final class ExactMonth {

    private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(12);
    private static final BigInteger CENT = BigInteger.TEN.pow(10);
    private static final BigInteger HST = BigInteger.valueOf(13);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** Numerators over the batch, in price units. */
    interface Model {
        BigInteger amount(BigInteger overage);
    }

    /** @param upTo null in the last one */
    record Tier(BigInteger upTo, BigInteger price, BigInteger flat) { }

    private final BigInteger batch;
    private final BigInteger flatCents;
    private final BigInteger quota;
    private final Model model;

    long invoices;
    long withOverage;
    BigInteger usage = BigInteger.ZERO;
    BigInteger exact = BigInteger.ZERO;
    BigInteger lines = BigInteger.ZERO;
    BigInteger subtotal = BigInteger.ZERO;
    BigInteger tax = BigInteger.ZERO;

    ExactMonth(String flat, String quota, String batch, Model model) {
        this.flatCents = price(flat).divide(CENT);
        this.quota = new BigInteger(quota);
        this.batch = new BigInteger(batch);
        this.model = model;
    }

    ExactMonth bill(Map<String, BigInteger> secondsByDeployment) {
        secondsByDeployment.values().forEach(this::bill);
        return this;
    }

    BigInteger total() {
        return subtotal.add(tax);
    }

    /** Whether a decimal says the exact sum: to 10⁻³⁷, for a quotient need not end. */
    boolean isExact(String decimal) {
        BigDecimal difference = new BigDecimal(decimal).multiply(new BigDecimal(batch)).movePointRight(12)
                .subtract(new BigDecimal(exact)).abs();
        return difference.compareTo(BigDecimal.ONE.movePointLeft(25)) < 0;
    }

    static String cents(BigInteger cents) {
        return new BigDecimal(cents, 2).toPlainString();
    }

    static BigInteger price(String text) {
        return new BigDecimal(text).multiply(new BigDecimal(PRICE_UNIT)).toBigIntegerExact();
    }

    static Model standard(String price) {
        return overage -> overage.multiply(price(price));
    }

    static Model packages(String price, String size) {
        BigInteger units = new BigInteger(size);
        return overage -> overage.add(units).subtract(BigInteger.ONE).divide(units).multiply(price(price)).multiply(units);
    }

    static Model graduated(String batch, List<Tier> tiers) {
        return overage -> {
            BigInteger sum = BigInteger.ZERO;
            BigInteger below = BigInteger.ZERO;
            for (Tier tier : tiers) {
                BigInteger top = tier.upTo == null ? overage : tier.upTo.min(overage);
                sum = sum.add(top.subtract(below).multiply(tier.price)).add(tier.flat.multiply(new BigInteger(batch)));
                if (tier.upTo == null || overage.compareTo(tier.upTo) <= 0) {
                    return sum;
                }
                below = tier.upTo;
            }
            throw new IllegalStateException("the last tier is open");
        };
    }

    static Model volume(String batch, List<Tier> tiers) {
        return overage -> {
            Tier tier = tiers.stream().filter(t -> t.upTo == null || overage.compareTo(t.upTo) <= 0).findFirst().orElseThrow();
            return overage.multiply(tier.price).add(tier.flat.multiply(new BigInteger(batch)));
        };
    }

    /** As {@code --tiers} writes them. */
    static String json(List<Tier> tiers) {
        var parts = new ArrayList<String>();
        tiers.forEach(tier -> parts.add("[" + tier.upTo + ",\"" + decimal(tier.price) + "\",\"" + decimal(tier.flat) + "\"]"));
        return "[" + String.join(",", parts) + "]";
    }

    private static String decimal(BigInteger price) {
        return new BigDecimal(price, 12).toPlainString();
    }

    private void bill(BigInteger seconds) {
        BigInteger overage = seconds.subtract(quota).max(BigInteger.ZERO);
        BigInteger numerator = model.amount(overage);
        BigInteger line = halfUp(numerator, batch.multiply(CENT));
        BigInteger sum = flatCents.add(line);
        invoices++;
        withOverage += overage.signum();
        usage = usage.add(seconds);
        exact = exact.add(numerator);
        lines = lines.add(line);
        subtotal = subtotal.add(sum);
        tax = tax.add(halfUp(sum.multiply(HST), HUNDRED));
    }

    private static BigInteger halfUp(BigInteger dividend, BigInteger divisor) {
        return dividend.shiftLeft(1).add(divisor).divide(divisor.shiftLeft(1));
    }
}
