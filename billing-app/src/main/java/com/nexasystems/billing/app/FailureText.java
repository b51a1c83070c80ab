package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.BillingFailure;
import java.util.List;

/** Tells a person which subscriptions could not be billed. */
final class FailureText {

    private static final int SHOWN = 20;

    private FailureText() {
    }

    /** @param failed how many there are, of which {@code failures} may be only the first */
    static void print(Host host, List<BillingFailure> failures, long failed) {
        failures.stream().limit(SHOWN).forEach(failure ->
                host.err().println("not billed: " + failure.externalId() + ": " + failure.reason()));
        if (failed > 0) {
            host.err().println(failed + (failed == 1 ? " subscription" : " subscriptions")
                    + " could not be billed and will be tried again by the next run");
        }
    }
}
