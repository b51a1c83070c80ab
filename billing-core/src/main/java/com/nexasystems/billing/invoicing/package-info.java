/**
 * Invoicing: rated usage to drafts, drafts to numbered invoices.
 *
 * <p>Invariants: a subscription's period is invoiced once, because every invoice has one reason; amounts are rounded once,
 * on the line; a finalised invoice never changes; the numbers of a service have no gap; usage that came late is billed
 * as the difference between its period rated again and what was billed; no credit is spent twice, and the credit notes over
 * an invoice come to it. Does not own collecting. Begin reading at {@link com.nexasystems.billing.invoicing.BillingRun}, then
 * {@link com.nexasystems.billing.invoicing.Finalise} and {@link com.nexasystems.billing.invoicing.Settlement}.
 */
package com.nexasystems.billing.invoicing;
