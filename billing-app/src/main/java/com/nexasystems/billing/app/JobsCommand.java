package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.production.CompleteJob.Outcome;
import com.nexasystems.billing.production.LookAtJobs.Blocked;
import com.nexasystems.billing.production.LookAtJobs.BlockedPage;
import com.nexasystems.billing.production.LookAtJobs.View;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Production jobs, which are completed through a gate. */
@Command(name = "jobs", description = "Completes production jobs, and says what stands in their way.")
final class JobsCommand {

    private static final int SHOWN = 100;
    private static final int PAGE = 500;
    private static final int LONGEST_ROLE = 64;
    private static final int LONGEST_REASON = 2000;

    private final Host host;

    @Mixin
    private HelpOption help;

    JobsCommand(Host host) {
        this.host = host;
    }

    /** How blocked jobs are told. */
    enum Format { TABLE, CSV, JSON }

    @Command(name = "complete", description = {"Marks a job done, if its gate opens, and makes the certificates that it"
            + " requires.", "Exit code 1 says that the gate is closed: it tells what is missing and the way out, and nothing"
            + " was changed.", "Again, it makes what is missing, and changes nothing else."})
    int complete(
            @Mixin ServiceOption service,
            @Parameters(paramLabel = "NUMBER", description = "Number of the job.") String number,
            @Mixin ByOption by,
            @Option(names = "--bypass-reason", paramLabel = "TEXT", description = "Completes it whatever the gate says; why"
                    + " stands on the audit trail.") Optional<String> reason,
            @Option(names = "--role", paramLabel = "ROLE", description = "In which that is decided; it has to be manager.")
                    Optional<String> role,
            @Mixin ReportOptions options) {
        Actor actor = by.actor();
        Optional<Bypass> bypass = bypass(actor, reason, role);
        try (Engine engine = Engine.open(host)) {
            Outcome outcome = engine.billing().completions().complete(service.find(engine).id(), number, actor, bypass);
            if (options.json) {
                Json.write(host.out(), ProductionText.json(outcome));
            } else {
                ProductionText.print(host.out(), outcome);
            }
            return outcome.gate().opens() ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    private static Optional<Bypass> bypass(Actor actor, Optional<String> reason, Optional<String> role) {
        if (reason.isEmpty() && role.isPresent()) {
            throw new InvalidValue("--bypass-reason", "is mandatory with --role");
        }
        role.ifPresent(text -> InvalidValue.checkText("--role", text, LONGEST_ROLE));
        return reason.map(text -> new Bypass(actor, role, InvalidValue.checkText("--bypass-reason", text, LONGEST_REASON)));
    }

    @Command(name = "show", description = "Shows a job, and all that is missing of it and of its certificates.")
    int show(
            @Mixin ServiceOption service,
            @Parameters(paramLabel = "NUMBER", description = "Number of the job.") String number,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            View view = engine.billing().jobViews().at(service.find(engine).id(), number);
            if (options.json) {
                Json.write(host.out(), ProductionText.json(view));
            } else {
                ProductionText.print(host.out(), view);
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "blocked", description = "Lists the open jobs that their gate would refuse.")
    int blocked(
            @Mixin ServiceOption service,
            @Option(names = "--format", paramLabel = "FORMAT", description = "table, csv or json (default: table).")
                    Optional<String> format,
            @Option(names = "--out", paramLabel = "FILE", description = "Writes a file instead of standard output.")
                    Optional<String> file,
            @Mixin ReportOptions options) {
        Format chosen = format.map(text -> OptionText.oneOf("--format", Format.class, text))
                .orElse(options.json ? Format.JSON : Format.TABLE);
        if (chosen == Format.TABLE && file.isPresent()) {
            throw new InvalidValue("--format", "has to be csv or json with --out");
        }
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            if (file.isEmpty()) {
                write(engine, owner, chosen, host.out());
            } else {
                try (ExportFile open = ExportFile.open("--out", host.resolve(file.get()))) {
                    write(engine, owner, chosen, open.out());
                    open.complete();
                }
                host.err().println("written: " + file.get());
            }
        }
        return ExitCode.OK;
    }

    private void write(Engine engine, Service owner, Format format, OutputStream out) {
        switch (format) {
            case CSV -> {
                var csv = new CsvExport(out, ProductionText.BLOCKED);
                each(engine, owner, blocked -> ProductionText.rows(blocked).forEach(csv::add));
                csv.end();
            }
            case JSON -> ProductionText.write(out, Json.object("jobs", all(engine, owner).stream().map(ProductionText::json)
                    .toList()));
            case TABLE -> printTable(all(engine, owner));
        }
    }

    private static List<Blocked> all(Engine engine, Service owner) {
        var all = new ArrayList<Blocked>();
        each(engine, owner, all::add);
        return all;
    }

    private static void each(Engine engine, Service owner, Consumer<Blocked> consumer) {
        Optional<String> after = Optional.empty();
        do {
            BlockedPage page = engine.billing().jobViews().blocked(owner.id(), after, PAGE);
            page.jobs().forEach(consumer);
            after = page.next();
        } while (after.isPresent());
    }

    private void printTable(List<Blocked> all) {
        if (!all.isEmpty()) {
            Table.print(host.out(), List.of("Job", "Order", "Received", "Done", "Scrapped", "Rejected", "Check"),
                    all.stream().limit(SHOWN).map(ProductionText::row).toList(), 2, 3, 4, 5);
        }
        host.out().print(all.size() + (all.size() == 1 ? " job is" : " jobs are") + " blocked"
                + (all.size() > SHOWN ? ", of which these are the first; --format csv and json have all of them" : "")
                + (all.isEmpty() ? "" : "; 'billing jobs show NUMBER' tells what is missing, and the way out") + "\n");
    }
}
