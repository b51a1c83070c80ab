package com.nexasystems.billing.cutover;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Who is to be flipped, and what must be proven before.
 *
 * @param user      the application's id of the one user to flip; all, if it is empty
 * @param cycles    how many of the last full cycles of each subscription must be without an open difference
 * @param threshold up to how much revenue of those cycles may be compared with nothing, in each currency
 */
public record CutOverTerms(ServiceId service, Optional<String> user, int cycles, BigDecimal threshold) {

    private static final int MOST_CYCLES = 36;

    public CutOverTerms {
        threshold = Decimals.nonNegative("threshold", threshold);
        if (cycles < 1 || cycles > MOST_CYCLES) {
            throw new InvalidValue("cycles", "is between 1 and " + MOST_CYCLES + ": " + cycles);
        }
    }

    /** The whole service, after one cycle without any open difference and with no revenue that is compared with nothing. */
    public static CutOverTerms of(ServiceId service) {
        return new CutOverTerms(service, Optional.empty(), 1, BigDecimal.ZERO);
    }

    public CutOverTerms of(String only) {
        return new CutOverTerms(service, Optional.of(only), cycles, threshold);
    }

    public CutOverTerms after(int newCycles) {
        return new CutOverTerms(service, user, newCycles, threshold);
    }

    public CutOverTerms upTo(BigDecimal newThreshold) {
        return new CutOverTerms(service, user, cycles, newThreshold);
    }
}
