package com.nexasystems.billing.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From invoices at Stripe and Lago to books that balance, in a schema of its own. */
@Command(name = "ledger", description = {
        "Makes books of an invented company's invoices, which fakes of Stripe and Lago have issued.",
        "Ingests them while Stripe fails, and again; reviews, adds a rule, posts, reports, puts right what changed at",
        "Stripe, locks, and finds a letter that somebody changed. Works in the schema billing_demo_ledger, which it makes",
        "anew each time; the fakes listen on this machine only."})
final class DemoLedgerCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7",
            description = "Another number is another company (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private HelpOption help;

    DemoLedgerCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        var clock = new DemoClock(LedgerStory.BEGIN);
        var then = new Host(host.in(), host.out(), host.err(), host.environment(), host.directory(), clock, host.terminal());
        try (Engine engine = Engine.openDemo(then, Engine.DEMO_LEDGER_SCHEMA); var books = new DemoBooks(seed, clock);
             var story = new LedgerStory(then, clock, engine, books)) {
            return story.tell();
        }
    }
}
