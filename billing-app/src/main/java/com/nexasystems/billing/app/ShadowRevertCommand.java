package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.cutover.Flip;
import com.nexasystems.billing.identity.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a cut-over back. */
@Command(name = "revert", description = {"Takes the last cut-over back: its subscriptions are in the shadow again.",
        "Only until an invoice of one of them is written, be it a draft."})
final class ShadowRevertCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    ShadowRevertCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            Flip flip = engine.billing().cutOver().revert(owner.id(), actor);
            if (report.json) {
                Json.write(host.out(), GateText.json(flip));
            } else {
                host.out().print("Taken back: the cut-over of " + flip.at() + flip.user().map(user -> " of user " + user)
                        .orElse("") + ". Its subscriptions are in the shadow again, and nothing of them is billed here.\n");
            }
        }
        return ExitCode.OK;
    }
}
