package com.nexasystems.billing.coupon;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;

/** Offers a coupon to the customers of a service, and withdraws the offer. */
public final class DefineCoupon {

    private final Coupons coupons;
    private final Plans plans;
    private final Metrics metrics;
    private final UnitOfWork unitOfWork;

    @Inject
    public DefineCoupon(Coupons coupons, Plans plans, Metrics metrics, UnitOfWork unitOfWork) {
        this.coupons = coupons;
        this.plans = plans;
        this.metrics = metrics;
        this.unitOfWork = unitOfWork;
    }

    /** @throws InvalidValue if the code is taken, or the coupon is limited to a plan or metric that does not exist */
    public Coupon define(Coupon coupon) {
        checkScope(coupon);
        if (!unitOfWork.call(() -> coupons.add(coupon))) {
            throw new InvalidValue("coupon_code", "is taken: " + coupon.code());
        }
        return coupon;
    }

    /**
     * Whoever gets it from now on gets it like this; who has it keeps it as it was.
     *
     * @throws InvalidValue if the service offers no such coupon, or it is limited to a plan or metric that does not exist
     */
    public Coupon change(Coupon coupon) {
        checkScope(coupon);
        return unitOfWork.call(() -> {
            coupons.find(coupon.service(), coupon.code()).filter(Coupon::active)
                    .orElseThrow(() -> new InvalidValue("coupon_code", "does not exist: " + coupon.code()));
            coupons.change(coupon);
            return coupon;
        });
    }

    private void checkScope(Coupon coupon) {
        coupon.scope().plans().stream().filter(code -> plans.find(code).isEmpty()).findFirst().ifPresent(code -> {
            throw new InvalidValue("applies_to.plan_codes", "does not exist: " + code);
        });
        coupon.scope().metrics().stream().filter(code -> metrics.find(code).isEmpty()).findFirst().ifPresent(code -> {
            throw new InvalidValue("applies_to.billable_metric_codes", "does not exist: " + code);
        });
    }

    /**
     * Nobody gets it any more; who has it keeps it. Again, it changes nothing.
     *
     * @throws InvalidValue if the service has no such coupon
     */
    public Coupon withdraw(ServiceId service, CouponCode code) {
        return unitOfWork.call(() -> {
            coupons.withdraw(service, code);
            return coupons.find(service, code)
                    .orElseThrow(() -> new InvalidValue("coupon_code", "does not exist: " + code));
        });
    }
}
