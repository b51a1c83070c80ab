package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.cutover.CutOver;
import com.nexasystems.billing.cutover.CutOverTerms;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bills with this engine from now on, if the gate opens. */
@Command(name = "cutover", description = {"Lets this engine bill from now on, once nothing is left to explain.",
        "Computes everything anew, names each condition that is not met, and changes nothing unless all are: exit code 1",
        "says that the gate is closed."})
final class ShadowCutOverCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Option(names = "--user", paramLabel = "ID", description = "Only this user, by the application's id (default:"
            + " everybody).")
    private Optional<String> user = Optional.empty();

    @Option(names = "--cycles", paramLabel = "N", defaultValue = "1",
            description = "So many last full cycles must be without difference (default: ${DEFAULT-VALUE}).")
    private int cycles;

    @Option(names = "--threshold", paramLabel = "AMOUNT", defaultValue = "0",
            description = "So much revenue may be on invoices that no subscription accounts for (default:"
            + " ${DEFAULT-VALUE}).")
    private String threshold;

    @Option(names = "--check", description = "Only looks.")
    private boolean check;

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    ShadowCutOverCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        BigDecimal allowed = Decimals.parseNonNegative("--threshold", threshold);
        Optional<Actor> actor = check ? Optional.empty() : Optional.of(by.actor());
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            CutOver.Outcome outcome = look(engine, terms(owner, allowed), actor);
            if (report.json) {
                Json.write(host.out(), GateText.json(owner, outcome));
            } else {
                GateText.print(host.out(), owner, outcome);
            }
            return outcome.gate().opens() ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    private CutOverTerms terms(Service owner, BigDecimal allowed) {
        try {
            return new CutOverTerms(owner.id(), user, cycles, allowed);
        } catch (InvalidValue e) {
            throw new InvalidValue("--" + e.field(), e.reason());
        }
    }

    private CutOver.Outcome look(Engine engine, CutOverTerms terms, Optional<Actor> actor) {
        long all = engine.ports().shadowRecords().countSubscriptions(terms.service());
        try (Progress progress = Progress.of(host, "Comparing", all)) {
            return actor.isPresent() ? engine.billing().cutOver().flip(terms, actor.get(), progress::step)
                    : engine.billing().cutOver().check(terms, progress::step);
        }
    }
}
