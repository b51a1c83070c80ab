package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The certificates of all jobs. {@code CertificatesContract} checks these rules.
 *
 * <p>CE-1 A certificate that was added is found with its job, exactly as it was; those of a job come by type.
 * <p>CE-2 A job has one certificate of a type, also if concurrent units of work add it: adding another answers false, and
 * changes nothing.
 * <p>CE-3 An update replaces fields, quantities and issue of a draft, and nothing else of it.
 * <p>CE-4 An issued certificate never changes: updating it answers false.
 * <p>CE-5 The list of a service has its own by number of the job and type, and what was asked for; pages neither repeat nor
 * leave out.
 * <p>CE-6 A certificate is found by its id, exactly as it was, and not by another service.
 */
public interface Certificates {

    /** @return false if the job has a certificate of that type */
    boolean add(Certificate certificate);

    /** @return false if there is no such draft */
    boolean update(Certificate certificate);

    List<Certificate> of(UUID job);

    Optional<Certificate> find(ServiceId service, UUID id);

    /** @param issued empty for all */
    Page<Certificate> list(ServiceId service, Optional<Boolean> issued, PageRequest request);
}
