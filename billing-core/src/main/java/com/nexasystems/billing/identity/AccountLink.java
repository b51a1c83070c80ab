package com.nexasystems.billing.identity;

import com.nexasystems.billing.quantity.InvalidValue;

/**
 * A service's own name for a customer. Unique by service and external id.
 *
 * @param externalId the service's id of its user or account, kept to the letter
 */
public record AccountLink(ServiceId service, String externalId, CustomerId customer) {

    public AccountLink {
        InvalidValue.checkText("external_id", externalId, 255);
    }
}
