package com.nexasystems.billing.coupon;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Gives a customer a coupon of a service. It counts on every invoice of that service that is finalised from then on. */
public final class ApplyCoupon {

    private final Coupons coupons;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public ApplyCoupon(Coupons coupons, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.coupons = coupons;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @param terms for this customer, in place of the coupon's own; empty = the coupon's own */
    public record Request(Customer customer, CouponCode coupon, Optional<CouponTerms> terms) {

        public static Request of(Customer customer, CouponCode coupon) {
            return new Request(customer, coupon, Optional.empty());
        }
    }

    /**
     * Called again for a reusable coupon, it is applied again.
     *
     * @throws InvalidValue              if the service has no such coupon, it is withdrawn or expired, or it is not reusable
     *                                   and the customer has or had it
     * @throws CurrencyMismatchException if it takes off a fixed amount, and the customer is billed in another currency
     */
    public AppliedCoupon apply(ServiceId service, Request request) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            Coupon coupon = coupons.find(service, request.coupon())
                    .orElseThrow(() -> new InvalidValue("coupon_code", "does not exist: " + request.coupon()));
            CouponTerms terms = request.terms().orElse(coupon.terms());
            check(coupon, terms, request.customer(), now);
            var holder = new ServiceCustomer(service, request.customer().id());
            AppliedCoupon applied = AppliedCoupon.of(new AppliedCouponId(ids.next()), holder, coupon, terms, now);
            if (!coupons.apply(applied)) {
                throw new InvalidValue("coupon_code", "is not reusable, and the customer has had it: " + coupon.code());
            }
            return applied;
        });
    }

    private static void check(Coupon coupon, CouponTerms terms, Customer customer, Instant now) {
        if (!coupon.active()) {
            throw new InvalidValue("coupon_code", "is withdrawn: " + coupon.code());
        }
        if (coupon.isExpiredAt(now)) {
            throw new InvalidValue("coupon_code", "expired at " + coupon.expiresAt().orElseThrow() + ": " + coupon.code());
        }
        if (terms.discount() instanceof Discount.Fixed fixed && !customer.currency().map(fixed::fits).orElse(true)) {
            throw new CurrencyMismatchException(customer.currency().orElseThrow(), fixed.amount().currency());
        }
    }
}
