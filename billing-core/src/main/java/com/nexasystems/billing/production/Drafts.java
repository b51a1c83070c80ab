package com.nexasystems.billing.production;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;

/** Certificates, found with their jobs. Whoever works on one has claimed its job. */
final class Drafts {

    private final Jobs jobs;
    private final Certificates certificates;

    Drafts(Jobs jobs, Certificates certificates) {
        this.jobs = jobs;
        this.certificates = certificates;
    }

    Issuable claim(ServiceId service, String number, String type) {
        Job job = jobs.claim(service, number).orElseThrow(() -> new InvalidValue("job", "does not exist: " + number));
        return certificates.of(job.id()).stream().filter(each -> each.type().equals(type)).findFirst()
                .map(certificate -> new Issuable(certificate, job)).orElseThrow(() -> new InvalidValue("certificate_type",
                        job + " has no certificate of this type: " + type));
    }
}
