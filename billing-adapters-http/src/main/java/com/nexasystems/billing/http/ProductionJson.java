package com.nexasystems.billing.http;

import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.Certificate.Issue;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.Job.Completion;
import com.nexasystems.billing.production.LookAtJobs.CertificateView;
import com.nexasystems.billing.production.LookAtJobs.View;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.production.Quantities;
import java.math.BigDecimal;
import java.util.Optional;

/** Jobs and their certificates as the API writes them. Quantities are texts: they are exact. */
final class ProductionJson {

    private ProductionJson() {
    }

    static Json of(Job job) {
        return Json.object("lago_id", job.id().toString(), "number", job.number(), "order", job.order(),
                "status", job.isCompleted() ? "completed" : "open").withAll(of(job.quantities())).withAll(Json.object(
                "lines", job.master().lines().stream().map(line -> Json.object("item", line.item(),
                        "process", line.process().orElse(null))).toList(),
                "specification", job.master().specification().map(ProductionJson::of).orElse(null),
                "company_signer", job.master().companySigner().orElse(null),
                "customer", job.master().customer().map(ProductionJson::of).orElse(null),
                "certificate_types", job.certificateTypes(),
                "completed_at", Times.of(job.completion().map(Completion::at)),
                "completed_by", job.completion().map(done -> ReconciliationJson.of(done.by())).orElse(null),
                "bypassed", job.completion().filter(Completion::bypassed).isPresent()));
    }

    private static Json of(Quantities quantities) {
        return Json.object("received", text(quantities.received()), "done", quantities.done().toPlainString(),
                "scrapped", quantities.scrapped().toPlainString(), "rejected", text(quantities.rejected()));
    }

    private static String text(Optional<BigDecimal> quantity) {
        return quantity.map(BigDecimal::toPlainString).orElse(null);
    }

    private static Json of(Specification specification) {
        return Json.object("code", specification.code(), "revision", specification.revision().orElse(null),
                "signer", specification.signer().orElse(null));
    }

    private static Json of(JobCustomer customer) {
        return Json.object("id", customer.id(), "contact", customer.contact().map(ProductionJson::of).orElse(null));
    }

    private static Json of(Contact contact) {
        return Json.object("name", contact.name(), "email", contact.email().orElse(null));
    }

    static Json of(Certificate certificate) {
        Quantities quantities = certificate.quantities();
        return Json.object("lago_id", certificate.id().toString(),
                "number", certificate.issue().map(Issue::number).orElse(null),
                "type", certificate.type(), "status", status(certificate), "job_id", certificate.job().toString(),
                "job_number", certificate.jobNumber(), "order", certificate.order(),
                "specification", certificate.fields().specification().orElse(null),
                "process", certificate.fields().process().orElse(null), "signer", certificate.fields().signer().orElse(null),
                "contact", certificate.fields().contact().orElse(null),
                "contact_email", certificate.fields().contactEmail().orElse(null)
                ).withAll(of(quantities)).withAll(Json.object(
                "shipped", quantities.shipped().toPlainString(),
                "non_conforming", quantities.nonConforming().toPlainString(),
                "created_at", Times.of(certificate.createdAt()),
                "issued_on", Times.day(certificate.issue().map(Issue::date)),
                "issued_at", Times.of(certificate.issue().map(Issue::at)),
                "issued_by", certificate.issue().map(issue -> ReconciliationJson.of(issue.by())).orElse(null)));
    }

    private static String status(Certificate certificate) {
        return certificate.isIssued() ? "issued" : "draft";
    }

    /** All that is missing of a job, and of each of its certificates. */
    static Json blockers(View view) {
        return Json.object("job_id", view.job().id().toString(), "job_number", view.job().number(),
                "order", view.job().order(), "blocked", !view.gate().opens(),
                "refusals", GateJson.of(view.gate().refusals()),
                "certificates", view.certificates().stream().map(ProductionJson::blockers).toList(),
                "missing_certificates", view.missing());
    }

    private static Json blockers(CertificateView view) {
        return Json.object("lago_id", view.certificate().id().toString(), "type", view.certificate().type(),
                "status", status(view.certificate()), "blocked", !view.gate().opens(),
                "refusals", GateJson.of(view.gate().refusals()));
    }
}
