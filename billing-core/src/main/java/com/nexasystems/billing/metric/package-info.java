/**
 * Metrics: what is counted, how records of a period become one quantity, and how that quantity is rounded.
 *
 * <p>Does not own the records, nor any price. Begin reading at {@link com.nexasystems.billing.metric.Metric}.
 */
package com.nexasystems.billing.metric;
