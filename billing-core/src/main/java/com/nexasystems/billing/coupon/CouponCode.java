package com.nexasystems.billing.coupon;

import com.nexasystems.billing.quantity.InvalidValue;

/** The stable name of a coupon, unique in its service; what a customer types in. */
public record CouponCode(String value) implements Comparable<CouponCode> {

    public CouponCode {
        InvalidValue.checkText("coupon_code", value, 128);
    }

    @Override
    public int compareTo(CouponCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
