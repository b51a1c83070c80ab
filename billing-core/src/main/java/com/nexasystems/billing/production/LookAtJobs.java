package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Passed;
import com.nexasystems.billing.gate.GateResult.Refused;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in the way of jobs and their certificates, all of it. Changes nothing. */
public final class LookAtJobs {

    private static final int PAGE = 500;

    private final Jobs jobs;
    private final Certificates certificates;
    private final UnitOfWork unitOfWork;

    @Inject
    public LookAtJobs(Jobs jobs, Certificates certificates, UnitOfWork unitOfWork) {
        this.jobs = jobs;
        this.certificates = certificates;
        this.unitOfWork = unitOfWork;
    }

    /**
     * A job and what it lacks.
     *
     * @param gate         of its completion; passed if it is completed
     * @param certificates those that were made
     * @param missing      types of those that were not made yet
     */
    public record View(Job job, GateResult gate, List<CertificateView> certificates, List<String> missing) {

        public View {
            certificates = List.copyOf(certificates);
            missing = List.copyOf(missing);
        }
    }

    /** @param gate of its issue; passed if it was issued */
    public record CertificateView(Certificate certificate, GateResult gate) { }

    /** A job that cannot be completed, and why not. */
    public record Blocked(Job job, Refused why) { }

    /**
     * Some of the blocked jobs.
     *
     * @param next ask for those after it; empty if there are no more
     */
    public record BlockedPage(List<Blocked> jobs, Optional<String> next) {

        public BlockedPage {
            jobs = List.copyOf(jobs);
        }
    }

    /** @throws InvalidValue if the service has no such job */
    public View at(ServiceId service, String number) {
        return unitOfWork.call(() -> {
            Job job = jobs.find(service, number).orElseThrow(() -> new InvalidValue("job", "does not exist: " + number));
            List<Certificate> made = certificates.of(job.id());
            List<String> types = made.stream().map(Certificate::type).toList();
            return new View(job, job.isCompleted() ? new Passed() : JobGate.COMPLETION.checkAll(job),
                    made.stream().map(certificate -> look(certificate, job)).toList(),
                    job.certificateTypes().stream().filter(type -> !types.contains(type)).toList());
        });
    }

    private static CertificateView look(Certificate certificate, Job job) {
        return new CertificateView(certificate, certificate.isIssued() ? new Passed()
                : CertificateGate.ISSUE.checkAll(new Issuable(certificate, job)));
    }

    /**
     * Open jobs that their gate would refuse, by number.
     *
     * @param after number of the job after which to go on
     * @param limit how many at most, at least 1
     */
    public BlockedPage blocked(ServiceId service, Optional<String> after, int limit) {
        var blocked = new ArrayList<Blocked>();
        List<Job> page = jobs.open(service, after, PAGE);
        while (!page.isEmpty()) {
            for (Job job : page) {
                if (JobGate.COMPLETION.checkAll(job) instanceof Refused why) {
                    if (blocked.size() == limit) {
                        return new BlockedPage(blocked, Optional.of(blocked.get(limit - 1).job().number()));
                    }
                    blocked.add(new Blocked(job, why));
                }
            }
            page = jobs.open(service, Optional.of(page.get(page.size() - 1).number()), PAGE);
        }
        return new BlockedPage(blocked, Optional.empty());
    }
}
