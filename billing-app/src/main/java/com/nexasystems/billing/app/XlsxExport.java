package com.nexasystems.billing.app;

import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.SimulatedCustomer;
import com.nexasystems.billing.rating.SimulationReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A simulation as a workbook: the customers, written row by row and never held, and then a sheet with the totals. */
final class XlsxExport {

    private static final int FLUSHED = 500;
    private static final int MOST_ROWS = 1_048_576;
    private static final int WIDTH = 16;

    private final Workbook workbook;
    private final CustomerColumns columns;
    private final String format;
    private Worksheet sheet;
    private int sheets;
    private int rows;

    XlsxExport(OutputStream out, CustomerColumns columns, Currency currency) {
        this.workbook = new Workbook(out, "billing", null);
        this.columns = columns;
        int decimals = currency.getDefaultFractionDigits();
        this.format = "#,##0" + (decimals == 0 ? "" : "." + "0".repeat(decimals));
        begin(columns.header(), "Customers");
    }

    void add(SimulatedCustomer customer) {
        try {
            if (rows == MOST_ROWS) {
                sheet.finish();
                begin(columns.header(), "Customers " + (sheets + 1));
            }
            write(columns.row(customer));
            if (rows % FLUSHED == 0) {
                sheet.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end(SimulationReport report, DayRange days) {
        try {
            sheet.finish();
            begin(List.of("", "before", "after", "difference", "currency"), "Totals");
            report.prices().parts().forEach((part, change) -> total(SheetText.safe(CustomerColumns.partName(part)), change));
            total("total", report.prices().total());
            write(List.of("plan", SheetText.safe(report.plan().value())));
            write(List.of("period", days.toString()));
            group("customers who would pay less", report.paysLess());
            group("customers who would pay more", report.paysMore());
            group("customers who would pay the same", report.paysTheSame());
            write(List.of("subscriptions", report.subscriptions()));
            write(List.of("billing periods", report.periods()));
            write(List.of("of them cut short", report.cutPeriods()));
            sheet.finish();
            workbook.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void total(String name, PriceChange change) {
        write(List.of(name, change.before().amount(), change.after().amount(), change.difference().amount(),
                change.before().currency().getCurrencyCode()));
    }

    private void group(String name, SimulationReport.Group group) {
        write(List.of(name, group.customers(), "", group.difference().amount()));
    }

    private void begin(List<String> header, String name) {
        sheet = workbook.newWorksheet(name);
        sheets++;
        rows = 0;
        for (int column = 0; column < header.size(); column++) {
            sheet.width(column, WIDTH);
            sheet.style(0, column).bold().set();
        }
        sheet.freezePane(0, 1);
        write(header);
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
