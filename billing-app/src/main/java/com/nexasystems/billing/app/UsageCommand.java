package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads usage from files. */
@Command(name = "usage", description = "Loads usage.")
final class UsageCommand {

    private final Host host;

    @Mixin
    private HelpOption help;

    UsageCommand(Host host) {
        this.host = host;
    }

    @Command(name = "load", description = {"Loads a CSV file, plain or gzipped.",
            "Safe to repeat and to kill: a row counts once. Columns:",
            "customer,deployment,hour_start,cpu_seconds (a new deployment is put on the sample plan), or",
            "subscription,metric,start,end,quantity,idempotency_key (end is empty for a single event)."})
    int load(
            @Parameters(paramLabel = "FILE", description = "The file.") String name,
            @Option(names = "--service", defaultValue = SampleCatalogue.SERVICE,
                    description = "Code of the service whose usage it is (default: ${DEFAULT-VALUE}).") String service,
            @Option(names = "--metric", defaultValue = SampleCatalogue.METRIC,
                    description = "What cpu_seconds are recorded as (default: ${DEFAULT-VALUE}).") String metric,
            @Option(names = "--replace", description = "A row with a known key and another value corrects it; else it is"
                    + " refused.") boolean replace,
            @Mixin ReportOptions options) {
        Path file = host.resolve(name);
        List<String> header = header(file);
        var problems = new RowProblems(host.err());
        LoadReport report = header.equals(HostingFile.HEADER) ? loadHosting(file, service, metric, replace, problems)
                : loadGeneral(file, service, replace, problems);
        problems.summarise();
        if (options.json) {
            Json.write(host.out(), report.json(problems.count()));
        } else {
            host.out().print(report.text(problems.count()) + "\n");
        }
        return problems.count() == 0 ? ExitCode.OK : report.accepted() == 0 ? ExitCode.USAGE : ExitCode.PARTIAL;
    }

    private LoadReport loadHosting(Path path, String service, String metric, boolean replace, RowProblems problems) {
        HostingFile file = HostingFile.scan(path, host.latestUsage(), problems);
        try (Engine engine = Engine.open(host); Progress progress = Progress.of(host, "Loading", file.rows())) {
            Service owner = engine.ports().services().findByCode(service).orElseGet(() -> setUp(engine.billing(), service));
            return new HostingLoader(engine.billing(), owner, metric, file).load(replace, problems, progress);
        }
    }

    private LoadReport loadGeneral(Path path, String service, boolean replace, RowProblems problems) {
        try (Engine engine = Engine.open(host); Progress progress = Progress.of(host, "Loading", -1)) {
            Service owner = engine.ports().services().findByCode(service).orElseThrow(() -> unknown(service));
            return new GeneralLoader(engine.billing(), owner, path).load(replace, problems, progress);
        }
    }

    private Service setUp(Billing billing, String service) {
        if (!service.equals(SampleCatalogue.SERVICE)) {
            throw unknown(service);
        }
        host.err().println("no service " + service + " yet: setting up the sample catalogue");
        return SampleCatalogue.DEFAULT.findOrSetUp(billing);
    }

    private static InvalidValue unknown(String service) {
        return new InvalidValue("--service", "does not exist: " + service);
    }

    private static List<String> header(Path file) {
        try (CsvRows rows = CsvRows.open(file)) {
            if (!rows.header().equals(HostingFile.HEADER) && !rows.header().equals(GeneralLoader.HEADER)) {
                throw new InvalidValue("FILE", "must have the header " + String.join(",", HostingFile.HEADER) + " or "
                        + String.join(",", GeneralLoader.HEADER) + ", it has " + String.join(",", rows.header()));
            }
            return rows.header();
        }
    }
}
