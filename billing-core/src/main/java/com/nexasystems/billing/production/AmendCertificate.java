package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts a draft right, as a person asks for it; nothing else ever changes a certificate that is there. */
public final class AmendCertificate {

    private final Drafts drafts;
    private final Certificates certificates;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public AmendCertificate(Jobs jobs, Certificates certificates, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.drafts = new Drafts(jobs, certificates);
        this.certificates = certificates;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Takes what the draft lacks from the job's master data as they are now, and the quantities as the job has them now.
     * What the draft says besides stays.
     *
     * @throws InvalidValue if there is no such certificate, or it was issued
     */
    public Certificate refill(ServiceId service, String job, String type, Actor by) {
        return change(service, job, type, by, found -> found.certificate().with(
                found.certificate().fields().or(Prefill.of(found.job())), found.job().quantities()));
    }

    /**
     * Writes these fields into the draft. What is absent here stays as it is.
     *
     * @throws InvalidValue if there is no such certificate, or it was issued
     */
    public Certificate enter(ServiceId service, String job, String type, CertificateFields fields, Actor by) {
        return change(service, job, type, by, found -> found.certificate().with(
                fields.or(found.certificate().fields()), found.certificate().quantities()));
    }

    private Certificate change(ServiceId service, String job, String type, Actor by,
                               Function<Issuable, Certificate> change) {
        return unitOfWork.call(() -> {
            Issuable found = drafts.claim(service, job, type);
            if (found.certificate().isIssued()) {
                throw new InvalidValue("certificate", "was issued, and does not change any more: the "
                        + found.certificate());
            }
            Certificate now = change.apply(found);
            if (!now.equals(found.certificate())) {
                certificates.update(now);
                trail.add(List.of(new AuditEntry(clock.instant(), by, "certificate.amended", now.id().toString(),
                        details(now))));
            }
            return now;
        });
    }

    private static Map<String, String> details(Certificate now) {
        var details = new TreeMap<String, String>();
        now.fields().specification().ifPresent(text -> details.put("specification", text));
        now.fields().process().ifPresent(text -> details.put("process", text));
        now.fields().signer().ifPresent(text -> details.put("signer", text));
        now.fields().contact().ifPresent(text -> details.put("contact", text));
        now.fields().contactEmail().ifPresent(text -> details.put("contact_email", text));
        details.put("quantities", now.quantities().toString());
        return details;
    }
}
