package com.nexasystems.billing.coupon;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Takes a coupon away from a customer, for good. What it took off earlier invoices stays. */
public final class EndCoupon {

    private final Coupons coupons;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public EndCoupon(Coupons coupons, Clock clock, UnitOfWork unitOfWork) {
        this.coupons = coupons;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Again, it changes nothing. Waits for an invoice that is just being finalised with it.
     *
     * @throws InvalidValue if no customer of the service has such a coupon
     */
    public AppliedCoupon end(ServiceId service, AppliedCouponId id) {
        return unitOfWork.call(() -> {
            AppliedCoupon ended = coupons.claimAll(List.of(id)).stream()
                    .filter(applied -> applied.holder().service().equals(service)).findFirst()
                    .orElseThrow(() -> new InvalidValue("applied_coupon", "does not exist: " + id))
                    .ended(clock.instant());
            coupons.update(List.of(ended));
            return ended;
        });
    }
}
