package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.ShadowTerms;
import picocli.CommandLine.Option;

/** What an operator says of an application, because its tables do not; and which rows are wanted. */
final class TermsOptions {

    @Option(names = "--currency", paramLabel = "CODE", defaultValue = "CAD",
            description = "Of the application's prices (default: ${DEFAULT-VALUE}).")
    private String currency;

    @Option(names = "--cpu-hour-price", paramLabel = "AMOUNT", defaultValue = "0.0075",
            description = "Of a CPU-hour beyond the quota, before tax (default: ${DEFAULT-VALUE}).")
    private String perCpuHour;

    @Option(names = "--zone", paramLabel = "ZONE", defaultValue = "UTC", description = {
            "Whose midnights billing periods begin and end at, such as America/Toronto (default: ${DEFAULT-VALUE});",
            "if it is not known, 'infer' finds it out."})
    private String zone;

    @Option(names = "--all", description = "Also plans no longer sold, and subscriptions that have ended or rest.")
    private boolean all;

    @Option(names = "--dry-run", description = "The same report, and nothing is kept.")
    private boolean dryRun;

    ImportOptions options() {
        var terms = new ShadowTerms(OptionText.currency("--currency", currency),
                Decimals.parseNonNegative("--cpu-hour-price", perCpuHour), OptionText.zone("--zone", zone));
        return new ImportOptions(terms, all, dryRun);
    }
}
