package com.nexasystems.billing.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The measurements, for people and for programs.
 *
 * @param machine as it was before they began
 */
record Report(Machine machine, Effort effort, List<Result> results) {

    private static final List<String> HEADERS = List.of("What", "Beside", "Measured", "Baseline", "Ours", "Ratio");
    private static final int FIRST_NUMBER = 3;

    void table(PrintStream out) {
        Column[] columns = new Column[HEADERS.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Column().header(HEADERS.get(i)).headerAlign(HorizontalAlign.LEFT).maxWidth(60)
                    .dataAlign(i < FIRST_NUMBER ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT);
        }
        Object[][] rows = results.stream()
                .flatMap(result -> result.measurements().stream().map(measured -> row(result.benchmark(), measured)))
                .toArray(Object[][]::new);
        out.print(AsciiTable.builder().border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS).lineSeparator("\n")
                .data(columns, rows).asString());
        out.printf(Locale.ROOT, "%nRatio: what ours costs, in baselines. Spread (±): half of the interval in which eight"
                + " of ten repetitions lie.%n"
                + "%s, %s, %d processors, load %.1f before it began%n", machine.java(), machine.system(),
                machine.processors(), machine.load());
        out.flush();
    }

    void json(PrintStream out) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("effort", effort.name().toLowerCase(Locale.ROOT));
        report.put("java", machine.java());
        report.put("system", machine.system());
        report.put("processors", machine.processors());
        report.put("load", machine.load());
        report.put("benchmarks", results.stream().map(Report::object).toList());
        try {
            new ObjectMapper().configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false).writeValue(out, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.flush();
    }

    private static Object[] row(Benchmark benchmark, Measurement measured) {
        return new Object[] {benchmark.name(), benchmark.baseline(), measured.what(),
                text(measured.baseline(), measured.unit()), text(measured.ours(), measured.unit()),
                String.format(Locale.ROOT, "%.2f", measured.ratio())};
    }

    private static String text(Figure figure, String unit) {
        String format = figure.value() < 100 ? "%,.1f ± %,.1f %s" : "%,.0f ± %,.0f %s";
        return String.format(Locale.ROOT, format, figure.value(), figure.spread(), unit);
    }

    private static Map<String, Object> object(Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", result.benchmark().name());
        object.put("compared_with", result.benchmark().baseline());
        object.put("measurements", result.measurements().stream().map(Report::object).toList());
        result.failure().ifPresent(failure -> object.put("failure", failure.toString()));
        return object;
    }

    private static Map<String, Object> object(Measurement measured) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("what", measured.what());
        object.put("unit", measured.unit());
        object.put("better", measured.better().name().toLowerCase(Locale.ROOT));
        object.put("baseline", object(measured.baseline()));
        object.put("ours", object(measured.ours()));
        object.put("ratio", measured.ratio());
        return object;
    }

    private static Map<String, Object> object(Figure figure) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("value", figure.value());
        object.put("spread", figure.spread());
        return object;
    }
}
