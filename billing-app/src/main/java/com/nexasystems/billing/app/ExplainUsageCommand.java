package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.invoicing.UsageExplanation;
import com.nexasystems.billing.usage.UsageRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says which line counted a usage record, or why none did. */
@Command(name = "explain-usage", description = "Says which invoice line counted a usage record, or why none did.")
final class ExplainUsageCommand implements Callable<Integer> {

    private final Host host;

    @Parameters(index = "0", paramLabel = "SUBSCRIPTION/METRIC/KEY", description = "The record; the subscription by our"
            + " id or the service's own.")
    private String reference;

    @Mixin
    private ReportOptions report;

    ExplainUsageCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try (Engine engine = Engine.open(host)) {
            UsageExplanation usage = engine.billing().explainUsage()
                    .explain(new InvoiceLookup(engine.ports()).record(reference)).orElseThrow();
            if (report.json) {
                Json.write(host.out(), InvoiceJson.usage(usage));
            } else {
                print(usage);
            }
        }
        return ExitCode.OK;
    }

    private void print(UsageExplanation usage) {
        UsageRecord record = usage.record();
        host.out().print("Record " + record.key() + ", " + InvoiceJson.plain(record.quantity()) + " from " + record.start()
                + record.end().map(end -> " to " + end).orElse("") + "\n"
                + Words.of(usage.verdict()).replace('_', ' ') + " in " + usage.period() + ": " + usage.reason() + "\n");
        usage.lines().forEach(billed -> host.out().print("\nInvoice " + billed.invoice().number().orElse("(draft)") + "\n"
                + InvoiceText.explainLine(billed.invoice(), billed.number())));
    }
}
