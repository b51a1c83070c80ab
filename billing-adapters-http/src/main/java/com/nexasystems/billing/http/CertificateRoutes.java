package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.production.Backfill.Report;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.CertificateFields;
import com.nexasystems.billing.production.IssueCertificate.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /certificates}: those of the service's jobs. They are made with the job's completion, or by the backfill. */
final class CertificateRoutes {

    private static final String ROOT = "certificate";
    private static final String ONE = "/certificates/{id}";

    private final Billing billing;

    CertificateRoutes(Billing billing) {
        this.billing = billing;
    }

    List<Route> routes() {
        return List.of(Route.get("/certificates", this::list), Route.get(ONE, this::one), Route.put(ONE, this::enter),
                Route.post(ONE + "/refill", this::refill), Route.post(ONE + "/issue", this::issue),
                Route.get(ONE + "/pdf", this::pdf),
                Route.post("/certificates/backfill", this::backfill).committingItself());
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Fields parameters = call.parameters();
        Optional<Boolean> issued = parameters.flag("issued");
        parameters.check();
        Page<Certificate> page = billing.ports().certificates().list(call.serviceId(), issued, request);
        return Answer.ok(Pages.of("certificates", page, request, ProductionJson::of));
    }

    private Answer one(Call call) {
        return shown(find(call));
    }

    private static Answer shown(Certificate certificate) {
        return Answer.ok(Json.object(ROOT, ProductionJson.of(certificate)));
    }

    private Answer enter(Call call) {
        Certificate draft = draft(call);
        CertificateFields fields = JobFields.certificate(call.body(ROOT));
        return amended(call, draft, billing.certificateDrafts().enter(call.serviceId(), draft.jobNumber(), draft.type(),
                fields, call.actor()));
    }

    private Answer refill(Call call) {
        Certificate draft = draft(call);
        return amended(call, draft, billing.certificateDrafts().refill(call.serviceId(), draft.jobNumber(), draft.type(),
                call.actor()));
    }

    private static Answer amended(Call call, Certificate before, Certificate now) {
        call.before(ProductionJson.of(before));
        call.audit("certificate.amend", now.id().toString());
        return shown(now);
    }

    private Answer issue(Call call) {
        Certificate draft = find(call);
        Outcome outcome = billing.certificates().issue(call.serviceId(), draft.jobNumber(), draft.type(), call.actor());
        if (!outcome.gate().opens()) {
            throw GateJson.refused("certificate_refused", outcome.gate().refusals());
        }
        call.audit("certificate.issue", draft.id().toString());
        return shown(outcome.certificate());
    }

    private Answer pdf(Call call) {
        Certificate certificate = find(call);
        if (!certificate.isIssued()) {
            throw ApiError.notAllowed("certificate_not_issued", "the " + certificate + " is a draft; there is a document of"
                    + " it once it is issued");
        }
        return Answer.file(CertificatePdf.of(call.service(), certificate), "application/pdf",
                CertificatePdf.fileName(certificate));
    }

    /** Page by page: what was made until something fails stays. */
    private Answer backfill(Call call) {
        boolean dryRun = false;
        if (call.hasBody()) {
            Fields fields = call.body();
            dryRun = fields.flag("dry_run").orElse(false);
            fields.check();
        }
        Report report = billing.certificateBackfill().run(Optional.of(call.serviceId()), dryRun, call.actor(), done -> { });
        if (!dryRun && report.certificates() > 0) {
            billing.ports().unitOfWork().run(() -> Operators.audit(billing, call, "certificates.backfilled", call.service(),
                    Map.of("jobs", String.valueOf(report.jobs()), "certificates", String.valueOf(report.certificates()))));
        }
        return Answer.ok(Json.object("backfill", Json.object("dry_run", dryRun, "jobs", report.jobs(),
                "certificates", report.certificates(), "first", report.first().stream().map(filled -> Json.object(
                        "job_id", filled.job().id().toString(), "job_number", filled.job().number(),
                        "order", filled.job().order(), "types", filled.types())).toList())));
    }

    private Certificate draft(Call call) {
        Certificate certificate = find(call);
        if (certificate.isIssued()) {
            throw ApiError.notAllowed("certificate_is_issued", "the " + certificate + " was issued, and does not change any"
                    + " more");
        }
        return certificate;
    }

    private Certificate find(Call call) {
        return Uuids.parse(call.path("id")).flatMap(id -> billing.ports().certificates().find(call.serviceId(), id))
                .orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
