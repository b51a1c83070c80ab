package com.nexasystems.billing.testkit;

import com.nexasystems.billing.gate.Check;
import java.math.BigDecimal;
import java.util.Optional;

/** The contract of checks, with numbers for subjects. */
abstract class NumberCheckContract extends CheckContract<BigDecimal> {

    @Override
    protected BigDecimal passing() {
        return BigDecimal.ONE;
    }

    @Override
    protected BigDecimal failing() {
        return BigDecimal.ZERO;
    }

    /** A right check. */
    static class PositiveNumber implements Check<BigDecimal> {

        @Override
        public String name() {
            return "positive";
        }

        @Override
        public Optional<Problem> look(BigDecimal number) {
            return number.signum() > 0 ? Optional.empty()
                    : Optional.of(new Problem(number + " is not above zero", "count at least one"));
        }
    }
}
