package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourceInvoice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An invoice, and what only the platform's own table says of it.
 *
 * @param day on which it was written
 */
record Invoice(SourceInvoice row, LocalDate day, Optional<Instant> paidAt) {

    BigDecimal due() {
        return row.subtotal().add(row.tax());
    }

    BigDecimal paid() {
        return paidAt.isPresent() ? due() : BigDecimal.ZERO.setScale(2);
    }
}
