package com.nexasystems.billing.shadow;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An invoice of the application.
 *
 * @param subscriptionId empty for a one-off invoice
 * @param billedAt       the id that the payment provider knows it by
 * @param currency       as the application has it, in whatever case
 * @param subtotal       before tax, as the application says
 * @param createdAt      not to be relied on: a sync may have stamped it
 */
public record SourceInvoice(String id, String userId, Optional<String> subscriptionId, Optional<String> billedAt,
                            Optional<String> number, String currency, String status, BigDecimal subtotal, BigDecimal tax,
                            Optional<Instant> createdAt, List<SourceItem> items) {

    public SourceInvoice {
        items = List.copyOf(items);
    }
}
