package com.nexasystems.billing.app;

import com.nexasystems.billing.rating.SimulatedCustomer;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A simulation's customers as CSV, row by row. */
final class CsvExport {

    private final CustomerColumns columns;
    private final CsvWriter csv;

    CsvExport(OutputStream out, CustomerColumns columns) {
        this.columns = columns;
        this.csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(columns.header());
    }

    void add(SimulatedCustomer customer) {
        csv.writeRecord(columns.row(customer).stream()
                .map(cell -> cell instanceof BigDecimal decimal ? decimal.toPlainString() : cell.toString()).toList());
    }

    void end() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
