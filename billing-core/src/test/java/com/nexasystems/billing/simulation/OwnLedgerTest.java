package com.nexasystems.billing.simulation;

import com.nexasystems.billing.testing.Cases;
import org.junit.jupiter.api.Test;

/** {@code -Dbilling.cases=3000} looks at 30 times as many worlds. */
class OwnLedgerTest {

    @Test
    void every_invoice_of_our_own_is_booked_to_the_cent_or_skipped_for_a_reason() {
        Cases.check(15, random -> {
            var world = new LedgerWorld(random);
            world.live();
            new LedgerBooks(world.billing(), world.provider(), world.invoices()).check();
        });
    }
}
