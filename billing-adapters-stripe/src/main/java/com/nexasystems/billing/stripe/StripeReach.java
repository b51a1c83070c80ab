package com.nexasystems.billing.stripe;

import com.nexasystems.billing.boundary.PortFailure;
import java.util.Optional;
import java.util.Set;

/** Whether it is of use to ask Stripe for more: of what everyone will be answered, one answer is enough. */
final class StripeReach {

    /** So many in a row are not the fault of the invoices. */
    private static final int FAILURES = 10;
    private static final int NO_KEY = 401;
    private static final int NO_RIGHT = 403;
    private static final Set<Integer> OF_ALL = Set.of(NO_KEY, NO_RIGHT, 429);

    private Optional<String> lost = Optional.empty();
    private int failures;

    /** Why nothing more is to be asked for. */
    synchronized Optional<String> lost() {
        return lost;
    }

    synchronized void answered() {
        failures = 0;
    }

    /** @return what is said of it */
    synchronized String failed(PortFailure failure) {
        int status = StripeCalls.status(failure).orElse(0);
        String reason = failure.getMessage() + hint(status);
        failures++;
        if (StripeCalls.isSilent(failure) || OF_ALL.contains(status) || failures >= FAILURES) {
            lost = lost.or(() -> Optional.of(reason));
        }
        return reason;
    }

    private static String hint(int status) {
        return switch (status) {
            case NO_KEY -> "; the key is not valid";
            case NO_RIGHT -> "; the key lacks the permission to read that";
            default -> "";
        };
    }
}
