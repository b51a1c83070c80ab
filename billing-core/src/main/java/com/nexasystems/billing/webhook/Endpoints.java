package com.nexasystems.billing.webhook;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where the services want to be told. {@code EndpointsContract} checks these rules.
 *
 * <p>WE-1 An endpoint that was added is found by service and id, exactly as it was; by another service it is not.
 * <p>WE-2 A service has at most as many as it may: adding one more answers false and keeps nothing, also of concurrent
 * calls.
 * <p>WE-3 An update replaces all but id, service and when it was created; of one that is not there, nothing.
 * <p>WE-4 One that was removed is there no more, and nor are its deliveries.
 * <p>WE-5 {@link #list} gives the endpoints of a service, the newest first, then by id, page by page.
 * <p>WE-6 {@link #of} gives those of some services that are not disabled, by id.
 * <p>WE-7 What one unit of work holds, no other does until that has ended: it waits, and then has it as it is.
 */
public interface Endpoints {

    /** @return false if the service has that many already */
    boolean add(Endpoint endpoint, int most);

    void update(Endpoint endpoint);

    /** @return false if it was not there */
    boolean remove(ServiceId service, EndpointId id);

    Optional<Endpoint> find(ServiceId service, EndpointId id);

    /** As {@link #find}, for whoever is about to change it. Must be called inside a unit of work. */
    Optional<Endpoint> hold(ServiceId service, EndpointId id);

    Page<Endpoint> list(ServiceId service, PageRequest request);

    List<Endpoint> of(Collection<ServiceId> services);
}
