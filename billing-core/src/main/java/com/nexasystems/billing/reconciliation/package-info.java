/**
 * Reconciliation: what this engine would have charged against what an application charged, and why they differ.
 *
 * <p>Invariants: an invoice counts once; the causes of a difference and what remains unexplained add up to it; what is
 * unexplained is never called a match. Writes nothing but its rows. Begin reading at
 * {@link com.nexasystems.billing.reconciliation.Reconcile}.
 */
package com.nexasystems.billing.reconciliation;
