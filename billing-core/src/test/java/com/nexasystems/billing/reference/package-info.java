/**
 * A second opinion: aggregation and charge models once more, short, obvious and slow, in exact fractions.
 *
 * <p>Written from the documents and not from the engine, so that the two do not share their mistakes.
 */
package com.nexasystems.billing.reference;
