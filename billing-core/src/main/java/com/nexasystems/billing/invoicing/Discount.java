package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.money.Money;
import java.util.UUID;

/**
 * What a coupon takes off an invoice, before tax.
 *
 * @param appliedCoupon the coupon as this customer has it
 * @param code          of the coupon
 * @param amount        above zero
 */
public record Discount(UUID appliedCoupon, String code, Money amount) { }
