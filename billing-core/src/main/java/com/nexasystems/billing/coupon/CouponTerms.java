package com.nexasystems.billing.coupon;

/** How much a coupon takes off, and how often. */
public record CouponTerms(Discount discount, CouponFrequency frequency) { }
