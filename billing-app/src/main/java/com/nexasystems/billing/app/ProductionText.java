package com.nexasystems.billing.app;

import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Bypassed;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.production.Backfill;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.Certificate.Issue;
import com.nexasystems.billing.production.CompleteJob;
import com.nexasystems.billing.production.IssueCertificate;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.LookAtJobs.Blocked;
import com.nexasystems.billing.production.LookAtJobs.CertificateView;
import com.nexasystems.billing.production.LookAtJobs.View;
import com.nexasystems.billing.production.Quantities;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs and their certificates, for people and for programs. */
final class ProductionText {

    /** Columns of blocked jobs, of which each has a row for everything that is missing. */
    static final List<String> BLOCKED = List.of("job", "order", "received", "done", "scrapped", "rejected", "check",
            "missing", "remedy");

    private ProductionText() {
    }

    static void print(PrintStream out, CompleteJob.Outcome outcome) {
        Job job = outcome.job();
        if (!outcome.gate().opens()) {
            out.print("The gate is closed: " + job + " was not completed. Nothing was changed.\n");
            GateText.print(out, outcome.gate().refusals());
            return;
        }
        out.print("completed: " + job + ", " + job.quantities() + "\n");
        if (outcome.gate() instanceof Bypassed bypassed) {
            out.print("The gate was gone around by " + bypassed.bypass().actor().name() + ": " + bypassed.bypass().reason()
                    + "\n");
            GateText.print(out, bypassed.refusals());
        }
        outcome.created().forEach(draft -> out.print("made: the " + draft + "\n"));
    }

    static void print(PrintStream out, IssueCertificate.Outcome outcome) {
        Certificate certificate = outcome.certificate();
        certificate.issue().ifPresentOrElse(issue -> out.print("issued: the " + certificate + ", number " + issue.number()
                + " of " + issue.date() + ", " + certificate.quantities() + "\n"), () -> {
            out.print("The gate is closed: the " + certificate + " was not issued. Nothing was changed.\n");
            GateText.print(out, outcome.gate().refusals());
        });
    }

    static void print(PrintStream out, View view) {
        Job job = view.job();
        out.print("Job " + job.number() + " of order " + job.order() + ", " + job.quantities() + "\n");
        out.print(job.completion().map(done -> "Completed by " + done.by().name() + " at " + done.at()
                + (done.bypassed() ? ", around the gate" : "")).orElse("Open" + (view.gate().opens() ? "; nothing is missing"
                : "; it cannot be completed")) + "\n");
        GateText.print(out, view.gate().refusals());
        for (CertificateView each : view.certificates()) {
            Certificate certificate = each.certificate();
            out.print("\nCertificate " + certificate.type() + ", " + certificate.issue().map(issue -> "number "
                    + issue.number() + " of " + issue.date() + ", issued by " + issue.by().name()).orElse("a draft") + "\n");
            GateText.print(out, each.gate().refusals());
        }
        if (!view.missing().isEmpty()) {
            out.print("\nNot made yet: " + String.join(", ", view.missing()) + (job.isCompleted()
                    ? "; 'billing certificates backfill' makes them\n" : "\n"));
        }
    }

    static List<String> row(Blocked blocked) {
        Quantities quantities = blocked.job().quantities();
        return List.of(blocked.job().number(), blocked.job().order(), text(quantities.received()),
                quantities.done().toPlainString(), quantities.scrapped().toPlainString(), text(quantities.rejected()),
                String.join(", ", blocked.why().refusals().stream().map(Refusal::check).toList()));
    }

    /** As {@link #BLOCKED} names them. */
    static List<List<?>> rows(Blocked blocked) {
        Quantities quantities = blocked.job().quantities();
        return blocked.why().refusals().stream().<List<?>>map(refusal -> List.of(SheetText.safe(blocked.job().number()),
                SheetText.safe(blocked.job().order()), text(quantities.received()), quantities.done(), quantities.scrapped(),
                text(quantities.rejected()), refusal.check(), SheetText.safe(refusal.missing()), refusal.remedy())).toList();
    }

    private static String text(Optional<BigDecimal> quantity) {
        return quantity.map(BigDecimal::toPlainString).orElse("");
    }

    static void write(OutputStream out, Map<String, Object> json) {
        try {
            out.write(Json.line(json));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> json(CompleteJob.Outcome outcome) {
        Map<String, Object> json = json(outcome.job());
        json.putAll(json(outcome.gate()));
        json.put("created", outcome.created().stream().map(ProductionText::json).toList());
        return json;
    }

    static Map<String, Object> json(IssueCertificate.Outcome outcome) {
        Map<String, Object> json = json(outcome.certificate());
        json.putAll(json(outcome.gate()));
        return json;
    }

    static Map<String, Object> json(View view) {
        Map<String, Object> json = json(view.job());
        json.putAll(json(view.gate()));
        json.put("certificates", view.certificates().stream().map(each -> {
            Map<String, Object> certificate = json(each.certificate());
            certificate.putAll(json(each.gate()));
            return certificate;
        }).toList());
        json.put("missing_certificates", view.missing());
        return json;
    }

    static Map<String, Object> json(Blocked blocked) {
        Map<String, Object> json = json(blocked.job());
        json.putAll(json(blocked.why()));
        return json;
    }

    static Map<String, Object> json(Backfill.Report report, boolean dryRun) {
        return Json.object("dry_run", dryRun, "jobs", report.jobs(), "certificates", report.certificates(), "first",
                report.first().stream().map(filled -> Json.object("job", filled.job().number(),
                        "order", filled.job().order(), "types", filled.types())).toList());
    }

    private static Map<String, Object> json(GateResult gate) {
        return Json.object("open", gate.opens(), "refusals", gate.refusals().stream().map(refusal -> Json.object(
                "check", refusal.check(), "missing", refusal.missing(), "remedy", refusal.remedy())).toList());
    }

    private static Map<String, Object> json(Job job) {
        Map<String, Object> json = Json.object("job", job.number(), "order", job.order(), "completed", job.isCompleted(),
                "bypassed", job.completion().filter(Job.Completion::bypassed).isPresent());
        json.putAll(json(job.quantities()));
        return json;
    }

    static Map<String, Object> json(Certificate certificate) {
        Map<String, Object> json = Json.object("id", certificate.id().toString(), "job", certificate.jobNumber(),
                "order", certificate.order(), "type", certificate.type(),
                "number", certificate.issue().map(Issue::number).orElse(null),
                "issued_on", certificate.issue().map(issue -> issue.date().toString()).orElse(null),
                "specification", certificate.fields().specification().orElse(null),
                "process", certificate.fields().process().orElse(null), "signer", certificate.fields().signer().orElse(null),
                "contact", certificate.fields().contact().orElse(null),
                "contact_email", certificate.fields().contactEmail().orElse(null));
        json.putAll(json(certificate.quantities()));
        json.put("shipped", certificate.quantities().shipped().toPlainString());
        json.put("non_conforming", certificate.quantities().nonConforming().toPlainString());
        return json;
    }

    private static Map<String, Object> json(Quantities quantities) {
        return Json.object("received", quantities.received().map(BigDecimal::toPlainString).orElse(null),
                "done", quantities.done().toPlainString(), "scrapped", quantities.scrapped().toPlainString(),
                "rejected", quantities.rejected().map(BigDecimal::toPlainString).orElse(null));
    }
}
