/**
 * A billing engine: usage in, explained invoices out.
 *
 * <pre>
 *   live:   catalog -&gt; subscription -&gt; usage -&gt; rating -&gt; invoicing
 *   aside:  event (what any feature announces)    gate (a mechanism; each gate lives with its feature)
 * </pre>
 *
 * <p>One flat package per feature, each on a floor, each using the floors below it only. Begin at
 * {@link com.nexasystems.billing.Billing}. Nothing in this library is null unless it says so.
 */
package com.nexasystems.billing;
