package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes over a job from the application, or what has changed of it. The same again changes nothing. */
public final class KeepJob {

    private final Jobs jobs;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public KeepJob(Jobs jobs, AuditTrail trail, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.jobs = jobs;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Adds the job, or replaces all but its number and whether it is completed. Its certificates stay as they are.
     *
     * @throws InvalidValue if a value cannot be accepted, or the quantities of a completed job would not add up any more
     */
    public Job put(ServiceId service, JobDetails details, Actor by) {
        return unitOfWork.call(() -> {
            var job = new Job(ids.next(), service, details.number(), details.order(), details.quantities(), details.master(),
                    details.certificateTypes(), Optional.empty());
            return jobs.add(job) ? job : replaced(jobs.claim(service, details.number()).orElseThrow(), details, by);
        });
    }

    private Job replaced(Job before, JobDetails details, Actor by) {
        var now = new Job(before.id(), before.service(), before.number(), details.order(), details.quantities(),
                details.master(), details.certificateTypes(), before.completion());
        if (!now.equals(before)) {
            jobs.update(now);
        }
        if (now.isCompleted() && !now.quantities().equals(before.quantities())) {
            trail.add(List.of(new AuditEntry(clock.instant(), by, "job.corrected", now.auditName(), Map.of(
                    "before", before.quantities().toString(), "after", now.quantities().toString()))));
        }
        return now;
    }
}
