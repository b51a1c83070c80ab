package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.money.Money;
import java.util.UUID;

/**
 * What of an invoice is paid from what the customer has with the service already, after tax.
 *
 * @param source the credit note or the wallet
 * @param amount above zero
 */
public record Credit(Kind kind, UUID source, Money amount) {

    /** Where it comes from. Credit notes are used up before prepaid credits. */
    public enum Kind { CREDIT_NOTE, PREPAID }
}
