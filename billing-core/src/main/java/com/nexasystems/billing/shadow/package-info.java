/**
 * The shadow: another application's customers, plans, subscriptions, usage and invoices, read without writing there, and kept
 * here for comparison.
 *
 * <p>Invariants: nothing imported is ever billed, and importing again changes nothing. Does not own the comparison. Begin
 * reading at {@link com.nexasystems.billing.shadow.ImportShadow}.
 */
package com.nexasystems.billing.shadow;
