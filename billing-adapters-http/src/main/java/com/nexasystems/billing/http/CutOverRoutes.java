package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.cutover.CutOver.Outcome;
import com.nexasystems.billing.cutover.CutOverTerms;
import com.nexasystems.billing.cutover.Flip;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.identity.Service;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /cutover}: letting this engine bill instead of an application, through a gate; and taking that back. */
final class CutOverRoutes {

    private static final String CUTOVER = "cutover";
    private static final int MOST_CYCLES = 36;
    private static final BigDecimal MOST = new BigDecimal("1000000000000");

    private final Billing billing;
    private final BackgroundWork background;

    CutOverRoutes(Billing billing, BackgroundWork background) {
        this.billing = billing;
        this.background = background;
    }

    List<Route> routes() {
        return List.of(Route.get("/cutover", this::look).needing(OPERATE),
                Route.post("/cutover", this::flip).needing(OPERATE).committingItself(),
                Route.post("/cutover/revert", this::revert).needing(OPERATE).committingItself());
    }

    /** Who is to be flipped, as it was asked. */
    private record Asked(Service service, CutOverTerms terms) { }

    private Asked asked(Fields fields) {
        long cycles = fields.integer("cycles", 1, MOST_CYCLES).orElse(1L);
        BigDecimal threshold = ShadowFields.decimal(fields, "threshold", BigDecimal.ZERO, MOST).orElse(BigDecimal.ZERO);
        Optional<String> user = fields.text("user").filter(text -> !text.isEmpty());
        Service service = ShadowFields.service(billing, fields);
        return new Asked(service, new CutOverTerms(service.id(), user, (int) cycles, threshold));
    }

    private Answer look(Call call) {
        Asked asked = asked(call.parameters());
        return background.alone(call, asked.service, "a look at the cut-over's gate", () -> Answer.ok(Json.object(CUTOVER,
                json(asked, billing.cutOver().check(asked.terms, done -> { })).with("flips", flips(asked.service)))));
    }

    private List<Json> flips(Service service) {
        return billing.ports().cutOvers().of(service.id()).stream().map(CutOverRoutes::json).toList();
    }

    /** Of one that is refused nothing is kept, the rows that were computed for it included. */
    private Answer flip(Call call) {
        Asked asked = asked(call.body());
        return background.alone(call, asked.service, "a cut-over", () -> {
            Outcome outcome = billing.cutOver().flip(asked.terms, call.actor(), done -> { });
            if (outcome.flip().isEmpty()) {
                throw GateJson.refused("cutover_refused", refusals(outcome));
            }
            Operators.audit(billing, call, "cutover.flipped", asked.service,
                    Map.of("flip", outcome.flip().get().id().toString()));
            return Answer.ok(Json.object(CUTOVER, json(asked, outcome).with("flips", flips(asked.service))));
        });
    }

    private Answer revert(Call call) {
        Service service = ShadowFields.service(billing, call.body());
        return background.alone(call, service, "taking a cut-over back", () -> {
            Flip reverted = billing.cutOver().revert(service.id(), call.actor());
            Operators.audit(billing, call, "cutover.reverted", service, Map.of("flip", reverted.id().toString()));
            return Answer.ok(Json.object("flip", json(reverted)));
        });
    }

    private static Json json(Asked asked, Outcome outcome) {
        return Json.object("service", asked.service.code(), "user", asked.terms.user().orElse(null),
                "cycles", asked.terms.cycles(), "threshold", ShadowFields.amount(asked.terms.threshold()),
                "result", outcome.gate().opens() ? "passed" : "refused",
                "subscriptions", outcome.readiness().subscriptions(), "periods", outcome.readiness().rows(),
                "refusals", GateJson.of(refusals(outcome)));
    }

    private static List<Refusal> refusals(Outcome outcome) {
        return outcome.gate() instanceof GateResult.Refused refused ? refused.refusals() : List.of();
    }

    private static Json json(Flip flip) {
        return Json.object("lago_id", flip.id().toString(), "user", flip.user().orElse(null),
                "since", Times.of(flip.since()), "subscriptions", flip.subscriptions(),
                "flipped_by", ReconciliationJson.of(flip.by()), "flipped_at", Times.of(flip.at()),
                "reverted_by", flip.reverted().map(back -> ReconciliationJson.of(back.by())).orElse(null),
                "reverted_at", Times.of(flip.reverted().map(Flip.Reverted::at)));
    }
}
