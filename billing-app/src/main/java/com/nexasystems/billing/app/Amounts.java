package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.ReconciledRow;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of comparisons as people read them: two decimals, and up to the four that are compared if there are more. */
final class Amounts {

    private static final int CENTS = 2;

    private Amounts() {
    }

    static String plain(BigDecimal amount) {
        BigDecimal stripped = amount.setScale(ReconciledRow.DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return (stripped.scale() < CENTS ? stripped.setScale(CENTS) : stripped).toPlainString();
    }

    static String signed(BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + plain(amount);
    }
}
