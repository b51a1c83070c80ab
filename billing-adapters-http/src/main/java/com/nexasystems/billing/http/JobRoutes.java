package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.production.CompleteJob.Outcome;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.JobDetails;
import com.nexasystems.billing.production.LookAtJobs.BlockedPage;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Optional;

/** {@code /jobs}: production jobs of the service, which are completed through a gate. */
final class JobRoutes {

    private static final String ROOT = "job";
    private static final String ONE = "/jobs/{id}";
    private static final int LONGEST_ROLE = 64;
    private static final int LONGEST_REASON = 2000;
    private static final long BLOCKED = 100;

    private final Billing billing;

    JobRoutes(Billing billing) {
        this.billing = billing;
    }

    List<Route> routes() {
        return List.of(Route.post("/jobs", this::put), Route.get("/jobs", this::list), Route.get(ONE, this::one),
                Route.post(ONE + "/complete", this::complete), Route.get(ONE + "/blockers", this::blockers),
                Route.get(ONE + "/certificates", this::certificates));
    }

    private Answer put(Call call) {
        JobDetails details = JobFields.job(call.body(ROOT));
        billing.ports().jobs().find(call.serviceId(), details.number()).ifPresent(known ->
                call.before(ProductionJson.of(known)));
        Job job = billing.jobs().put(call.serviceId(), details, call.actor());
        call.audit("job.kept", job.id().toString());
        return shown(job);
    }

    private Answer list(Call call) {
        Fields parameters = call.parameters();
        Optional<Boolean> completed = parameters.flag("completed");
        boolean blocked = parameters.flag("blocked").orElse(false);
        parameters.check();
        if (blocked) {
            return blocked(call);
        }
        PageRequest request = call.page();
        Page<Job> page = billing.ports().jobs().list(call.serviceId(), completed, request);
        return Answer.ok(Pages.of("jobs", page, request, ProductionJson::of));
    }

    /** Which those are is known only by looking at each: there is no total, and the last job names the next page. */
    private Answer blocked(Call call) {
        Fields parameters = call.parameters();
        long limit = parameters.integer("per_page", 1, PageRequest.LARGEST).orElse(BLOCKED);
        parameters.check();
        BlockedPage page = billing.jobViews().blocked(call.serviceId(), call.query("after"), (int) limit);
        return Answer.ok(Json.object("jobs", page.jobs().stream().map(each -> ProductionJson.of(each.job())
                .with("refusals", GateJson.of(each.why().refusals()))).toList(), "next_after", page.next().orElse(null)));
    }

    private Answer one(Call call) {
        return shown(find(call));
    }

    private static Answer shown(Job job) {
        return Answer.ok(Json.object(ROOT, ProductionJson.of(job)));
    }

    private Answer complete(Call call) {
        Job job = find(call);
        Outcome outcome = billing.completions().complete(call.serviceId(), job.number(), call.actor(), bypass(call));
        if (!outcome.gate().opens()) {
            throw GateJson.refused("job_refused", outcome.gate().refusals());
        }
        call.audit("job.complete", job.id().toString());
        return Answer.ok(Json.object(ROOT, ProductionJson.of(outcome.job()), "refusals",
                GateJson.of(outcome.gate().refusals()), "certificates", json(job)));
    }

    /** By whose key is sent; the service answers for who has that role. */
    private static Optional<Bypass> bypass(Call call) {
        if (!call.hasBody() || call.body().isNull("bypass")) {
            return Optional.empty();
        }
        Fields body = call.body();
        Optional<Bypass> bypass = body.object("bypass").flatMap(fields -> {
            String role = fields.mandatory("role");
            String reason = fields.mandatory("reason");
            body.check();
            return Optional.of(new Bypass(call.actor(), InvalidValue.checkText("bypass.role", role, LONGEST_ROLE),
                    InvalidValue.checkText("bypass.reason", reason, LONGEST_REASON)));
        });
        body.check();
        return bypass;
    }

    private Answer blockers(Call call) {
        return Answer.ok(Json.object("blockers", ProductionJson.blockers(billing.jobViews().at(call.serviceId(),
                find(call).number()))));
    }

    private Answer certificates(Call call) {
        return Answer.ok(Json.object("certificates", json(find(call))));
    }

    private List<Json> json(Job job) {
        return billing.ports().certificates().of(job.id()).stream().map(ProductionJson::of).toList();
    }

    /** By the service's own number, or by our id. */
    private Job find(Call call) {
        String id = call.path("id");
        return billing.ports().jobs().find(call.serviceId(), id)
                .or(() -> Uuids.parse(id).flatMap(parsed -> billing.ports().jobs().find(call.serviceId(), parsed)))
                .orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
