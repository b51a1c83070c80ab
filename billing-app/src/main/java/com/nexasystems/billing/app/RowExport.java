package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.ReconciledRow;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows of a comparison in one of the formats that they are told in, one by one. */
sealed interface RowExport {

    void add(ReconciledRow row);

    void end();

    /** How rows are told. */
    enum Format {
        TABLE, CSV, XLSX, JSON;

        RowExport to(OutputStream out) {
            return switch (this) {
                case TABLE -> new ForPeople(new PrintStream(out, false, StandardCharsets.UTF_8));
                case CSV -> new Csv(out);
                case XLSX -> new Xlsx(out);
                case JSON -> new OneObject(out);
            };
        }
    }

    /** The first rows: a table must know all of its rows before its first line. */
    final class ForPeople implements RowExport {

        private static final int SHOWN = 100;

        private final PrintStream out;
        private final List<ReconciledRow> first = new ArrayList<>();
        private long all;

        ForPeople(PrintStream out) {
            this.out = out;
        }

        @Override
        public void add(ReconciledRow row) {
            all++;
            if (first.size() < SHOWN) {
                first.add(row);
            }
        }

        @Override
        public void end() {
            if (!first.isEmpty()) {
                ReconciliationText.printRows(out, first);
            }
            out.print(all > SHOWN ? "… and " + (all - SHOWN) + " more rows; --format csv, xlsx and json have all of them\n"
                    : all + (all == 1 ? " row\n" : " rows\n"));
            out.flush();
        }
    }

    /** Comma-separated values. */
    final class Csv implements RowExport {

        private final CsvExport csv;

        Csv(OutputStream out) {
            this.csv = new CsvExport(out, RowColumns.header());
        }

        @Override
        public void add(ReconciledRow row) {
            csv.add(RowColumns.row(row));
        }

        @Override
        public void end() {
            csv.end();
        }
    }

    /** A workbook. */
    final class Xlsx implements RowExport {

        private final XlsxSheets sheets;

        Xlsx(OutputStream out) {
            this.sheets = new XlsxSheets(out, "#,##0.00##");
            sheets.begin(RowColumns.header(), "Rows");
        }

        @Override
        public void add(ReconciledRow row) {
            sheets.add(RowColumns.row(row));
        }

        @Override
        public void end() {
            sheets.finish();
        }
    }

    /** One JSON object, with a row on each line. */
    final class OneObject implements RowExport {

        private final JsonRows rows;

        OneObject(OutputStream out) {
            this.rows = new JsonRows(out);
        }

        @Override
        public void add(ReconciledRow row) {
            rows.add(ReconciliationText.json(row));
        }

        @Override
        public void end() {
            rows.end();
        }
    }
}
