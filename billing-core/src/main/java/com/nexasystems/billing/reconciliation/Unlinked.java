package com.nexasystems.billing.reconciliation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/**
 * Charged invoices of a month that were compared with nothing.
 *
 * @param why   such as {@code one-off}
 * @param month by the first item's time, else by when the application says it was made
 */
public record Unlinked(Why why, LocalDate month, Currency currency, long invoices, BigDecimal subtotal) {

    /** Why an invoice is compared with nothing. */
    public enum Why {
        /** It names no subscription. */
        ONE_OFF,
        /** Its subscription was not imported. */
        NOT_IMPORTED,
        /** It does not say for which time it is, or is for none of the subscription. */
        NO_PERIOD
    }
}
