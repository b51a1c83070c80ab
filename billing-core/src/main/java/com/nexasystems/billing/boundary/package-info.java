/**
 * What every port shares: how the outside world fails, units of work, ids, entropy, and who did what.
 *
 * <p>Time is {@link java.time.Clock}. Does not own business errors: those are answers of the features.
 */
package com.nexasystems.billing.boundary;
