package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.AdoptedRules;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.Inference;
import com.nexasystems.billing.shadow.ImportRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** By which rules an application's biller makes its charges: looking for them, and deciding to compare by some. */
final class BillerRulesRoutes {

    private final Billing billing;
    private final BackgroundWork background;

    BillerRulesRoutes(Billing billing, BackgroundWork background) {
        this.billing = billing;
        this.background = background;
    }

    List<Route> routes() {
        return List.of(Route.post("/reconciliations/inference", this::infer).needing(OPERATE).committingItself(),
                Route.get("/reconciliations/inference", this::found).needing(OPERATE),
                Route.put("/reconciliations/rules", this::adopt).needing(OPERATE),
                Route.get("/reconciliations/rules", this::rules).needing(OPERATE));
    }

    private Answer infer(Call call) {
        Service service = ShadowFields.service(billing, call.body());
        ShadowFields.imported(billing, service);
        var task = new BackgroundTask(Kind.INFERENCE, Json.object(), running -> {
            running.of(2 * billing.ports().shadowRecords().countSubscriptions(service.id()));
            return json(billing.inferRules().infer(service.id(), running::step));
        });
        return background.begin(call, service, task, () -> {
            Operators.audit(billing, call, "reconciliation.inference_started", service, Map.of());
            return Answer.of(202, Json.object("service", service.code(), "attempt", task.json()));
        });
    }

    private Answer found(Call call) {
        Service service = ShadowFields.service(billing, call);
        return Answer.ok(Json.object("service", service.code(),
                "attempt", background.latest(service, Kind.INFERENCE).map(BackgroundTask::json).orElse(null)));
    }

    private Answer adopt(Call call) {
        Fields fields = call.body();
        BillerRules rules = BillerRulesJson.read(fields);
        Service service = ShadowFields.service(billing, fields);
        call.before(json(service));
        AdoptedRules adopted = billing.adoptRules().adopt(service.id(), rules, call.actor());
        call.audit("reconciliation.rules_adopted", "service " + service.code());
        return Answer.ok(json(service, Optional.of(adopted)));
    }

    private Answer rules(Call call) {
        return Answer.ok(json(ShadowFields.service(billing, call)));
    }

    private Json json(Service service) {
        return json(service, billing.ports().reconciliations().adopted(service.id()));
    }

    /** Those of the engine, as long as nobody has decided otherwise. */
    private Json json(Service service, Optional<AdoptedRules> adopted) {
        Optional<ImportRun> imported = billing.ports().shadowRecords().lastRun(service.id());
        Optional<BillerRules> rules = adopted.map(AdoptedRules::rules)
                .or(() -> imported.map(run -> BillerRules.engine(run.terms().zone())));
        return Json.object("service", service.code(), "rules", rules.map(BillerRulesJson::of).orElse(null),
                "adopted", adopted.isPresent(), "adopted_by", adopted.map(one -> one.by().name()).orElse(null),
                "adopted_at", Times.of(adopted.map(AdoptedRules::at)));
    }

    private static Json json(Inference found) {
        return Json.object("finding", found.toString(), "decided", found.decided(), "rows", found.rows(),
                "explained", found.explained(), "share", found.share().toPlainString(),
                "anchor", ShadowFields.word(found.anchor()), "best", BillerRulesJson.of(found.best()),
                "sampled", found.sampled(), "candidates", found.candidates().stream().map(candidate -> Json.object(
                        "explained", candidate.explained(), "rules", BillerRulesJson.of(candidate.rules()))).toList(),
                "undecided", found.undecided().stream().map(BillerRulesJson::of).toList(),
                "exceptions", found.exceptions().stream().map(row -> Json.object(
                        "external_subscription_id", row.subscription(), "period_start", row.start().toString(),
                        "expected", ShadowFields.amount(row.expected()), "actual", ShadowFields.amount(row.actual())))
                        .toList());
    }
}
