package com.nexasystems.billing.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A workbook whose rows are written one by one and never held; a sheet that is full goes on on the next one. */
final class XlsxSheets {

    private static final int FLUSHED = 500;
    private static final int MOST_ROWS = 1_048_576;
    private static final int WIDTH = 16;

    private final Workbook workbook;
    private final String format;
    private Worksheet sheet;
    private List<String> header;
    private String name;
    private int part;
    private int rows;

    /** @param format of decimals */
    XlsxSheets(OutputStream out, String format) {
        this.workbook = new Workbook(out, "billing", null);
        this.format = format;
    }

    void begin(List<String> newHeader, String newName) {
        header = newHeader;
        name = newName;
        part = 1;
        open(name);
    }

    private void open(String title) {
        finishSheet();
        sheet = workbook.newWorksheet(title);
        rows = 0;
        for (int column = 0; column < header.size(); column++) {
            sheet.width(column, WIDTH);
            sheet.style(0, column).bold().set();
        }
        sheet.freezePane(0, 1);
        write(header);
    }

    /** @param cells texts that are safe for a spreadsheet, whole numbers ({@link Long}) and decimals */
    void add(List<?> cells) {
        if (rows == MOST_ROWS) {
            part++;
            open(name + " " + part);
        }
        write(cells);
        if (rows % FLUSHED == 0) {
            flush();
        }
    }

    void finish() {
        finishSheet();
        try {
            workbook.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finishSheet() {
        try {
            if (sheet != null) {
                sheet.finish();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        try {
            sheet.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<?> cells) {
        for (int column = 0; column < cells.size(); column++) {
            Object cell = cells.get(column);
            if (cell instanceof BigDecimal decimal) {
                sheet.value(rows, column, decimal);
                sheet.style(rows, column).format(format).set();
            } else if (cell instanceof Long number) {
                sheet.value(rows, column, number);
            } else {
                // A shared text would be held until the end.
                sheet.inlineString(rows, column, cell.toString());
            }
        }
        rows++;
    }
}
