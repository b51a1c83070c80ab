package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an item will say.
 *
 * @param amount CAD; exact until it is on a {@link Bill}
 * @param term   what it is for; empty for something that is paid once
 */
record Line(Kind kind, String description, BigDecimal quantity, BigDecimal unitPrice, BigDecimal amount,
            Optional<Term> term) {

    /** What a line is for. */
    enum Kind { FLAT, OVERAGE, ONE_OFF }

    Line withAmount(BigDecimal other) {
        return new Line(kind, description, quantity, unitPrice, other, term);
    }

    static Line oneOff(String description, BigDecimal amount) {
        return new Line(Kind.ONE_OFF, description, BigDecimal.ONE, amount, amount, Optional.empty());
    }
}
