/**
 * Numbers from outside: the digit limits that every quantity and price keeps, units, and how a bad value is refused.
 *
 * <p>Text is checked before it becomes a number, because {@code 1e10000000} costs seconds once parsed and
 * {@code BigDecimal} reads digits of every script. Does not own what is measured.
 */
package com.nexasystems.billing.quantity;
