package com.nexasystems.billing.webhook;

import java.util.UUID;

/** Identifies a delivery: one event on its way to one endpoint. */
public record DeliveryId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
