/**
 * Events on their way to the services: endpoints, deliveries, signatures, and which addresses are never called.
 *
 * <p>An event becomes one delivery to each endpoint that wants it. A delivery is sent until it is taken, or until the last
 * attempt failed; then it is a dead letter, and can be sent again. Does not own what happened.
 */
package com.nexasystems.billing.webhook;
