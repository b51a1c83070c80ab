package com.nexasystems.billing.catalog;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Optional;

/**
 * What a subscription to a plan is like, beside its prices.
 *
 * @param trialDays           at the start of a subscription, for which no flat price is billed; usage is
 * @param usageMonthly        usage is billed every month, although the plan's interval is longer
 * @param fixedChargesMonthly so are fixed charges
 * @param overrides           the plan that this one is a customer's own edition of; empty for a plan of the catalogue
 * @param shadow              imported for comparison: nothing on it is billed, and nobody starts on it
 */
public record PlanTerms(int trialDays, boolean usageMonthly, boolean fixedChargesMonthly, Optional<PlanCode> overrides,
                        boolean shadow) {

    /** No trial, everything by the plan's interval, of the catalogue. */
    public static final PlanTerms PLAIN = new PlanTerms(0, false, false, Optional.empty());

    private static final int LONGEST_TRIAL = 3660;

    public PlanTerms {
        if (trialDays < 0 || trialDays > LONGEST_TRIAL) {
            throw new InvalidValue("trial_period", "must be between 0 and " + LONGEST_TRIAL + " days: " + trialDays);
        }
    }

    /** Of a plan that is billed. */
    public PlanTerms(int trialDays, boolean usageMonthly, boolean fixedChargesMonthly, Optional<PlanCode> overrides) {
        this(trialDays, usageMonthly, fixedChargesMonthly, overrides, false);
    }

    public PlanTerms inShadow(boolean now) {
        return new PlanTerms(trialDays, usageMonthly, fixedChargesMonthly, overrides, now);
    }
}
