/**
 * The catalogue: plans, their versions and charges.
 *
 * <p>A plan's code is stable; a change of price is a new version with the instant from which it is in force. A billing
 * period is priced by the version in force when it begins. Does not own customers or usage.
 */
package com.nexasystems.billing.catalog;
