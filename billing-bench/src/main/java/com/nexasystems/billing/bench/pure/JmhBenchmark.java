package com.nexasystems.billing.bench.pure;

import com.nexasystems.billing.bench.Benchmark;
import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Figure;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.bench.Measurement.Better;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
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

    @Override
    public List<Measurement> run(Effort effort) throws RunnerException {
        Collection<RunResult> results = new Runner(options(effort).build()).run();
        return List.of(
                new Measurement("time", "ns", Better.LESS, time(results, "baseline"), time(results, "ours")),
                new Measurement("memory", "B", Better.LESS, memory(results, "baseline"), memory(results, "ours")));
    }

    /** Many short iterations: one that the machine disturbs is then one of many. */
    private ChainedOptionsBuilder options(Effort effort) {
        boolean full = effort == Effort.FULL;
        ChainedOptionsBuilder options = new OptionsBuilder().include(Pattern.quote(type.getName()) + "\\.")
                .forks(full ? 3 : 1).warmupIterations(full ? 4 : 2).warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(full ? 40 : 20).measurementTime(TimeValue.milliseconds(50))
                .shouldFailOnError(true).verbosity(VerboseMode.SILENT).addProfiler(GCProfiler.class)
                .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");
        params.forEach(options::param);
        return options;
    }

    private static Figure time(Collection<RunResult> results, String method) {
        return figure(results, method, IterationResult::getPrimaryResult);
    }

    private static Figure memory(Collection<RunResult> results, String method) {
        return figure(results, method, iteration -> iteration.getSecondaryResults().get("gc.alloc.rate.norm"));
    }

    private static Figure figure(Collection<RunResult> results, String method, Function<IterationResult, Result<?>> figure) {
        return Figure.of(results.stream().filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> figure.apply(iteration).getScore()).toArray());
    }
}
