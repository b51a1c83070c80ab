package com.nexasystems.billing.identity;

import java.util.UUID;

/** Identifies a service. */
public record ServiceId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
