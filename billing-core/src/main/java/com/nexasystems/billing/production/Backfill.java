package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes the certificates that completed jobs lack. May be killed and run again; what is there stays as it is. */
public final class Backfill {

    private static final int PAGE = 500;

    private final Jobs jobs;
    private final CertificateSet set;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public Backfill(Jobs jobs, Certificates certificates, AuditTrail trail, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.jobs = jobs;
        this.set = new CertificateSet(certificates, trail, ids);
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** What was made for a job, or would have been. */
    public record Filled(Job job, List<String> types) {

        public Filled {
            types = List.copyOf(types);
        }
    }

    /**
     * What was done, or would have been.
     *
     * @param first the first {@value #MOST} jobs
     */
    public record Report(long jobs, long certificates, List<Filled> first) {

        static final int MOST = 1000;
        static final Report NOTHING = new Report(0, 0, List.of());

        public Report {
            first = List.copyOf(first);
        }

        Report plus(List<Filled> more) {
            return new Report(jobs + more.size(), certificates + more.stream().mapToLong(each -> each.types.size()).sum(),
                    Stream.concat(first.stream(), more.stream()).limit(MOST).toList());
        }
    }

    /**
     * @param service  empty for the jobs of all services
     * @param dryRun   only says what it would do
     * @param progress told what was done so far, page by page, after it is durable
     * @throws PortFailure if a port failed; what was made until then stays, and the next call does the rest
     */
    public Report run(Optional<ServiceId> service, boolean dryRun, Actor by, Consumer<Report> progress) {
        Report report = Report.NOTHING;
        List<Job> page = jobs.lackingCertificates(service, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            List<Job> seen = page;
            report = report.plus(dryRun ? lacks(seen) : unitOfWork.call(() -> fill(seen, by)));
            progress.accept(report);
            page = jobs.lackingCertificates(service, Optional.of(seen.get(seen.size() - 1)), PAGE);
        }
        return report;
    }

    private List<Filled> lacks(List<Job> page) {
        return page.stream().map(job -> new Filled(job, set.missing(job))).toList();
    }

    /** Each as it is once it is claimed: another may have filled it meanwhile. */
    private List<Filled> fill(List<Job> page, Actor by) {
        var filled = new ArrayList<Filled>();
        for (Job seen : page) {
            Job job = jobs.claim(seen.service(), seen.number()).orElseThrow();
            List<String> made = set.complete(job, by, clock.instant()).stream().map(Certificate::type).toList();
            if (!made.isEmpty()) {
                filled.add(new Filled(job, made));
            }
        }
        return filled;
    }
}
