/**
 * Taxes: dated rates per jurisdiction, and computing them on rounded lines by a named policy.
 *
 * <p>Canadian rates ship as data; any other comes by configuration. Does not own invoices. Begin reading at
 * {@link com.nexasystems.billing.tax.TaxOnLines}.
 */
package com.nexasystems.billing.tax;
