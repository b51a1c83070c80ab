/**
 * Coupons: what is taken off an invoice before tax, for whom, how often, and what is left of it.
 *
 * <p>A {@link com.nexasystems.billing.coupon.Coupon} is the offer of a service, an
 * {@link com.nexasystems.billing.coupon.AppliedCoupon} one customer's own copy of its terms. Invariants: nothing is taken
 * twice, nothing below zero, and the shares of the lines add up to the cent. Whoever finalises an invoice claims the
 * customer's coupons, computes {@link com.nexasystems.billing.coupon.Redemptions}, and keeps both in one unit of work;
 * where wallets are claimed as well, coupons come first. Does not own invoices or taxes. Begin reading at
 * {@link com.nexasystems.billing.coupon.Redemptions}.
 */
package com.nexasystems.billing.coupon;
