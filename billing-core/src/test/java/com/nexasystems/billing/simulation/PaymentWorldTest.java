package com.nexasystems.billing.simulation;

import com.nexasystems.billing.testing.Cases;
import org.junit.jupiter.api.Test;

/** {@code -Dbilling.worlds=10000} looks at as many worlds. */
class PaymentWorldTest {

    private static final int WORLDS = Integer.getInteger("billing.worlds", 300);

    @Test
    void nobody_is_charged_twice_and_nothing_stays_open_in_any_world() {
        Cases.check(WORLDS, random -> new PaymentWorld(random).live());
    }
}
