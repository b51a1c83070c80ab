package com.nexasystems.billing.app;

import picocli.CommandLine.Option;

/** What every command understands. */
class HelpOption {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;
}
