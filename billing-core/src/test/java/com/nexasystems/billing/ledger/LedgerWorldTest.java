package com.nexasystems.billing.ledger;

import com.nexasystems.billing.testing.Cases;
import org.junit.jupiter.api.Test;

/** {@code -Dbilling.worlds=10000} looks at as many worlds. */
class LedgerWorldTest {

    private static final int WORLDS = Integer.getInteger("billing.worlds", 200);

    @Test
    void the_books_balance_after_every_step_and_are_exact_in_the_end_in_any_world() {
        Cases.check(WORLDS, random -> new LedgerWorld(random).live());
    }
}
