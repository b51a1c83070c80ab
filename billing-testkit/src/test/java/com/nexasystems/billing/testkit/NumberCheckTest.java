package com.nexasystems.billing.testkit;

import com.nexasystems.billing.gate.Check;
import java.math.BigDecimal;

/** A right check keeps the contract of checks. */
class NumberCheckTest extends NumberCheckContract {

    @Override
    protected Check<BigDecimal> check() {
        return new PositiveNumber();
    }
}
