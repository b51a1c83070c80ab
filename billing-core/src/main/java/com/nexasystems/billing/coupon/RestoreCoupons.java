package com.nexasystems.billing.coupon;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.money.Money;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Gives the coupons back that a voided invoice used. */
public final class RestoreCoupons {

    private final Coupons coupons;
    private final UnitOfWork unitOfWork;

    @Inject
    public RestoreCoupons(Coupons coupons, UnitOfWork unitOfWork) {
        this.coupons = coupons;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Each coupon gets back what the invoice used of it, and counts again if that had used it up; one that was ended stays
     * ended. Again, and from two callers at once, it happens once.
     *
     * @return the coupons that were given back, as they are now
     */
    public List<AppliedCoupon> restore(UUID invoice) {
        return unitOfWork.call(() -> {
            Map<AppliedCouponId, Money> used = coupons.takeBack(invoice).stream()
                    .collect(Collectors.toMap(CouponRedemption::applied, CouponRedemption::amount));
            List<AppliedCoupon> restored = coupons.claimAll(used.keySet()).stream()
                    .map(applied -> applied.restored(used.get(applied.id()))).toList();
            coupons.update(restored);
            return restored;
        });
    }
}
