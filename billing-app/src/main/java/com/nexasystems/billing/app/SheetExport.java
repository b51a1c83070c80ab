package com.nexasystems.billing.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows under a header in one of the formats that reports are told in, one by one. Cells are texts, whole numbers
 * ({@link Long}) and decimals; what a text may do to a spreadsheet or a terminal is taken care of here.
 */
sealed interface SheetExport {

    void add(List<?> cells);

    void end();

    /** How rows are told. */
    enum Format {
        TABLE, CSV, XLSX, JSON;

        /** @param header in lower case, with underscores */
        SheetExport to(OutputStream out, String title, List<String> header) {
            return switch (this) {
                case TABLE -> new ForPeople(new PrintStream(out, false, StandardCharsets.UTF_8), header);
                case CSV -> new Csv(out, header);
                case XLSX -> new Xlsx(out, title, header);
                case JSON -> new OneObject(out, header);
            };
        }
    }

    /** The first rows: a table must know all of its rows before its first line. */
    final class ForPeople implements SheetExport {

        private static final int SHOWN = 200;

        private final PrintStream out;
        private final List<String> header;
        private final List<List<?>> first = new ArrayList<>();
        private long all;

        ForPeople(PrintStream out, List<String> header) {
            this.out = out;
            this.header = header;
        }

        @Override
        public void add(List<?> cells) {
            all++;
            if (first.size() < SHOWN) {
                first.add(cells);
            }
        }

        @Override
        public void end() {
            if (!first.isEmpty()) {
                Table.print(out, header.stream().map(ForPeople::title).toList(),
                        first.stream().map(cells -> cells.stream().map(ForPeople::text).toList()).toList(),
                        IntStream.range(0, header.size()).filter(this::holdsNumbers).boxed().toArray(Integer[]::new));
            }
            if (all > SHOWN) {
                out.print("… and " + (all - SHOWN) + " more rows; --format csv, xlsx and json have all of them\n");
            } else if (all == 0) {
                out.print("0 rows\n");
            }
            out.flush();
        }

        private boolean holdsNumbers(int column) {
            return first.stream().anyMatch(cells -> !(cells.get(column) instanceof String));
        }

        private static String title(String name) {
            String title = name.replaceAll("(?<=[0-9])_(?=[0-9])", "-").replace('_', ' ');
            return Character.toUpperCase(title.charAt(0)) + title.substring(1);
        }

        private static String text(Object cell) {
            return cell instanceof BigDecimal decimal ? decimal.toPlainString() : ImportText.printable(cell.toString());
        }
    }

    /** Comma-separated values. */
    final class Csv implements SheetExport {

        private final CsvExport csv;

        Csv(OutputStream out, List<String> header) {
            this.csv = new CsvExport(out, header);
        }

        @Override
        public void add(List<?> cells) {
            csv.add(cells.stream().map(cell -> cell instanceof String text ? SheetText.safe(text) : cell).toList());
        }

        @Override
        public void end() {
            csv.end();
        }
    }

    /** A workbook. */
    final class Xlsx implements SheetExport {

        /** More than that a spreadsheet program does not keep of a number. */
        private static final int MOST_DIGITS = 15;

        private final XlsxSheets sheets;

        Xlsx(OutputStream out, String title, List<String> header) {
            this.sheets = new XlsxSheets(out, "#,##0.00##");
            sheets.begin(header, title);
        }

        @Override
        public void add(List<?> cells) {
            sheets.add(cells.stream().map(Xlsx::cell).toList());
        }

        private static Object cell(Object cell) {
            if (cell instanceof BigDecimal decimal && decimal.precision() > MOST_DIGITS) {
                return decimal.toPlainString();
            }
            return cell instanceof String text ? SheetText.safe(text) : cell;
        }

        @Override
        public void end() {
            sheets.finish();
        }
    }

    /** One JSON object, with a row on each line; decimals are texts. */
    final class OneObject implements SheetExport {

        private final JsonRows rows;
        private final List<String> header;

        OneObject(OutputStream out, List<String> header) {
            this.rows = new JsonRows(out);
            this.header = header;
        }

        @Override
        public void add(List<?> cells) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(header.get(i), cells.get(i) instanceof BigDecimal decimal ? decimal.toPlainString() : cells.get(i));
            }
            rows.add(row);
        }

        @Override
        public void end() {
            rows.end();
        }
    }
}
