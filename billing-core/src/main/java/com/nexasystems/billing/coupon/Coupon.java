package com.nexasystems.billing.coupon;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.Optional;

/**
 * What a service offers its customers. Expiring and being withdrawn only end the offer: who has the coupon keeps it.
 *
 * @param expiresAt first instant at which nobody gets it any more, to the microsecond; empty = never
 * @param reusable  whether a customer may have it more than once
 * @param active    whether it is still offered
 */
public record Coupon(ServiceId service, CouponCode code, String name, CouponTerms terms, CouponScope scope,
                     Optional<Instant> expiresAt, boolean reusable, boolean active) {

    public Coupon {
        InvalidValue.checkText("name", name, 255);
        expiresAt = expiresAt.map(instant -> InvalidValue.checkInstant("expiration_at", instant));
    }

    /** Offered to everybody for good, as often as they like, on all lines. */
    public static Coupon of(ServiceId service, String code, Discount discount, CouponFrequency frequency) {
        return new Coupon(service, new CouponCode(code), code, new CouponTerms(discount, frequency), CouponScope.ALL,
                Optional.empty(), true, true);
    }

    public Coupon limitedTo(CouponScope lines) {
        return new Coupon(service, code, name, terms, lines, expiresAt, reusable, active);
    }

    public Coupon expiring(Instant at) {
        return new Coupon(service, code, name, terms, scope, Optional.of(at), reusable, active);
    }

    /** Each customer may have it once. */
    public Coupon singleUse() {
        return new Coupon(service, code, name, terms, scope, expiresAt, false, active);
    }

    public Coupon withdrawn() {
        return new Coupon(service, code, name, terms, scope, expiresAt, reusable, false);
    }

    boolean isExpiredAt(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }
}
