package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The production jobs of all services. {@code JobsContract} checks these rules.
 *
 * <p>JO-1 A job that was added is found by its number, exactly as it was.
 * <p>JO-2 A number of a service is taken once, also by concurrent units of work: adding another answers false, and changes
 * nothing.
 * <p>JO-3 An update replaces all but id, service and number.
 * <p>JO-4 What one unit of work has claimed, no other claims until it has ended; and who claims sees what was done before.
 * <p>JO-5 The jobs of one service are not there for another.
 * <p>JO-6 Lists come by number, and have what was asked for; pages neither repeat nor leave out.
 * <p>JO-7 A job lacks certificates if it is completed and not each of its types has one.
 * <p>JO-8 A job is found by its id, exactly as it was, and not by another service.
 */
public interface Jobs {

    /** @return false if the service has a job of that number */
    boolean add(Job job);

    void update(Job job);

    Optional<Job> find(ServiceId service, String number);

    Optional<Job> find(ServiceId service, UUID id);

    /** As {@link #find}, for this unit of work alone. Must be called inside one; several in the order of their numbers. */
    Optional<Job> claim(ServiceId service, String number);

    /** @param completed empty for all */
    Page<Job> list(ServiceId service, Optional<Boolean> completed, PageRequest request);

    /**
     * Those that are not completed.
     *
     * @param after the number of the last one of the page before
     */
    List<Job> open(ServiceId service, Optional<String> after, int limit);

    /**
     * Those that lack certificates, by the ids of their services, then by number.
     *
     * @param service empty for those of all services
     * @param after   the last one of the page before
     */
    List<Job> lackingCertificates(Optional<ServiceId> service, Optional<Job> after, int limit);
}
