package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.Inference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for the rules by which the application charged. */
@Command(name = "infer", description = {"Looks in the application's own charges for the rules by which they were made.",
        "Tries thousands of them, and says which explain how many rows. Decides nothing and writes nothing: 'adopt' does."})
final class ShadowInferCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Mixin
    private ReportOptions report;

    ShadowInferCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            Inference found = infer(host, engine, owner);
            if (report.json) {
                Json.write(host.out(), InferenceText.json(owner, found));
            } else {
                InferenceText.print(host.out(), found);
                InferenceText.suggest(host.out(), owner, found);
            }
        }
        return ExitCode.OK;
    }

    static Inference infer(Host host, Engine engine, Service owner) {
        long all = engine.ports().shadowRecords().countSubscriptions(owner.id());
        try (Progress progress = Progress.of(host, "Looking", all * 2)) {
            return engine.billing().inferRules().infer(owner.id(), progress::step);
        }
    }
}
