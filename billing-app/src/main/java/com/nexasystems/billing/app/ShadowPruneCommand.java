package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.shadow.ShadowRecords.Pruned;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Undoes imports. */
@Command(name = "prune", description = {"Takes away what the shadow import has made, and what was computed of it.",
        "Nothing else is touched; certificates and the audit trail stay. Not after a cut-over that is in force."})
final class ShadowPruneCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    ShadowPruneCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            Pruned pruned = engine.billing().pruneShadow().prune(owner.id(), actor);
            if (report.json) {
                Json.write(host.out(), Json.object("service", owner.code(), "subscriptions", pruned.subscriptions(),
                        "usage", pruned.usage(), "plans", pruned.plans(), "customers", pruned.customers(),
                        "invoices", pruned.invoices()));
            } else {
                host.out().print("Removed from the shadow of " + owner.code() + "\n");
                Table.print(host.out(), List.of("", "Rows"), List.of(
                        List.of("subscriptions", Long.toString(pruned.subscriptions())),
                        List.of("usage", Long.toString(pruned.usage())), List.of("plans", Long.toString(pruned.plans())),
                        List.of("customers", Long.toString(pruned.customers())),
                        List.of("invoices of the application", Long.toString(pruned.invoices()))), 1);
            }
        }
        return ExitCode.OK;
    }
}
