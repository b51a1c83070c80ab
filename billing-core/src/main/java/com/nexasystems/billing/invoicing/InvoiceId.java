package com.nexasystems.billing.invoicing;

import java.util.UUID;

/** Identifies an invoice. It follows from the invoice's reason, so a replay gives the same one. */
public record InvoiceId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
