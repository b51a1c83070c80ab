package com.nexasystems.billing.reference;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact rational number. The denominator is above zero; not always in lowest terms, so compare by {@link #compareTo}. */
public record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

    public static final Fraction ZERO = of(0);
    private static final int GROWS_NO_LONGER = 192;
    private static final BigInteger FIFTY_DIGITS = BigInteger.TEN.pow(50);

    public Fraction {
        if (denominator.bitLength() > GROWS_NO_LONGER) {
            BigInteger common = numerator.gcd(denominator);
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
    }

    public static Fraction of(long whole) {
        return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    public static Fraction of(BigDecimal decimal) {
        return decimal.scale() >= 0
                ? new Fraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Fraction(decimal.toBigIntegerExact(), BigInteger.ONE);
    }

    public Fraction plus(Fraction other) {
        return denominator.equals(other.denominator)
                ? new Fraction(numerator.add(other.numerator), denominator)
                : new Fraction(numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                        denominator.multiply(other.denominator));
    }

    public Fraction minus(Fraction other) {
        return plus(new Fraction(other.numerator.negate(), other.denominator));
    }

    public Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** @param other above zero */
    public Fraction over(Fraction other) {
        return new Fraction(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Fraction min(Fraction other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Fraction max(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public int signum() {
        return numerator.signum();
    }

    /** The next multiple of 10^-scale that is not below this. */
    public BigDecimal roundedUp(int scale) {
        BigInteger[] parts = numerator.multiply(BigInteger.TEN.pow(scale)).divideAndRemainder(denominator);
        return new BigDecimal(parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0], scale);
    }

    /** The nearest multiple of 10^-scale; half way, the one further from zero. */
    public BigDecimal roundedHalfUp(int scale) {
        BigInteger doubled = numerator.abs().multiply(BigInteger.TEN.pow(scale)).shiftLeft(1).add(denominator);
        BigInteger nearest = doubled.divide(denominator.shiftLeft(1));
        return new BigDecimal(nearest.multiply(BigInteger.valueOf(numerator.signum())), scale);
    }

    /** Equal if the quotient ends within fifty digits; else apart by no more than one part in 10^40. */
    public boolean isAsExactlyAsPossible(BigDecimal decimal) {
        Fraction difference = minus(of(decimal));
        if (difference.signum() == 0) {
            return true;
        }
        Fraction parts = new Fraction(difference.numerator.abs().multiply(BigInteger.TEN.pow(40)), difference.denominator);
        return !ends() && parts.compareTo(new Fraction(numerator.abs(), denominator)) <= 0;
    }

    private boolean ends() {
        BigInteger lowest = denominator.divide(numerator.gcd(denominator));
        return FIFTY_DIGITS.mod(lowest).signum() == 0;
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
