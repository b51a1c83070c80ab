package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Bypassed;
import com.nexasystems.billing.gate.GateResult.Passed;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.Job.Completion;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Marks a job done, if its gate lets it pass, and makes the certificates that it requires: both, in one unit of work, or
 * nothing. Again, it makes what is missing, and changes nothing else.
 */
public final class CompleteJob {

    private final Jobs jobs;
    private final CertificateSet set;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public CompleteJob(Jobs jobs, Certificates certificates, AuditTrail trail, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.jobs = jobs;
        this.set = new CertificateSet(certificates, trail, ids);
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What came of it.
     *
     * @param gate    if it refuses, nothing has changed
     * @param created the certificates that were made now
     */
    public record Outcome(Job job, GateResult gate, List<Certificate> created) {

        public Outcome {
            created = List.copyOf(created);
        }
    }

    /**
     * @param bypass to mark it done whatever its gate says; for managers. Says all that was missing on the audit trail
     * @throws InvalidValue if the service has no such job
     */
    public Outcome complete(ServiceId service, String number, Actor by, Optional<Bypass> bypass) {
        return unitOfWork.call(() -> {
            Job job = jobs.claim(service, number).orElseThrow(() -> new InvalidValue("job", "does not exist: " + number));
            Instant now = clock.instant();
            if (job.isCompleted()) {
                return new Outcome(job, new Passed(), set.complete(job, by, now));
            }
            GateResult gate = bypass.map(reason -> JobGate.COMPLETION.bypass(job, Job::auditName, reason, trail, now))
                    .orElseGet(() -> JobGate.COMPLETION.check(job));
            return gate.opens() ? completed(job, gate, by, now) : new Outcome(job, gate, List.of());
        });
    }

    private Outcome completed(Job open, GateResult gate, Actor by, Instant now) {
        Job job = open.completed(new Completion(by, now, gate instanceof Bypassed));
        jobs.update(job);
        trail.add(List.of(new AuditEntry(now, by, "job.completed", job.auditName(), Map.of("job", job.number(),
                "order", job.order(), "quantities", job.quantities().toString()))));
        return new Outcome(job, gate, set.complete(job, by, now));
    }
}
