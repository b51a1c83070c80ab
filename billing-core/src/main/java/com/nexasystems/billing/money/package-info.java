/**
 * Money: exact decimals with an ISO 4217 currency, and splitting them without losing a minor unit.
 *
 * <p>Two types on purpose: an {@link com.nexasystems.billing.money.ExactAmount} is on its way to an invoice line and has
 * any scale, a {@link com.nexasystems.billing.money.Money} stands on one and has the scale of its currency. The only
 * bridge is {@link com.nexasystems.billing.money.ExactAmount#rounded}. Does not own the rounding policy.
 */
package com.nexasystems.billing.money;
