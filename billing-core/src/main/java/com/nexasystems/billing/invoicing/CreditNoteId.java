package com.nexasystems.billing.invoicing;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Identifies a credit note. It follows from the invoice and the key, so that asking again gives the same one. */
public record CreditNoteId(UUID value) {

    static CreditNoteId of(InvoiceId invoice, String key) {
        return new CreditNoteId(UUID.nameUUIDFromBytes(
                ("credit-note/" + invoice + "/" + key).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
