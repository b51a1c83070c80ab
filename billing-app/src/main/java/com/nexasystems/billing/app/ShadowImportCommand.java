package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.jpa.HostingPlatform;
import com.nexasystems.billing.jpa.HostingPlatformSettings;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.ImportReport;
import com.nexasystems.billing.shadow.SourceApplication;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings an application's rows here. */
@Command(name = "import", description = {"Reads the application's database, which it cannot change, into the shadow.",
        "Safe to repeat and to kill: what is in is found again. Each row stands for itself; a bad one is told, and the",
        "others go in. Exit code 1 says that rows failed."})
final class ShadowImportCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Mixin
    private SourceOptions source;

    @Mixin
    private TermsOptions terms;

    @Option(names = "--problems", paramLabel = "FILE.csv", description = "Writes every row that failed or was skipped.")
    private Optional<String> problems = Optional.empty();

    @Mixin
    private ReportOptions report;

    ShadowImportCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        ImportOptions options = terms.options();
        HostingPlatformSettings settings = source.settings(Settings.of(host));
        try (ProblemsFile file = ProblemsFile.of(problems.map(host::resolve)); Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            try (HostingPlatform platform = SourceOptions.open(settings)) {
                SourceOptions.warnIfRoleCanWrite(host, platform, settings);
                ImportReport imported = run(engine, owner, platform, options, file);
                report(owner, options, imported);
                return imported.failed() == 0 ? ExitCode.OK : ExitCode.PARTIAL;
            }
        }
    }

    private ImportReport run(Engine engine, Service owner, SourceApplication platform, ImportOptions options,
                             ProblemsFile file) {
        try (Progress progress = Progress.of(host, "Importing", platform.counts().all())) {
            ImportReport imported = engine.billing().importShadow().run(owner, platform, options, progress::step, file::add);
            file.complete();
            return imported;
        }
    }

    private void report(Service owner, ImportOptions options, ImportReport imported) {
        if (report.json) {
            Json.write(host.out(), ImportText.json(owner, options, imported));
            return;
        }
        host.out().print(options.dryRun() ? "Would be imported\n" : "Imported\n");
        ImportText.printTallies(host.out(), imported);
        ImportText.printProblems(host.err(), imported);
        if (!options.dryRun()) {
            host.out().print("Go on with\n  ./billing shadow reconcile --service " + owner.code() + "\n");
        }
    }
}
