package com.nexasystems.billing.identity;

import java.util.List;
import java.util.Optional;

/**
 * The services. {@code ServicesContract} checks these rules.
 *
 * <p>SV-1 A service that was added is found by id and by code, exactly as it was.
 * <p>SV-2 A code is taken once: adding another service under it answers false and changes nothing.
 * <p>SV-3 A change replaces all but id and code.
 * <p>SV-4 {@link #all} is sorted by code.
 */
public interface Services {

    /** @return false if the code is taken */
    boolean add(Service service);

    void update(Service service);

    Optional<Service> find(ServiceId id);

    Optional<Service> findByCode(String code);

    List<Service> all();
}
