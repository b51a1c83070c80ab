package com.nexasystems.billing.coupon;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * What one applied coupon took off one invoice.
 *
 * @param amount above zero
 * @param shares what of it falls on each line of the invoice, in the order of its lines; they add up to the amount
 * @param at     to the microsecond
 */
public record CouponRedemption(UUID invoice, AppliedCouponId applied, CouponCode coupon, Money amount, List<Money> shares,
                               Instant at) {

    public CouponRedemption {
        shares = List.copyOf(shares);
        at = at.truncatedTo(ChronoUnit.MICROS);
        Money sum = shares.stream().reduce(Money.zero(amount.currency()), Money::plus);
        if (amount.amount().signum() <= 0 || !sum.equals(amount)) {
            throw new InvalidValue("shares", "come to " + sum + ", the coupon takes off " + amount);
        }
    }
}
