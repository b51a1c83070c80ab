package com.nexasystems.billing.app;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows as CSV, one by one. */
final class CsvExport {

    private final CsvWriter csv;

    CsvExport(OutputStream out, List<String> header) {
        this.csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(header);
    }

    /** @param row texts that are safe for a spreadsheet, and numbers */
    void add(List<?> row) {
        csv.writeRecord(row.stream()
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
