package com.nexasystems.billing.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The way from another biller to this engine, from beginning to end, in schemas of its own. */
@Command(name = "shadow", description = {"Leads an invented hosting company from its own biller to this engine.",
        "Imports, compares, finds the hidden rules, explains the differences beside the truth, is refused by the gate,",
        "comes back a month later, and cuts over. Works in the schemas billing_demo_shadow and hosting_demo, which it",
        "makes anew each time."})
final class DemoShadowCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7",
            description = "Another number is another company (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE.html", defaultValue = "parity-certificate.html",
            description = "Where the certificate goes: .html, .pdf or .json (default: ${DEFAULT-VALUE}).")
    private String certificate;

    @Mixin
    private HelpOption help;

    DemoShadowCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        var clock = new DemoClock(DemoCompany.FIRST_CYCLE);
        var then = new Host(host.in(), host.out(), host.err(), host.environment(), host.directory(), clock, host.terminal());
        try (CertificateFile file = CertificateFile.open(host.resolve(certificate));
             Engine engine = Engine.openDemo(then, Engine.DEMO_SHADOW_SCHEMA)) {
            return new ShadowStory(then, clock, engine, new DemoCompany(seed)).tell(file, certificate);
        }
    }
}
