package com.nexasystems.billing.app;

import picocli.CommandLine.Option;

/** What every command that reports understands. */
final class ReportOptions {

    @Option(names = "--json", description = "Reports as one JSON object on standard output; decimals are texts.")
    boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;
}
