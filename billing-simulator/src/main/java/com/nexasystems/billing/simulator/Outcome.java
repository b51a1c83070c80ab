package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.util.List;

/**
 * How a period was really billed.
 *
 * @param right what it should have come to
 * @param edits what befell its usage rows
 */
record Outcome(List<Issued> issued, BigDecimal right, UsageEdits edits, String note) {

    /** Actual minus right. */
    BigDecimal amount() {
        return issued.stream().filter(one -> !one.voided()).map(one -> one.bill().subtotal())
                .reduce(BigDecimal.ZERO, BigDecimal::add).subtract(right);
    }

    static Outcome of(Bill actual, Bill right, String note) {
        return new Outcome(List.of(Issued.of(actual)), right.subtotal(), new UsageEdits(), note);
    }

    Outcome with(UsageEdits other) {
        return new Outcome(issued, right, other, note);
    }
}
