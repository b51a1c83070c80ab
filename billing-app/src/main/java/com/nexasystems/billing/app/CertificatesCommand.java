package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.http.CertificatePdf;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.production.Backfill.Report;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.IssueCertificate.Outcome;
import com.nexasystems.billing.production.LookAtJobs.CertificateView;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Certificates of production jobs; those of parity are another thing. */
@Command(name = "certificates", description = {"Issues the certificates of production jobs; 'billing jobs show' lists them.",
        "Certificates of parity are verified by 'billing certificate'."})
final class CertificatesCommand {

    private static final String JOB = "Number of the job.";
    private static final String TYPE = "Such as conformity.";
    private static final int SHOWN = 100;

    private final Host host;

    @Mixin
    private HelpOption help;

    CertificatesCommand(Host host) {
        this.host = host;
    }

    @Command(name = "issue", description = {"Issues a certificate, if nothing is missing: exit code 1 says what is, and the"
            + " way out.", "What was issued never changes; nobody goes around this gate."})
    int issue(
            @Mixin ServiceOption service,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Parameters(paramLabel = "TYPE", description = TYPE) String type,
            @Mixin ByOption by,
            @Mixin ReportOptions options) {
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            Outcome outcome = engine.billing().certificates().issue(service.find(engine).id(), job, type, actor);
            if (options.json) {
                Json.write(host.out(), ProductionText.json(outcome));
            } else {
                ProductionText.print(host.out(), outcome);
            }
            return outcome.gate().opens() ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    @Command(name = "refill", description = "Fills what a draft lacks, and its quantities, from the job as it is now.")
    int refill(
            @Mixin ServiceOption service,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Parameters(paramLabel = "TYPE", description = TYPE) String type,
            @Mixin ByOption by,
            @Mixin ReportOptions options) {
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            Certificate draft = engine.billing().certificateDrafts().refill(service.find(engine).id(), job, type, actor);
            if (options.json) {
                Json.write(host.out(), ProductionText.json(draft));
            } else {
                host.out().print("filled: the " + draft + ", " + draft.quantities() + "\n");
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "pdf", description = "Writes an issued certificate as PDF. A draft has none.")
    int pdf(
            @Mixin ServiceOption service,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Parameters(paramLabel = "TYPE", description = TYPE) String type,
            @Option(names = "--out", paramLabel = "FILE", description = "Where to (default: JOB-TYPE.pdf).")
                    Optional<String> file,
            @Mixin HelpOption options) {
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            Certificate certificate = issued(engine, owner, job, type);
            String name = file.orElseGet(() -> CertificatePdf.fileName(certificate));
            try (ExportFile open = ExportFile.open("--out", host.resolve(name))) {
                open.out().write(CertificatePdf.of(owner, certificate));
                open.complete();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            host.out().print("written: " + name + "\n");
        }
        return ExitCode.OK;
    }

    private static Certificate issued(Engine engine, Service owner, String job, String type) {
        Certificate certificate = engine.billing().jobViews().at(owner.id(), job).certificates().stream()
                .map(CertificateView::certificate).filter(each -> each.type().equals(type)).findFirst()
                .orElseThrow(() -> new InvalidValue("TYPE", "job " + job + " has no certificate of this type: " + type));
        if (!certificate.isIssued()) {
            throw new InvalidValue("TYPE", "the " + certificate + " is a draft; 'billing certificates issue' issues it");
        }
        return certificate;
    }

    @Command(name = "backfill", description = {"Makes the certificates that completed jobs lack, as drafts.",
            "Changes nothing in those that are there; safe to repeat, and to stop."})
    int backfill(
            @Mixin ServiceOption service,
            @Option(names = "--dry-run", description = "Only says what it would do.") boolean dryRun,
            @Mixin ByOption by,
            @Mixin ReportOptions options) {
        Actor actor = dryRun ? Actor.person("command line") : by.actor();
        try (Engine engine = Engine.open(host)) {
            Report report = engine.billing().certificateBackfill().run(Optional.of(service.find(engine).id()), dryRun, actor,
                    done -> { });
            if (options.json) {
                Json.write(host.out(), ProductionText.json(report, dryRun));
            } else {
                print(report, dryRun);
            }
        }
        return ExitCode.OK;
    }

    private void print(Report report, boolean dryRun) {
        if (report.jobs() > 0) {
            Table.print(host.out(), List.of("Job", "Order", "Certificates"), report.first().stream().limit(SHOWN)
                    .map(filled -> List.of(filled.job().number(), filled.job().order(), String.join(", ", filled.types())))
                    .toList());
        }
        host.out().print((dryRun ? "would make " : "made ") + report.certificates() + " certificates of " + report.jobs()
                + " completed jobs" + (report.jobs() > SHOWN ? ", of which these are the first; --json has more" : "")
                + "\n");
    }
}
