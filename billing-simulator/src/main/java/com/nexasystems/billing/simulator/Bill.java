package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a biller asks for. The amounts of the lines add up to the subtotal.
 *
 * @param tax on top of the subtotal
 */
record Bill(List<Line> lines, BigDecimal subtotal, BigDecimal tax) {

    Bill {
        lines = List.copyOf(lines);
    }
}
