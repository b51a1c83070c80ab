package com.nexasystems.billing.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the rules that ship. */
@Command(name = "config", description = {"Prints the rules that ship, with what one can change: families, accounts, taxes.",
        "To have others, keep it in a file, change that, and name it in BILLING_LEDGER_FILE. One that is named there",
        "already is read, and what is wrong with it is told."})
final class LedgerConfigCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private HelpOption help;

    LedgerConfigCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.of(host);
        LedgerFile inForce = LedgerFile.of(settings);
        host.out().print(LedgerFile.shippedText());
        settings.ledgerFile().ifPresent(file -> host.err().println("in force is " + file + ", with "
                + inForce.policy().families().rules().size() + " rules for families; these are the ones that ship"));
        return ExitCode.OK;
    }
}
