/**
 * Wallets: credits that a customer has prepaid or was given, and what they pay.
 *
 * <p>Every credit is traceable: a {@link com.nexasystems.billing.wallet.WalletTransaction} that brings credits in keeps what
 * is left of it, and one that takes credits out says which ones it took. Invariants: the balance is what the transactions
 * add up to, and what is left of those that brought credits in; it is never negative. Whoever finalises an invoice claims
 * the customer's wallets (after the coupons, where both are claimed), lets
 * {@link com.nexasystems.billing.wallet.DrawDown} decide, and stores its changes in the same unit of work. Does not own
 * invoices or payments. Begin reading at {@link com.nexasystems.billing.wallet.OpenWallet}.
 */
package com.nexasystems.billing.wallet;
