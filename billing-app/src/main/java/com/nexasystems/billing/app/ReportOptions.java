package com.nexasystems.billing.app;

import picocli.CommandLine.Option;

/** What every command that reports understands. */
final class ReportOptions extends HelpOption {

    @Option(names = "--json", description = "Reports as one JSON object on standard output; decimals are texts.")
    boolean json;
}
