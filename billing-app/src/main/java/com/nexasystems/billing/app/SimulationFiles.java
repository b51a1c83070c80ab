package com.nexasystems.billing.app;

import com.nexasystems.billing.rating.PriceComparison;
import com.nexasystems.billing.rating.SimulatedCustomer;
import com.nexasystems.billing.rating.SimulationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The files that a simulation is written to, customer by customer; they appear together, when all is done. */
final class SimulationFiles implements AutoCloseable {

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes a row for every customer.")
    private Optional<String> csvName = Optional.empty();

    @Option(names = "--xlsx", paramLabel = "FILE", description = "Writes a workbook: every customer, and the totals.")
    private Optional<String> xlsxName = Optional.empty();

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws what leads from the total before to the one after.")
    private Optional<String> svgName = Optional.empty();

    private final List<ExportFile> files = new ArrayList<>();
    private Optional<CustomerColumns> columns = Optional.empty();
    private Optional<CsvExport> csv = Optional.empty();
    private Optional<XlsxExport> xlsx = Optional.empty();
    private Optional<ExportFile> svg = Optional.empty();

    /** Before anything is computed, so that what cannot be written is found at once. */
    void begin(Host host, PriceComparison nothing) {
        columns = Optional.of(new CustomerColumns(nothing));
        csv = csvName.map(name -> new CsvExport(file(host, "--csv", name).out(),
                columns.get().header()));
        xlsx = xlsxName.map(name -> new XlsxExport(file(host, "--xlsx", name).out(), columns.get(),
                nothing.total().before().currency()));
        svg = svgName.map(name -> file(host, "--svg", name));
    }

    void add(SimulatedCustomer customer) {
        csv.ifPresent(export -> export.add(columns.orElseThrow().row(customer)));
        xlsx.ifPresent(export -> export.add(customer));
    }

    void complete(SimulationReport report, String title, DayRange days) {
        csv.ifPresent(CsvExport::end);
        xlsx.ifPresent(export -> export.end(report, days));
        svg.ifPresent(file -> draw(file, report, title, days));
        files.forEach(ExportFile::complete);
    }

    @Override
    public void close() {
        files.forEach(ExportFile::close);
    }

    static String subtitle(SimulationReport report, DayRange days) {
        return days + ", " + counted(report.customers(), "customer") + ", " + counted(report.periods(), "billing period")
                + ", " + report.prices().total().before().currency().getCurrencyCode() + " before tax";
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private ExportFile file(Host host, String option, String name) {
        ExportFile file = ExportFile.open(option, host.resolve(name));
        files.add(file);
        return file;
    }

    private static void draw(ExportFile file, SimulationReport report, String title, DayRange days) {
        try {
            file.out().write(WaterfallSvg.draw(Waterfall.of(report.prices()), title, subtitle(report, days))
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
