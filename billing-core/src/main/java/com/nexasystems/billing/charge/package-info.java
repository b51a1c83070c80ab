/**
 * Charge models: from a quantity to an exact price that shows its working.
 *
 * <p>Pure functions of one whole billing period. Semantics follow Lago where Lago has the model; exact decimals
 * throughout, so that where Lago's binary floats leak, the price here is the right one. Does not own who pays, nor
 * rounding. Begin reading at {@link com.nexasystems.billing.charge.ChargeModel}.
 */
package com.nexasystems.billing.charge;
