package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourceUser;
import java.math.BigDecimal;

/** @param taxRate 0.13 for 13 % */
record Customer(SourceUser row, BigDecimal taxRate) {

    String id() {
        return row.id();
    }
}
