package com.nexasystems.billing.bench.pure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The amounts of {@link Line} in bare arithmetic: the least that they can cost with exact decimals. Nothing is checked,
 * kept or explained.
 */
final class Bare {

    static final BigDecimal AMOUNT = new BigDecimal("812.34");
    static final BigDecimal EVENT = new BigDecimal("12.51");

    private static final BigDecimal QUANTITY = new BigDecimal("25200.5");
    private static final MathContext DIVISION = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final BigDecimal[] BOUNDS = {new BigDecimal("100"), new BigDecimal("1000"), new BigDecimal("10000")};
    private static final BigDecimal[] PRICES = {new BigDecimal("0.05"), new BigDecimal("0.04"), new BigDecimal("0.03"),
            new BigDecimal("0.025")};
    private static final BigDecimal[] RATES = {new BigDecimal("5"), new BigDecimal("4"), new BigDecimal("3"),
            new BigDecimal("2.5")};
    private static final BigDecimal[] NO_FEES = {};
    private static final BigDecimal[] FEES = {new BigDecimal("1"), new BigDecimal("2"), new BigDecimal("3"),
            new BigDecimal("9")};
    private static final BigDecimal PRICE = new BigDecimal("0.0075");
    private static final BigDecimal BATCH = new BigDecimal("3600");
    private static final BigDecimal PACKAGE_PRICE = new BigDecimal("5");
    private static final BigDecimal PACKAGE_SIZE = new BigDecimal("100");
    private static final BigDecimal FREE_UNITS = new BigDecimal("30");
    private static final BigDecimal RATE = new BigDecimal("1.2");
    private static final BigDecimal FEE = new BigDecimal("0.25");
    private static final BigDecimal MINIMUM = new BigDecimal("0.3");
    private static final BigDecimal MAXIMUM = new BigDecimal("0.4");
    private static final int EVENTS = 50;
    private static final int FREE_EVENTS = 10;

    private Bare() {
    }

    static BigDecimal standard() {
        return QUANTITY.multiply(PRICE).divide(BATCH, DIVISION);
    }

    static BigDecimal packages() {
        return QUANTITY.subtract(FREE_UNITS).divide(PACKAGE_SIZE, 0, RoundingMode.UP).multiply(PACKAGE_PRICE);
    }

    static BigDecimal graduated() {
        return graduated(PRICES, NO_FEES);
    }

    static BigDecimal graduatedWithFees() {
        return graduated(PRICES, FEES);
    }

    static BigDecimal volume() {
        int tier = 0;
        while (tier < BOUNDS.length && BOUNDS[tier].compareTo(QUANTITY) < 0) {
            tier++;
        }
        return QUANTITY.multiply(PRICES[tier]).add(FEES[tier]);
    }

    static BigDecimal percentage() {
        return QUANTITY.multiply(RATE).movePointLeft(2).add(BigDecimal.valueOf(EVENTS).multiply(FEE));
    }

    static BigDecimal percentageFree() {
        BigDecimal free = BigDecimal.ZERO;
        for (int i = 0; i < FREE_EVENTS; i++) {
            free = free.add(EVENT);
        }
        return BigDecimal.valueOf(EVENTS).multiply(EVENT).subtract(free).multiply(RATE).movePointLeft(2)
                .add(BigDecimal.valueOf(EVENTS - FREE_EVENTS).multiply(FEE));
    }

    static BigDecimal percentageClamped() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < EVENTS; i++) {
            sum = sum.add(EVENT.multiply(RATE).movePointLeft(2).add(FEE).max(MINIMUM).min(MAXIMUM));
        }
        return sum;
    }

    static BigDecimal graduatedPercentage() {
        return graduated(RATES, NO_FEES).movePointLeft(2);
    }

    static BigDecimal dynamic() {
        return BigDecimal.ZERO.add(AMOUNT);
    }

    private static BigDecimal graduated(BigDecimal[] prices, BigDecimal[] fees) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal below = BigDecimal.ZERO;
        for (int tier = 0; tier < prices.length; tier++) {
            BigDecimal top = tier < BOUNDS.length ? BOUNDS[tier].min(QUANTITY) : QUANTITY;
            sum = sum.add(top.subtract(below).multiply(prices[tier]));
            if (fees.length > 0) {
                sum = sum.add(fees[tier]);
            }
            if (top.compareTo(QUANTITY) >= 0) {
                break;
            }
            below = top;
        }
        return sum;
    }
}
