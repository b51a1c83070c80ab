package com.nexasystems.billing.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All that leads from another biller to this engine. */
@Command(name = "shadow", synopsisSubcommandLabel = "COMMAND", description = {
        "Runs beside the biller that you have, accounts for every cent of difference, and cuts over when none is left.",
        "Nothing is ever written to the other application, and nothing of the shadow is billed before the cut-over."},
        footer = {"", "In this order:", "  import, reconcile, infer, adopt, reconcile, report, resolve, cutover --check,"
                + " certificate, cutover", "", "'billing demo shadow' shows all of it on an invented company."})
final class ShadowCommand {

    @Mixin
    private HelpOption help;

    static CommandLine line(Host host) {
        var line = new CommandLine(new ShadowCommand());
        for (Object command : new Object[] {new ShadowImportCommand(host), new ShadowReconcileCommand(host),
                new ShadowInferCommand(host), new ShadowAdoptCommand(host), new ShadowReportCommand(host),
                new ShadowResolveCommand(host), new ShadowCertificateCommand(host), new ShadowCutOverCommand(host),
                new ShadowRevertCommand(host), new ShadowPruneCommand(host)}) {
            line.addSubcommand(command);
        }
        return line;
    }
}
