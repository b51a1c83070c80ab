package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.ledger.PeriodLock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Locks the books until a day. */
@Command(name = "lock", description = {"Locks the books: nothing is posted any more of a day until then.",
        "Without --until, says what is locked. To unlock, it takes two: see 'billing ledger unlock'."})
final class LedgerLockCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--until", paramLabel = "YYYY-MM-DD", description = "The last day that is locked.")
    private Optional<String> until = Optional.empty();

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    LedgerLockCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Optional<LocalDate> day = until.map(text -> OptionText.day("--until", text));
        Optional<Actor> actor = day.map(given -> by.actor());
        try (Engine engine = Engine.open(host)) {
            PeriodLock lock = day.map(given -> LockText.naming(() ->
                    engine.billing().periodLocks().lock(given, actor.orElseThrow())))
                    .orElseGet(() -> engine.ports().journal().lock());
            LockText.tell(host, report.json, lock);
        }
        return ExitCode.OK;
    }
}
