package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares what this engine would have charged with what was charged. */
@Command(name = "reconcile", description = {"Compares, period by period, what this engine would have charged with what was.",
        "Charges nothing. Compares by the rules that were adopted, else by the engine's own; looks for the cause of every",
        "difference. Safe to repeat and to kill."})
final class ShadowReconcileCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "Only periods that begin on it or later.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--tolerance", paramLabel = "AMOUNT", description = "A difference up to it is a match, at most 0.05"
            + " (default: 0.01).")
    private Optional<String> tolerance = Optional.empty();

    @Mixin
    private ReportOptions report;

    ShadowReconcileCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Optional<LocalDate> first = from.map(text -> OptionText.day("--from", text));
        var allowed = tolerance.map(text -> Decimals.parseNonNegative("--tolerance", text))
                .orElse(ReconciliationRun.DEFAULT_TOLERANCE);
        if (allowed.compareTo(ReconciliationRun.LARGEST_TOLERANCE) > 0) {
            throw new InvalidValue("--tolerance", "is at most " + ReconciliationRun.LARGEST_TOLERANCE
                    + ", or it would hide more than rounding: " + allowed.toPlainString());
        }
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            ReconciliationRun run = run(host, engine, new Reconcile.Request(owner.id(), first, allowed));
            var text = new ReconciliationText(engine, owner, run);
            if (report.json) {
                Json.write(host.out(), text.json());
            } else {
                text.print(host.out());
                text.suggest(host.out());
            }
        }
        return ExitCode.OK;
    }

    static ReconciliationRun run(Host host, Engine engine, Reconcile.Request request) {
        long all = engine.ports().shadowRecords().countSubscriptions(request.service());
        try (Progress progress = Progress.of(host, "Comparing", all)) {
            return engine.billing().reconcile().run(request, engine.workers(), progress::step);
        }
    }
}
