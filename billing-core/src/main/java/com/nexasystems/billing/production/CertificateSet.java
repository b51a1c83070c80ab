package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The certificates that a completed job requires. Its job must have been claimed. */
final class CertificateSet {

    private final Certificates certificates;
    private final AuditTrail trail;
    private final Ids ids;

    CertificateSet(Certificates certificates, AuditTrail trail, Ids ids) {
        this.certificates = certificates;
        this.trail = trail;
        this.ids = ids;
    }

    /** The types that have no certificate yet. */
    List<String> missing(Job job) {
        Set<String> there = certificates.of(job.id()).stream().map(Certificate::type).collect(Collectors.toSet());
        return job.certificateTypes().stream().filter(type -> !there.contains(type)).toList();
    }

    /** Makes those that are missing; changes nothing in the others. */
    List<Certificate> complete(Job job, Actor by, Instant now) {
        List<Certificate> made = missing(job).stream().map(type -> draft(job, type, now)).filter(certificates::add).toList();
        trail.add(made.stream().map(draft -> new AuditEntry(now, by, "certificate.created", draft.id().toString(),
                Map.of("job", job.number(), "order", job.order(), "type", draft.type()))).toList());
        return made;
    }

    private Certificate draft(Job job, String type, Instant now) {
        return new Certificate(ids.next(), job.id(), job.service(), job.number(), job.order(), type, Prefill.of(job),
                job.quantities(), now, Optional.empty());
    }
}
