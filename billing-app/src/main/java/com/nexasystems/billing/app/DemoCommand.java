package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.BillingReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bills a month of a hosting platform from beginning to end, in a schema of its own. */
@Command(name = "demo", description = {"Bills a sample month from beginning to end.",
        "Sets up a catalogue, loads usage, bills the month of the earliest record, and explains an invoice. Works in the",
        "schema billing_demo, which it makes anew each time."})
final class DemoCommand implements Callable<Integer> {

    private static final String SAMPLE = "sample-usage.csv";

    private final Host host;

    @Option(names = "--usage", paramLabel = "FILE.csv[.gz]", description = {
            "Columns customer,deployment,hour_start,cpu_seconds.",
            "Without it: sample data that ships with the application."})
    private Optional<String> usage;

    @Mixin
    private DemoPlan plan;

    @Mixin
    private ReportOptions report;

    DemoCommand(Host host) {
        this.host = host;
    }

    static CommandLine line(Host host) {
        return new CommandLine(new DemoCommand(host)).addSubcommand(new DemoShadowCommand(host))
                .addSubcommand(new DemoLedgerCommand(host));
    }

    @Override
    public Integer call() throws IOException {
        SampleCatalogue catalogue = plan.catalogue();
        if (usage.isPresent()) {
            return run(catalogue, host.resolve(usage.get()));
        }
        Path sample = Files.createTempFile("billing-sample", ".csv");
        try (InputStream shipped = DemoCommand.class.getResourceAsStream(SAMPLE)) {
            Files.copy(shipped, sample, StandardCopyOption.REPLACE_EXISTING);
            return run(catalogue, sample);
        } finally {
            Files.delete(sample);
        }
    }

    /** All that can be wrong with options and file is found before the database is touched. */
    private int run(SampleCatalogue catalogue, Path path) {
        var problems = new RowProblems(host.err());
        HostingFile file = HostingFile.scan(path, host.latestUsage(), problems);
        try (Engine engine = Engine.openDemo(host)) {
            return run(engine, catalogue, file, problems);
        }
    }

    private int run(Engine engine, SampleCatalogue catalogue, HostingFile file, RowProblems problems) {
        Service service = catalogue.findOrSetUp(engine.billing());
        LoadReport loaded;
        try (Progress progress = Progress.of(host, "Loading", file.rows())) {
            loaded = new HostingLoader(engine.billing(), service, SampleCatalogue.METRIC, file)
                    .load(false, problems, progress);
        }
        problems.summarise();
        YearMonth month = YearMonth.from(file.firstMonth().atZone(ZoneOffset.UTC));
        var summary = new DemoSummary();
        BillingReport billed = bill(engine, month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC), summary);
        if (report.json) {
            Json.write(host.out(), summary.json());
        } else {
            new DemoReport(host.out(), month).print(engine, summary, loaded.text(problems.count()));
        }
        FailureText.print(host, billed.failures(), billed.failed());
        return problems.count() == 0 && billed.failed() == 0 ? ExitCode.OK : ExitCode.PARTIAL;
    }

    private BillingReport bill(Engine engine, Instant end, DemoSummary summary) {
        BillingReport drafted;
        try (Progress progress = Progress.of(host, "Billing", engine.billing().billingRun().countDue(end))) {
            drafted = engine.billing().billingRun().run(end, engine.workers(), draft -> {
                summary.add(draft);
                progress.step(1);
            });
        }
        engine.billing().finalise().finalise(end.plus(engine.settings().grace()), invoice -> { });
        return drafted;
    }
}
