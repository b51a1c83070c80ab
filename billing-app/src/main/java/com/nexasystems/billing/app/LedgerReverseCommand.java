package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a posted entry back. */
@Command(name = "reverse", description = {"Takes a posted entry back, by another one that says the opposite.",
        "When its invoice is ingested again, what is true is drafted anew."})
final class LedgerReverseCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--id", paramLabel = "ENTRY", description = "Which entry, such as 'in_1abc#invoice##1'.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "Of the reversing entry (default: that of the entry"
            + " itself).")
    private Optional<String> date = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Becomes the text of the reversing entry.")
    private Optional<String> reason = Optional.empty();

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    LedgerReverseCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        EntryKey key = EntryText.key("--id", id.orElseThrow(() -> new InvalidValue("--id", "is mandatory")));
        Optional<LocalDate> day = date.map(text -> OptionText.day("--date", text));
        String why = reason.orElseThrow(() -> new InvalidValue("--reason", "is mandatory: why it is taken back"));
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host)) {
            PostedEntry reversed = reverse(engine, key, day, why, actor);
            if (report.json) {
                Json.write(host.out(), Json.object("sequence", reversed.sequence(),
                        "entry", EntryText.json(reversed.entry()), "link", reversed.chain()));
            } else {
                host.out().print("Reversed by entry " + reversed.sequence() + "\n");
                EntryText.print(host.out(), reversed.entry());
                host.out().print("Go on with\n  ./billing ledger ingest\n");
            }
        }
        return ExitCode.OK;
    }

    private static PostedEntry reverse(Engine engine, EntryKey key, Optional<LocalDate> day, String why, Actor actor) {
        try {
            return engine.billing().reversals().reverse(key, day, why, actor);
        } catch (InvalidValue e) {
            throw new InvalidValue("--" + (e.field().equals("entry") ? "id" : e.field()), e.reason());
        }
    }
}
