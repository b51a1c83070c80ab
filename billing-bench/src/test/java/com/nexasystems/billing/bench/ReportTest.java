package com.nexasystems.billing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nexasystems.billing.bench.Measurement.Better;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Machine MACHINE = new Machine("A JVM 17", "Linux 6 x", 2, 0.25);

    private final Report report = new Report(MACHINE, Effort.QUICK, List.of(
            Result.of(new Sample("rate", List.of(new Measurement("time", "ns", Better.LESS, new Figure(100, 4),
                    new Figure(250, 9)))), Effort.QUICK),
            Result.of(new Sample("ingest", List.of(new Measurement("speed", "rows/s", Better.MORE, new Figure(9, 0.5),
                    new Figure(6000, 100)))), Effort.QUICK),
            Result.of(new Sample("broken", List.of()), Effort.QUICK)));

    @Test
    void the_table_shows_every_measurement_beside_its_baseline() {
        assertThat(printed(report::table)).contains(
                "| rate   | the least | time     |       100 ± 4 ns |         250 ± 9 ns |  2.50 |",
                "| ingest | the least | speed    | 9.0 ± 0.5 rows/s | 6,000 ± 100 rows/s |  0.00 |",
                "A JVM 17, Linux 6 x, 2 processors, load 0.3 before it began");
    }

    @Test
    void a_benchmark_that_fails_does_not_hide_the_others() throws IOException {
        JsonNode json = new ObjectMapper().readTree(printed(report::json));

        assertThat(json.at("/benchmarks/0/measurements/0/ratio").doubleValue()).isEqualTo(2.5);
        assertThat(json.at("/benchmarks/0/measurements/0/ours/spread").doubleValue()).isEqualTo(9);
        assertThat(json.at("/benchmarks/2/measurements")).isEmpty();
        assertThat(json.at("/benchmarks/2/failure").textValue()).contains("broken");
    }

    private static String printed(Consumer<PrintStream> printing) {
        var bytes = new ByteArrayOutputStream();
        printing.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private record Sample(String name, List<Measurement> measurements) implements Benchmark {

        @Override
        public String baseline() {
            return "the least";
        }

        @Override
        public List<Measurement> run(Effort effort) {
            if (measurements.isEmpty()) {
                throw new IllegalStateException(name);
            }
            return measurements;
        }
    }
}
