package com.nexasystems.billing.bench;

import com.nexasystems.billing.bench.load.HttpBenchmarks;
import com.nexasystems.billing.bench.load.LoadBenchmarks;
import com.nexasystems.billing.bench.pure.PureBenchmarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line: measures, and reports in a table or as JSON. */
@Command(name = "billing bench", description = "Measures the engine. Every figure stands beside a baseline of the same run.",
        footerHeading = "%nExit codes:%n",
        footer = {"  0  all was measured",
                "  1  something could not be measured; the rest was",
                "  2  wrong options; nothing was done",
                "",
                "Figures mean something on an idle machine only. How they are taken: docs/benchmarks.md."})
public final class BenchCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int PARTIAL = 1;
    private static final int USAGE = 2;

    /** Which benchmarks. */
    enum Part { PURE, LOAD, HTTP, ALL }

    @Parameters(index = "0", arity = "0..1", defaultValue = "pure", paramLabel = "PART",
            description = "pure: arithmetic, in memory; load: against a PostgreSQL that is started for it; http: taking"
                    + " usage in over HTTP; all: everything (default: ${DEFAULT-VALUE}).")
    private Part part;

    @Option(names = "--quick", description = "Measures briefly: good to see that nothing is badly"
            + " wrong, too coarse to quote.")
    private boolean quick;

    @Option(names = "--long", description = "Measures also a company of a million subscriptions.")
    private boolean lasting;

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
            description = "Only benchmarks whose name contains this text.")
    private String only;

    @Option(names = "--json", description = "Reports as one JSON object on standard output.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    private BenchCommand() {
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(110)
                .execute(args));
    }

    @Override
    public Integer call() {
        List<Benchmark> chosen = benchmarks().filter(benchmark -> contains(benchmark.name(), only)).toList();
        if (chosen.isEmpty()) {
            System.err.println("billing: no such benchmark");
            return USAGE;
        }
        Machine machine = Machine.now();
        if (machine.isBusy()) {
            System.err.println("billing: the machine is busy, so figures will be too high and wide apart");
        }
        Effort effort = quick ? Effort.QUICK : lasting ? Effort.LONG : Effort.FULL;
        var report = new Report(machine, effort, measure(chosen, effort));
        if (json) {
            report.json(System.out);
        } else {
            report.table(System.out);
        }
        List<Exception> failures = report.results().stream().flatMap(result -> result.failure().stream()).toList();
        failures.forEach(failure -> failure.printStackTrace(System.err));
        return failures.isEmpty() ? OK : PARTIAL;
    }

    private static List<Result> measure(List<Benchmark> chosen, Effort effort) {
        var results = new ArrayList<Result>();
        for (Benchmark benchmark : chosen) {
            System.err.printf(Locale.ROOT, "%d of %d: %s%n", results.size() + 1, chosen.size(), benchmark.name());
            results.add(Result.of(benchmark, effort));
        }
        return results;
    }

    private Stream<Benchmark> benchmarks() {
        return Stream.of(of(Part.PURE, PureBenchmarks.all()), of(Part.LOAD, LoadBenchmarks.all()),
                of(Part.HTTP, HttpBenchmarks.all())).flatMap(List::stream);
    }

    private List<Benchmark> of(Part own, List<Benchmark> benchmarks) {
        return part == own || part == Part.ALL ? benchmarks : List.of();
    }

    private static boolean contains(String name, String text) {
        return name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
