package com.nexasystems.billing.http;

import java.math.BigDecimal;

/** Quantities as Lago writes them: with at least one decimal, "12.0". */
final class Units {

    private Units() {
    }

    static String of(BigDecimal quantity) {
        return quantity.scale() < 1 ? quantity.setScale(1).toPlainString() : quantity.toPlainString();
    }
}
