package com.nexasystems.billing.tax;

import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;

/**
 * One tax on an invoice.
 *
 * @param code    of the rate, such as {@code HST-ON}
 * @param percent 13 means 13 %
 * @param base    the sum of the lines it was computed on
 * @param amount  rounded by the policy; has the sign of the base
 */
public record TaxAmount(String code, BigDecimal percent, Money base, Money amount) { }
