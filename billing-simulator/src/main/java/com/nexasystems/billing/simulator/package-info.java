/**
 * A hosting company that never was: its tables, and the invoices of a biller that shares no code with the engine.
 *
 * <p>Owns the company's rows, its biller's rules, and the deviations that were planted in it, so that a comparison can be
 * scored against the truth. Invariants: the same {@link com.nexasystems.billing.simulator.CompanySpec} makes the same
 * company; the items of an invoice add up to its subtotal; nothing here rates or bills with the engine's code. Begin reading
 * at {@link com.nexasystems.billing.simulator.SimulatedCompany}.
 */
package com.nexasystems.billing.simulator;
