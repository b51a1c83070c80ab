package com.nexasystems.billing.app;

import com.nexasystems.billing.jpa.JournalProtection;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.Verification;
import com.nexasystems.billing.ledger.Verification.Bad;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether the posted entries are what was posted. */
@Command(name = "verify", description = {
        "Says whether the posted entries are what was posted, and names the first that is not.",
        "Each is linked to the one before by all that is known of it; keep the last link where nobody who can change the",
        "database can change it, and give it as --anchor next time. Exit code 1 says that an entry is not what was posted."})
final class LedgerVerifyCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--anchor", paramLabel = "LINK", description = "A link that was kept elsewhere: a posted entry must have"
            + " it.")
    private Optional<String> anchor = Optional.empty();

    @Mixin
    private ReportOptions report;

    LedgerVerifyCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        anchor.filter(link -> !link.matches("[0-9a-f]{64}")).ifPresent(link -> {
            throw new InvalidValue("--anchor", "is 64 digits from 0 to 9 and a to f: " + link);
        });
        try (Engine engine = Engine.open(host)) {
            Verification verified = verify(engine);
            if (report.json) {
                Json.write(host.out(), json(verified));
            } else {
                print(host, verified);
            }
            warnIfUnprotected(engine.journalProtection());
            return verified.bad().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    private Verification verify(Engine engine) {
        var shown = new AtomicLong();
        try (Progress progress = Progress.of(host, "Verifying", -1)) {
            return engine.billing().journalVerification().verify(anchor,
                    entries -> progress.step(entries - shown.getAndSet(entries)));
        }
    }

    static void print(Host host, Verification verified) {
        if (verified.bad().isPresent()) {
            Bad bad = verified.bad().get();
            host.out().print("The first bad entry is " + bad.sequence() + bad.entry().map(key ->
                    " (" + ImportText.printable(key.toString()) + ")").orElse("") + ": " + ImportText.printable(bad.problem())
                    + "\n" + verified.entries() + " entries before it are what was posted\n");
            return;
        }
        host.out().print(verified.entries() + " entries are what was posted\n");
        if (verified.entries() > 0) {
            host.out().print("The last entry's link, to be kept elsewhere: " + verified.chain() + "\n");
        }
    }

    /** That nothing is changed should not depend on one program. */
    private void warnIfUnprotected(JournalProtection protection) {
        if (!protection.off().isEmpty()) {
            host.err().println("note: what refuses changes of posted entries is switched off: "
                    + String.join(", ", protection.off()));
        }
        if (protection.owned()) {
            host.err().println("note: the role that this works as owns the journal, and could do away with what"
                    + " refuses changes of posted entries; set BILLING_DB_OWNER to another one (docs/server.md: two roles)");
        }
    }

    private static Map<String, Object> json(Verification verified) {
        return Json.object("entries", verified.entries(), "link", verified.chain(), "holds", verified.bad().isEmpty(),
                "bad", verified.bad().map(bad -> Json.object("sequence", bad.sequence(),
                        "id", bad.entry().map(EntryKey::toString).orElse(null), "problem", bad.problem())).orElse(null));
    }
}
