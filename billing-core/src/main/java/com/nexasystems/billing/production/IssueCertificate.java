package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Passed;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.Certificate.Issue;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Issues a certificate, if its gate lets it pass. What was issued never changes; again, it is answered as it is. */
public final class IssueCertificate {

    private final Drafts drafts;
    private final Certificates certificates;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public IssueCertificate(Jobs jobs, Certificates certificates, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.drafts = new Drafts(jobs, certificates);
        this.certificates = certificates;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What came of it.
     *
     * @param gate if it refuses, the certificate still is a draft
     */
    public record Outcome(Certificate certificate, GateResult gate) { }

    /** @throws InvalidValue if the service has no such job, or the job no such certificate */
    public Outcome issue(ServiceId service, String job, String type, Actor by) {
        return unitOfWork.call(() -> {
            Issuable found = drafts.claim(service, job, type);
            if (found.certificate().isIssued()) {
                return new Outcome(found.certificate(), new Passed());
            }
            GateResult gate = CertificateGate.ISSUE.check(found);
            return new Outcome(gate.opens() ? issued(found.certificate(), by) : found.certificate(), gate);
        });
    }

    private Certificate issued(Certificate draft, Actor by) {
        Instant now = clock.instant();
        String number = draft.jobNumber() + "/" + draft.type();
        Certificate issued = draft.issued(new Issue(number, LocalDate.ofInstant(now, ZoneOffset.UTC), now, by));
        certificates.update(issued);
        trail.add(List.of(new AuditEntry(now, by, "certificate.issued", issued.id().toString(), Map.of(
                "number", number, "quantities", issued.quantities().toString()))));
        return issued;
    }
}
