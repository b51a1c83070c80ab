package com.nexasystems.billing.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The books of the invoices that were really issued. */
@Command(name = "ledger", synopsisSubcommandLabel = "COMMAND", description = {
        "Makes books of the invoices that were really issued, at Stripe, at Lago or here.",
        "Each is verified at its source, and becomes drafts; a person reviews and posts them, for good."},
        footer = {"", "In this order:", "  config, ingest, review, post, report, verify, lock", "",
                "'billing demo ledger' shows all of it on an invented company."})
final class LedgerCommand {

    @Mixin
    private HelpOption help;

    static CommandLine line(Host host) {
        var line = new CommandLine(new LedgerCommand());
        for (Object command : new Object[] {new LedgerConfigCommand(host), new LedgerIngestCommand(host),
                new LedgerReviewCommand(host), new LedgerPostCommand(host), new LedgerReverseCommand(host),
                new LedgerReportCommand(host), new LedgerVerifyCommand(host), new LedgerLockCommand(host),
                new LedgerUnlockCommand(host)}) {
            line.addSubcommand(command);
        }
        return line;
    }
}
