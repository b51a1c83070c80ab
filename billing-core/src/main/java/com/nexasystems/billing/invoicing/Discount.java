package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.money.Money;
import java.util.List;
import java.util.UUID;

/**
 * What a coupon takes off an invoice, before tax.
 *
 * @param appliedCoupon the coupon as this customer has it
 * @param code          of the coupon
 * @param amount        above zero
 * @param shares        what of it falls on each line, in the order of the lines; they add up to the amount
 */
public record Discount(UUID appliedCoupon, String code, Money amount, List<Money> shares) {

    public Discount {
        shares = List.copyOf(shares);
        Money sum = shares.stream().reduce(Money.zero(amount.currency()), Money::plus);
        if (!sum.equals(amount)) {
            throw new IllegalArgumentException("the shares come to " + sum + ", the discount is " + amount);
        }
    }
}
