package com.nexasystems.billing.coupon;

import com.nexasystems.billing.identity.CustomerId;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the coupons that customers of a service have.
 *
 * @param customer whose; empty for all
 * @param active   whether they still count; empty for both
 * @param coupons  of which coupons; none for all
 */
public record AppliedCouponQuery(Optional<CustomerId> customer, Optional<Boolean> active, Set<CouponCode> coupons) {

    public static final AppliedCouponQuery ALL = new AppliedCouponQuery(Optional.empty(), Optional.empty(), Set.of());

    public AppliedCouponQuery {
        coupons = Set.copyOf(coupons);
    }

    public AppliedCouponQuery of(CustomerId holder) {
        return new AppliedCouponQuery(Optional.of(holder), active, coupons);
    }

    public AppliedCouponQuery active(boolean wanted) {
        return new AppliedCouponQuery(customer, Optional.of(wanted), coupons);
    }

    public AppliedCouponQuery ofCoupons(Set<CouponCode> wanted) {
        return new AppliedCouponQuery(customer, active, wanted);
    }

    public boolean matches(AppliedCoupon applied) {
        return customer.map(applied.holder().customer()::equals).orElse(true)
                && active.map(wanted -> wanted == (applied.state() == AppliedCoupon.State.ACTIVE)).orElse(true)
                && (coupons.isEmpty() || coupons.contains(applied.coupon()));
    }
}
