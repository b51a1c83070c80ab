/**
 * Identity: the services that call, and the customers behind their users.
 *
 * <p>A customer is one real client, shared by all services; an account link maps (service, external id) to it. Invariant:
 * one external id of a service has one customer, however many calls race to create it. Begin reading at
 * {@link com.nexasystems.billing.identity.ResolveCustomer}.
 */
package com.nexasystems.billing.identity;
