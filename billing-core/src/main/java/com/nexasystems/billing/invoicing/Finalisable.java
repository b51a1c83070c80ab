package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.Customer;
import java.util.List;

/**
 * A draft that is to be finalised.
 *
 * @param holds on its lines
 * @param needs where the law asks for more
 */
public record Finalisable(Invoice draft, Customer customer, List<LineHold> holds, InvoiceNeeds needs) {

    public Finalisable {
        holds = List.copyOf(holds);
    }
}
