package com.nexasystems.billing.webhook;

import java.util.UUID;

/** Identifies an endpoint. */
public record EndpointId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
