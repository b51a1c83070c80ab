package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Accepts a difference. */
@Command(name = "resolve", description = {"Accepts a difference, with a note; it counts as long as the figures stay.",
        "--computed and --charged say which figures were looked at: others that are there by now are not accepted. Without",
        "them the difference is shown, with the command that accepts it."})
final class ShadowResolveCommand implements Callable<Integer> {

    private static final int LONGEST_NOTE = 2_000;

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Option(names = "--subscription", required = true, paramLabel = "ID", description = "The application's id of it.")
    private String subscription;

    @Option(names = "--period", required = true, paramLabel = "YYYY-MM-DD", description = "First day of the period.")
    private String period;

    @Option(names = "--computed", paramLabel = "AMOUNT", description = "What this engine would charge, as it was shown.")
    private Optional<String> computed = Optional.empty();

    @Option(names = "--charged", paramLabel = "AMOUNT", description = "What was charged, as it was shown.")
    private Optional<String> charged = Optional.empty();

    @Option(names = "--note", paramLabel = "TEXT", description = "Why it is accepted; it stands on the certificate.")
    private Optional<String> note = Optional.empty();

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    ShadowResolveCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        LocalDate start = OptionText.day("--period", period);
        Optional<BigDecimal> seenComputed = computed.map(text -> Decimals.parse("--computed", text));
        Optional<BigDecimal> seenCharged = charged.map(text -> Decimals.parse("--charged", text));
        String why = note.filter(text -> !text.isBlank()).orElseThrow(() -> new InvalidValue("--note",
                "is mandatory: why the difference is accepted"));
        InvalidValue.checkText("--note", why, LONGEST_NOTE);
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            ReconciledRow row = row(engine, owner, start);
            if (seenComputed.isEmpty() || seenCharged.isEmpty()) {
                return show(owner, row);
            }
            checkSame(row, seenComputed.get(), seenCharged.get());
            ReconciledRow resolved = engine.billing().resolveDelta().resolve(row, actor, why);
            if (report.json) {
                Json.write(host.out(), ReconciliationText.json(resolved));
            } else {
                ReconciliationText.printRows(host.out(), List.of(resolved));
                host.out().print("Accepted by " + actor.name() + ": " + why + "\n");
            }
        }
        return ExitCode.OK;
    }

    private ReconciledRow row(Engine engine, Service owner, LocalDate start) {
        ReconciledRow row = engine.ports().reconciliations().find(owner.id(), subscription, start).orElseThrow(() ->
                new InvalidValue("--subscription", "no compared period of " + subscription + " begins on " + start
                        + "; 'billing shadow report --subscription " + subscription + "' shows them"));
        if (row.status() != Status.DELTA) {
            throw new InvalidValue("--period", row.status() == Status.MATCH ? "is no difference: the figures match"
                    : "is accepted already: " + row.resolution().orElseThrow().note());
        }
        return row;
    }

    /** Nothing is accepted that was not looked at. */
    private int show(Service owner, ReconciledRow row) {
        ReconciliationText.printRows(host.out(), List.of(row));
        ReconciliationText.printEvidence(host.out(), List.of(row));
        host.out().flush();
        host.err().println("billing: nothing was accepted; if this is right, repeat the command for service " + owner.code()
                + " with --computed " + row.computed().toPlainString() + " --charged " + row.actual().toPlainString());
        return ExitCode.USAGE;
    }

    private static void checkSame(ReconciledRow row, BigDecimal computed, BigDecimal charged) {
        if (row.computed().compareTo(computed) != 0 || row.actual().compareTo(charged) != 0) {
            throw new InvalidValue("--computed", "the figures are " + row.computed().toPlainString() + " computed and "
                    + row.actual().toPlainString() + " charged by now; look at the difference again");
        }
    }
}
