/**
 * Lago on a port of this machine: as much of it as whoever reads its invoices meets. For tests of ours or yours, and demos.
 *
 * <pre>{@code
 * try (FakeLago lago = FakeLago.started("key")) {
 *     String invoice = lago.issue(NewInvoice.of("acme", "CAD", LocalDate.of(2026, 3, 1)).tax("HST-ON", "13")
 *             .fee("subscription", "growth", "Growth", 10_000, "HST-ON").coupons(500));
 *     lago.pay(invoice, 10_735, Instant.parse("2026-03-05T12:00:00Z"));
 *     lago.faults().next(1, "/payments", LagoFault.RATE_LIMITED);
 *     // point your client at lago.base()
 * }
 * }</pre>
 *
 * <p>Its figures are computed here by Lago's own rules (fees, progressive credit, coupons before taxes, taxes rounded once
 * for the invoice, credit notes, prepaid credits), with no code of the engine. Only the JDK is used. Begin reading at
 * {@link com.nexasystems.billing.simulator.lago.FakeLago}.
 */
package com.nexasystems.billing.simulator.lago;
