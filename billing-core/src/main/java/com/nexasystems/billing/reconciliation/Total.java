package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/**
 * Rows of one month, currency and status together.
 *
 * @param month       its first day, of the months in which the periods begin
 * @param unexplained the sum of what is unexplained of each, without its sign
 */
public record Total(LocalDate month, Currency currency, Status status, long rows, BigDecimal computed, BigDecimal actual,
                    BigDecimal unexplained) {

    public Total plus(Total other) {
        return new Total(month, currency, status, rows + other.rows, computed.add(other.computed),
                actual.add(other.actual), unexplained.add(other.unexplained));
    }
}
