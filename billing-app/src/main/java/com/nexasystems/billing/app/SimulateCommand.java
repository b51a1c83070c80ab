package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.SimulationReport;
import com.nexasystems.billing.rating.SimulationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What another price list would have changed, and for whom. */
@Command(name = "simulate", description = {"Rates past usage under a changed plan: what would have changed, and for whom.",
        "Compares lines as invoices round them, before tax, and what each charge explains of the difference. Writes",
        "nothing but the files that are asked for."},
        footer = {"", "Example:", "  ./billing simulate --example > plan.json",
                "  ./billing simulate --plan plan.json --period 2026-03 --svg change.svg"})
final class SimulateCommand implements Callable<Integer> {

    private static final String EXAMPLE = "example-plan.json";

    private final Host host;

    @Option(names = "--plan", paramLabel = "FILE",
            description = "The plan as it would be: a JSON object in Lago's spelling.")
    private Optional<String> file;

    @Option(names = "--period", paramLabel = "FROM..TO", description = {
            "Months (YYYY-MM) or days (YYYY-MM-DD), the last one included; days are those of the customer's time zone.",
            "One alone stands for both. Of a billing period that it cuts, the part inside counts."})
    private Optional<String> period;

    @Option(names = "--from-plan", paramLabel = "CODE", description = "The plan whose customers are looked at (default: the"
            + " code in FILE).")
    private Optional<String> fromPlan;

    @Option(names = "--example", description = "Prints a plan file to begin with, and does nothing else.")
    private boolean example;

    @Mixin
    private SimulationFiles files;

    @Mixin
    private ReportOptions report;

    SimulateCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        if (example) {
            host.out().print(example());
            return ExitCode.OK;
        }
        Path path = host.resolve(file.orElseThrow(() -> new InvalidValue("--plan", "is mandatory")));
        DayRange days = DayRange.parse(period.orElseThrow(() -> new InvalidValue("--period", "is mandatory")));
        Plan changed = PlanFile.read(path);
        try (Engine engine = Engine.open(host)) {
            var request = new SimulationRequest(plan(engine.ports(), changed), changed, days.first(), days.last());
            String title = "Plan " + request.plan() + " as in " + path.getFileName();
            var ranking = new Ranking();
            SimulationReport found = simulate(engine.billing(), request, ranking, title, days);
            if (report.json) {
                Json.write(host.out(), SimulationJson.of(found, ranking, days));
            } else {
                new SimulationText(host.out()).print(found, ranking, title, SimulationFiles.subtitle(found, days));
            }
            note(found, days);
        }
        return ExitCode.OK;
    }

    private SimulationReport simulate(Billing billing, SimulationRequest request, Ranking ranking, String title,
                                      DayRange days) {
        long total = billing.ports().subscriptions().countOnPlan(request.plan());
        try (SimulationFiles open = files; Progress progress = Progress.of(host, "Simulating", total)) {
            open.begin(host, billing.simulate().nothing(request));
            SimulationReport found = billing.simulate().simulate(request, customer -> {
                ranking.add(customer);
                open.add(customer);
                progress.step(customer.subscriptions());
            });
            open.complete(found, title, days);
            return found;
        }
    }

    private PlanCode plan(Ports ports, Plan changed) {
        PlanCode code = fromPlan.map(PlanCode::new).orElse(changed.code());
        if (ports.plans().find(code).isEmpty()) {
            throw new InvalidValue("--from-plan", fromPlan.isPresent() ? "does not exist: " + code
                    : "is mandatory, since the plan of the file does not exist: " + code);
        }
        return code;
    }

    private void note(SimulationReport found, DayRange days) {
        if (found.cutPeriods() > 0) {
            host.err().println("note: " + found.cutPeriods() + " of " + found.periods() + " billing periods are cut by"
                    + " --period; of these the flat price is prorated, but quota and tiers apply in whole");
        }
        if (days.endsAfter(host.clock().instant())) {
            host.err().println("note: --period is not over; usage counts so far, flat prices until its end");
        }
    }

    private static String example() {
        try (InputStream shipped = SimulateCommand.class.getResourceAsStream(EXAMPLE)) {
            return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
