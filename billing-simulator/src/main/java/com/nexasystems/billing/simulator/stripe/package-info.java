/**
 * A fake of Stripe over real HTTP, with a memory: for tests of whatever talks to Stripe, ours or yours. Needs the JDK only.
 *
 * <pre>{@code
 * try (FakeStripe stripe = FakeStripe.started("sk_test_1", Clock.systemUTC())) {
 *     String customer = stripe.customer("zoe@example.com");
 *     stripe.attach(customer, "pm_card_visa");
 *     stripe.faults().nextPosts(StripeFault.LOST_AFTER_WORK);
 *     // point your client at stripe.base(), charge the customer, then ask what has really happened:
 *     assertThat(stripe.charged(customer)).isEqualTo(1000);
 * }
 * }</pre>
 *
 * <p>Begin reading at {@link com.nexasystems.billing.simulator.stripe.FakeStripe}.
 */
package com.nexasystems.billing.simulator.stripe;
