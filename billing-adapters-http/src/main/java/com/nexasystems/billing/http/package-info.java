/**
 * HTTP in front of the engine: no rule of billing lives here.
 *
 * <p>A request becomes a {@code Call}, a route answers it with an {@code Answer}, and what goes wrong is an
 * {@code ApiError}. Begin reading at {@link com.nexasystems.billing.http.BillingApi}; what there is stands in
 * {@code ApiRoutes}.
 */
package com.nexasystems.billing.http;
