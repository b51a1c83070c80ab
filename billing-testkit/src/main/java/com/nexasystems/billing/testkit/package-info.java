/**
 * The contract kit: what every adapter has to pass, and what tests of the engine are written with.
 *
 * <p>Extend the {@code XContract} of a port, hand over a complete and empty set of ports, and JUnit runs the numbered
 * rules of that port; extend {@link com.nexasystems.billing.testkit.BillingStory} and it tells a year of billing over
 * the same ports. {@link com.nexasystems.billing.testkit.Samples} and {@link com.nexasystems.billing.testkit.TestClock}
 * are for tests of your own. Invariant: every numbered rule has a test whose display name begins with its number.
 */
package com.nexasystems.billing.testkit;
