package com.nexasystems.billing.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The customers and the account links. {@code CustomersContract} checks these rules.
 *
 * <p>CU-1 A customer that was linked is found by id and through the link, exactly as it was.
 * <p>CU-2 The first link of a (service, external id) stands: {@link #link} answers the customer who has it, and keeps
 * nothing of another candidate.
 * <p>CU-3 A candidate without a link of its own, but with the e-mail of a customer who is there, is that customer: the
 * link is made to them.
 * <p>CU-4 Concurrent calls for one external id, or for one e-mail, make one customer.
 * <p>CU-5 The links of one service are not there for another.
 * <p>CU-6 A change replaces all but the id.
 * <p>CU-7 Many links are found as one is; external ids without a link are left out.
 */
public interface Customers {

    /**
     * Links the external id of each candidate, and adds the candidates that are new. Answers, in the order of the
     * candidates, the customer that each external id has now.
     */
    List<Customer> link(ServiceId service, List<Candidate> candidates);

    void update(Customer customer);

    Optional<Customer> find(CustomerId id);

    /** The customers with these ids; ids that nobody has are left out. */
    Map<CustomerId, Customer> findAll(Collection<CustomerId> ids);

    Optional<Customer> findLinked(ServiceId service, String externalId);

    /** By external id. */
    Map<String, Customer> findLinked(ServiceId service, Collection<String> externalIds);

    /** Somebody who may or may not be known yet. */
    record Candidate(String externalId, Customer customer) { }
}
