package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.subscription.SubscriptionId;

/**
 * Which subscription a line is of, on an invoice that is for several.
 *
 * @param externalId the service's own id of it
 * @param draft      the invoice on which the line stood before
 */
public record LineOrigin(SubscriptionId subscription, String externalId, InvoiceId draft) { }
