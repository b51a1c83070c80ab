/**
 * What happened, for whoever has to know: the nine kinds of event, appended in the unit of work that caused them.
 *
 * <p>Features append and know nothing of endpoints, secrets or retries. Does not own delivery.
 */
package com.nexasystems.billing.event;
