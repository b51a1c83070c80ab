package com.nexasystems.billing.coupon;

import java.util.UUID;

/** Identifies an applied coupon. */
public record AppliedCouponId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
