package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.ImportReport;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords.Pruned;
import com.nexasystems.billing.shadow.ShadowTerms;
import com.nexasystems.billing.shadow.SourceApplication;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /shadow}: bringing an application's rows here, where nothing of it is billed, and taking them away. */
final class ShadowImportRoutes {

    private static final Logger LOG = LoggerFactory.getLogger("billing.http");
    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1000000");

    private final Billing billing;
    private final BackgroundWork background;
    private final ImportSources sources;

    ShadowImportRoutes(Billing billing, BackgroundWork background, ImportSources sources) {
        this.billing = billing;
        this.background = background;
        this.sources = sources;
    }

    List<Route> routes() {
        return List.of(Route.post("/shadow/imports", this::begin).needing(OPERATE).committingItself(),
                Route.get("/shadow/imports", this::show).needing(OPERATE),
                Route.delete("/shadow", this::prune).needing(OPERATE).committingItself());
    }

    private Answer begin(Call call) {
        Fields fields = call.body();
        ImportOptions options = options(fields);
        Service service = ShadowFields.service(billing, fields);
        Supplier<SourceApplication> source = sources.of(service).orElseThrow(() -> ApiError.invalid("service",
                "source_not_configured", "this server knows no application to import from; start it with BILLING_SOURCE_URL,"
                        + " BILLING_SOURCE_USER and BILLING_SOURCE_PASSWORD, or hand ImportSources to BillingApi"));
        var task = new BackgroundTask(Kind.IMPORT, json(options), running -> imported(service, source, options, running));
        return background.begin(call, service, task, () -> {
            Operators.audit(billing, call, "shadow.import_started", service, Map.of("asked", Json.text(json(options))));
            return Answer.of(202, Json.object("service", service.code(), "attempt", task.json()));
        });
    }

    private static ImportOptions options(Fields fields) {
        var preset = ShadowTerms.HOSTING;
        var terms = new ShadowTerms(fields.currency("currency").orElse(preset.currency()),
                ShadowFields.decimal(fields, "cpu_hour_price", BigDecimal.ZERO, HIGHEST_PRICE).orElse(preset.perCpuHour()),
                ShadowFields.zone(fields, "zone").orElse(preset.zone()));
        return new ImportOptions(terms, fields.flag("all").orElse(false), fields.flag("dry_run").orElse(false));
    }

    private Json imported(Service service, Supplier<SourceApplication> opening, ImportOptions options, BackgroundTask task) {
        SourceApplication source = opening.get();
        try {
            task.of(source.counts().all());
            return json(billing.importShadow().run(service, source, options, task::step, problem -> { }));
        } finally {
            close(source);
        }
    }

    static void close(SourceApplication source) {
        if (source instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.warn("an application that was imported from could not be closed: {}", e.getMessage());
            }
        }
    }

    private Answer show(Call call) {
        Service service = ShadowFields.service(billing, call);
        return Answer.ok(Json.object("service", service.code(),
                "attempt", background.latest(service, Kind.IMPORT).map(BackgroundTask::json).orElse(null),
                "last_finished", billing.ports().shadowRecords().lastRun(service.id()).map(ShadowImportRoutes::json)
                        .orElse(null)));
    }

    private Answer prune(Call call) {
        Service service = ShadowFields.service(billing, call);
        Answer answer = background.alone(call, service, "pruning", () -> {
            Pruned pruned = billing.pruneShadow().prune(service.id(), call.actor());
            Json counts = Json.object("subscriptions", pruned.subscriptions(), "usage", pruned.usage(),
                    "plans", pruned.plans(), "customers", pruned.customers(), "invoices", pruned.invoices());
            Operators.audit(billing, call, "shadow.pruned", service, Map.of("pruned", Json.text(counts)));
            return Answer.ok(Json.object("pruned", counts));
        });
        background.forget(service);
        return answer;
    }

    private static Json json(ImportOptions options) {
        return terms(options.terms()).with("all", options.includeInactive()).with("dry_run", options.dryRun());
    }

    private static Json terms(ShadowTerms terms) {
        return Json.object("currency", terms.currency().getCurrencyCode(),
                "cpu_hour_price", terms.perCpuHour().toPlainString(), "zone", terms.zone().getId());
    }

    private static Json json(ImportRun run) {
        return Json.object("lago_id", run.id().toString(), "started_at", Times.of(run.startedAt()),
                "finished_at", Times.of(run.finishedAt())).withAll(terms(run.terms())).with("report", json(run.report()));
    }

    private static Json json(ImportReport report) {
        return Json.object("failed", report.failed(), "skipped", report.skipped(),
                "tallies", Arrays.stream(ImportReport.Kind.values()).map(kind -> json(kind, report.of(kind))).toList(),
                "problems", report.problems().stream().map(problem -> Json.object("kind", problem.kind().code(),
                        "id", problem.id(), "outcome", ShadowFields.word(problem.outcome()), "reason", problem.reason()))
                        .toList());
    }

    private static Json json(ImportReport.Kind kind, ImportReport.Tally tally) {
        return Json.object("kind", kind.code(), "created", tally.created(), "updated", tally.updated(),
                "unchanged", tally.unchanged(), "left_out", tally.leftOut(), "skipped", tally.skipped(),
                "failed", tally.failed());
    }
}
