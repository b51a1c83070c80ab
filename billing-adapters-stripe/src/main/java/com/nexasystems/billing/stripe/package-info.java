/**
 * Stripe, as the engine sees it: charges, refunds and disputes, the customers there, the notices it sends,
 * and the invoices that were issued there.
 *
 * <pre>{@code
 * var settings = StripeSettings.of(secretKey, webhookSecret);
 * var provided = billing.with(StripeGateway.of(settings, clock), DunningPlan.DEFAULT);
 * provided.collect().run(4, payment -> { });
 * Notice notice = StripeNotices.of(settings, clock).read(body, name -> Optional.ofNullable(request.header(name)));
 * provided.notices().take(notice);
 * }</pre>
 *
 * <p>What was issued at Stripe is read for the ledger, and nothing is changed there:
 *
 * <pre>{@code
 * InvoiceSource source = StripeInvoices.of(settings, clock, Pace.DEFAULT);
 * for (Fetched fetched : source.fetch(List.of("in_1", "in_2"))) {
 *     if (fetched instanceof Found found) {
 *         InvoiceFacts facts = source.read(found.evidence());
 *     }
 * }
 * }</pre>
 *
 * <p>Let Stripe's endpoint send {@code payment_intent.*}, {@code charge.refunded}, {@code refund.*} and
 * {@code charge.dispute.*}, in any version of its API; what else comes is of no concern. What was ordered here and is still
 * open is found out without notices as well, by asking, but later; what somebody does at Stripe only by them: disputes,
 * refunds made by hand, a refund that fails after it succeeded, a payer who pays after the last attempt.
 *
 * <p>{@code FakeStripe} in the simulator stands in for Stripe in tests, over HTTP.
 *
 * <p>Nothing here is static: no global key, no global timeout, no telemetry. Amounts are in Stripe's minor units, which are
 * not always ISO's, and only {@link com.nexasystems.billing.stripe.StripeAmounts} knows of that.
 */
package com.nexasystems.billing.stripe;
