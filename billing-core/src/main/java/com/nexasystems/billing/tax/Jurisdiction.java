package com.nexasystems.billing.tax;

import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.quantity.InvalidValue;

/** Whose taxes apply: a country, or one of its regions, such as {@code CA-ON}. */
public record Jurisdiction(String code) {

    public Jurisdiction {
        if (!code.matches("[A-Z]{2}(-[A-Z0-9]{1,3})?")) {
            throw new InvalidValue("jurisdiction", "is not an ISO 3166 code such as CA-ON: " + code);
        }
    }

    public static Jurisdiction of(Address address) {
        return new Jurisdiction(address.country() + address.region().map(region -> "-" + region).orElse(""));
    }

    @Override
    public String toString() {
        return code;
    }
}
