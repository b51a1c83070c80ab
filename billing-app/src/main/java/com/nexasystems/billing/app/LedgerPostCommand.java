package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.PostEntries.BulkOutcome;
import com.nexasystems.billing.ledger.PostReport;
import com.nexasystems.billing.ledger.PostReport.RefusedEntry;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Posts drafts. */
@Command(name = "post", description = {"Posts drafts, for good: a posted entry is never changed or removed.",
        "All of them, if their gate is open, or those that are named. Each by itself: one that is refused takes no other",
        "with it. Safe to kill and to repeat. Exit code 1 says that the gate is closed, or that entries were refused."})
final class LedgerPostCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    private final Host host;

    @Option(names = "--all", description = "All drafts, by date.")
    private boolean all;

    @Option(names = "--id", paramLabel = "ENTRY", arity = "1..*", description = "Only these, such as"
            + " 'in_1abc#invoice##1'; may be repeated.")
    private List<String> ids = List.of();

    @Option(names = "--bypass-reason", paramLabel = "TEXT", description = "Goes on although the gate of --all refuses; it"
            + " stands on the audit trail.")
    private Optional<String> bypass = Optional.empty();

    @Mixin
    private ByOption by;

    @Mixin
    private ReportOptions report;

    LedgerPostCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        if (all != ids.isEmpty()) {
            throw new InvalidValue("--all", all ? "goes without --id" : "is mandatory, or at least one --id");
        }
        if (!all && bypass.isPresent()) {
            throw new InvalidValue("--bypass-reason", "is for --all; nobody goes around the gate of a single entry");
        }
        List<EntryKey> keys = ids.stream().map(text -> EntryText.key("--id", text)).toList();
        Actor actor = by.actor();
        Optional<Bypass> reason = bypass.map(text ->
                new Bypass(actor, InvalidValue.checkText("--bypass-reason", text, 512)));
        try (Engine engine = Engine.open(host)) {
            BulkOutcome outcome = all ? postAll(engine, actor, reason) : post(engine, keys, actor);
            if (report.json) {
                Json.write(host.out(), json(outcome));
            } else {
                print(host, outcome);
            }
            return outcome.gate().opens() && outcome.report().refusals() == 0 ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    private BulkOutcome postAll(Engine engine, Actor actor, Optional<Bypass> reason) {
        var shown = new AtomicLong();
        try (Progress progress = Progress.of(host, "Posting", -1)) {
            return engine.billing().posting().all(actor, reason, posted ->
                    progress.step(posted.posted() - shown.getAndSet(posted.posted())));
        }
    }

    private static BulkOutcome post(Engine engine, List<EntryKey> keys, Actor actor) {
        return new BulkOutcome(new GateResult.Passed(), keys.stream().map(key -> post(engine, key, actor))
                .reduce(PostReport.NOTHING, PostReport::plus));
    }

    private static PostReport post(Engine engine, EntryKey key, Actor actor) {
        try {
            return engine.billing().posting().one(key, actor);
        } catch (InvalidValue e) {
            return new PostReport(0, List.of(new RefusedEntry(key, new Refusal("draft", e.reason(),
                    "see 'billing ledger report journal --drafts'"))), 1, Optional.empty());
        }
    }

    static void print(Host host, BulkOutcome outcome) {
        if (!(outcome.gate() instanceof GateResult.Passed)) {
            ReviewText.printGate(host.out(), outcome.gate());
        }
        PostReport posted = outcome.report();
        host.out().print(posted.posted() + (posted.posted() == 1 ? " entry was posted\n" : " entries were posted\n"));
        posted.chain().ifPresent(chain -> host.out().print("The last entry's link, to be kept elsewhere: " + chain + "\n"));
        posted.refused().stream().limit(SHOWN).forEach(refused -> host.err().println(ImportText.printable("refused: "
                + refused.key() + ": " + refused.why().missing() + "; " + refused.why().remedy())));
        if (posted.refusals() > SHOWN) {
            host.err().println("… and " + (posted.refusals() - SHOWN) + " more");
        }
    }

    private static Map<String, Object> json(BulkOutcome outcome) {
        return Json.object("gate", ReviewText.json(outcome.gate()), "posted", outcome.report().posted(),
                "link", outcome.report().chain().orElse(null), "refusals", outcome.report().refusals(),
                "refused", outcome.report().refused().stream().map(refused -> Json.object("id", refused.key().toString(),
                        "condition", refused.why().check(), "missing", refused.why().missing(),
                        "remedy", refused.why().remedy())).toList());
    }
}
