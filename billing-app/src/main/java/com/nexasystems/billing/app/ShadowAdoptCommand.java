package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.AdoptedRules;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.Inference;
import com.nexasystems.billing.shadow.ImportRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decides by which rules to compare. */
@Command(name = "adopt", description = {"Decides by which rules of the application's biller to compare from now on.",
        "Either those that 'infer' finds now, if it finds any, or those that you say; what you leave out stays as it is."})
final class ShadowAdoptCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Option(names = "--inferred", description = "The rules that 'infer' finds now.")
    private boolean inferred;

    @Mixin
    private RulesOptions rules;

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    ShadowAdoptCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        if (inferred == rules.areGiven()) {
            throw new InvalidValue("--inferred", inferred ? "goes without options that say rules"
                    : "is mandatory, or at least one of --rounding, --mode, --tax, --proration, --quota, --usage-zone,"
                    + " --shift");
        }
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            AdoptedRules adopted = engine.billing().adoptRules().adopt(owner.id(), chosen(engine, owner), actor);
            if (report.json) {
                Json.write(host.out(), Json.object("service", owner.code(), "rules", RulesText.json(adopted.rules()),
                        "by", actor.name(), "at", adopted.at().toString()));
            } else {
                host.out().print("Adopted: " + adopted.rules() + "\nGo on with\n  ./billing shadow reconcile --service "
                        + owner.code() + "\n");
            }
        }
        return ExitCode.OK;
    }

    private BillerRules chosen(Engine engine, Service owner) {
        if (inferred) {
            Inference found = ShadowInferCommand.infer(host, engine, owner);
            if (!found.decided()) {
                throw new InvalidValue("--inferred", found + "; say the rules yourself, if you know them");
            }
            return found.best();
        }
        ImportRun imported = engine.ports().shadowRecords().lastRun(owner.id()).orElseThrow(() ->
                new InvalidValue("--service", "has imported nothing yet; 'billing shadow import' does"));
        return rules.on(engine.billing().reconcile().rules(owner.id(), imported));
    }
}
