package com.nexasystems.billing.bench.pure;

import com.nexasystems.billing.bench.Benchmark;
import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Figure;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.bench.Measurement.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a class of JMH benchmarks with the methods {@code baseline} and {@code ours}.
 *
 * @param params values of the class's parameters
 */
record JmhBenchmark(String name, Class<?> type, Map<String, String> params) implements Benchmark {

    static JmhBenchmark of(String name, Class<?> type) {
        return new JmhBenchmark(name, type, Map.of());
    }

    static JmhBenchmark of(String name, Class<?> type, String param, String value) {
        return new JmhBenchmark(name, type, Map.of(param, value));
    }

    @Override
    public String baseline() {
        return "bare BigDecimal arithmetic";
    }

    /** Each turn starts a virtual machine for the baseline and one for ours: no two compile alike. */
    @Override
    public List<Measurement> run(Effort effort) throws RunnerException {
        var results = new ArrayList<RunResult>();
        for (int turn = 0; turn < (effort == Effort.QUICK ? 1 : 3); turn++) {
            results.addAll(new Runner(options(effort).build()).run());
        }
        return List.of(measurement("processor time", "ns", results, ProcessorTime.LABEL),
                measurement("allocated", "B", results, "gc.alloc.rate.norm"));
    }

    /** Many short iterations: one that the machine disturbs is then one of many. */
    private ChainedOptionsBuilder options(Effort effort) {
        boolean full = effort != Effort.QUICK;
        ChainedOptionsBuilder options = new OptionsBuilder().include(Pattern.quote(type.getName()) + "\\.")
                .forks(1).warmupIterations(full ? 4 : 2).warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(full ? 40 : 20).measurementTime(TimeValue.milliseconds(50))
                .shouldFailOnError(true).verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class).addProfiler(ProcessorTime.class)
                .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");
        params.forEach(options::param);
        return options;
    }

    private static Measurement measurement(String what, String unit, List<RunResult> results, String label) {
        return new Measurement(what, unit, Better.LESS, figure(results, "baseline", label), figure(results, "ours", label));
    }

    private static Figure figure(List<RunResult> results, String method, String label) {
        return Figure.of(results.stream().filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getSecondaryResults().get(label).getScore()).toArray());
    }
}
