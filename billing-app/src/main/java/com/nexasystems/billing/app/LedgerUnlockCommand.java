package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.ledger.LockPeriod;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Unlocks the books; it takes two. */
@Command(name = "unlock", description = {"Unlocks the books: one person asks for it, and another one approves.",
        "Locking withdraws what was asked for."})
final class LedgerUnlockCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--request", description = "Asks for it, with a --reason.")
    private boolean request;

    @Option(names = "--approve", description = "Agrees to what somebody else has asked for.")
    private boolean approve;

    @Option(names = "--until", paramLabel = "YYYY-MM-DD", description = "With --request: the last day that stays locked"
            + " (default: none).")
    private Optional<String> until = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "With --request: why; it stands on the audit trail.")
    private Optional<String> reason = Optional.empty();

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    LedgerUnlockCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        if (request == approve) {
            throw new InvalidValue("--request", request ? "goes without --approve" : "is mandatory, or --approve");
        }
        if (approve && (until.isPresent() || reason.isPresent())) {
            throw new InvalidValue("--approve", "goes without --until and --reason: it agrees to what was asked for");
        }
        Optional<LocalDate> day = until.map(text -> OptionText.day("--until", text));
        String why = approve ? "" : reason.orElseThrow(() -> new InvalidValue("--reason", "is mandatory with --request"));
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            LockPeriod locks = engine.billing().periodLocks();
            PeriodLock lock = LockText.naming(() -> approve ? locks.approveUnlock(actor)
                    : locks.requestUnlock(day, why, actor));
            LockText.tell(host, report.json, lock);
        }
        return ExitCode.OK;
    }
}
