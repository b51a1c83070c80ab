package com.nexasystems.billing.production;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What became of what a job has received; all in the unit of its order, none below zero.
 *
 * @param received empty until somebody has counted it; zero is a count
 * @param rejected at visual inspection; absent counts as 0
 */
public record Quantities(Optional<BigDecimal> received, BigDecimal done, BigDecimal scrapped,
                         Optional<BigDecimal> rejected) {

    /** By how much the received quantity may differ from what became of it, inclusive. */
    public static final BigDecimal TOLERANCE = new BigDecimal("0.0001");

    /** Nothing was counted yet. */
    public static final Quantities NONE = new Quantities(Optional.empty(), BigDecimal.ZERO, BigDecimal.ZERO,
            Optional.empty());

    /** @throws InvalidValue if one is below zero, or has too many digits */
    public Quantities {
        received = received.map(value -> Decimals.nonNegative("received", value));
        done = Decimals.nonNegative("done", done);
        scrapped = Decimals.nonNegative("scrapped", scrapped);
        rejected = rejected.map(value -> Decimals.nonNegative("rejected", value));
    }

    /** What is known to have become of the job's material. */
    public BigDecimal accounted() {
        return done.add(scrapped).add(inspected());
    }

    /** Received less accounted; empty if what was received is not known. */
    public Optional<BigDecimal> difference() {
        return received.map(value -> Decimals.normal(value.subtract(accounted())));
    }

    /** Whether the received quantity is known, and is what became of it. */
    public boolean addUp() {
        return difference().filter(value -> value.abs().compareTo(TOLERANCE) <= 0).isPresent();
    }

    public BigDecimal nonConforming() {
        return Decimals.normal(scrapped.add(inspected()));
    }

    /** Done less scrapped, as a certificate states it. Below zero if more was scrapped than done. */
    public BigDecimal shipped() {
        return Decimals.normal(done.subtract(scrapped));
    }

    private BigDecimal inspected() {
        return rejected.orElse(BigDecimal.ZERO);
    }

    /** What became of it, for people. */
    String outcome() {
        return "done " + done.toPlainString() + " + scrapped " + scrapped.toPlainString()
                + " + rejected at visual inspection " + inspected().toPlainString();
    }

    @Override
    public String toString() {
        return "received " + received.map(BigDecimal::toPlainString).orElse("unknown") + ", " + outcome();
    }
}
