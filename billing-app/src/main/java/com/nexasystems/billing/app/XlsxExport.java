package com.nexasystems.billing.app;

import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.SimulatedCustomer;
import com.nexasystems.billing.rating.SimulationReport;
import java.io.OutputStream;
import java.util.Currency;
import java.util.List;

/** A simulation as a workbook: the customers, written row by row and never held, and then a sheet with the totals. */
final class XlsxExport {

    private final XlsxSheets sheets;
    private final CustomerColumns columns;

    XlsxExport(OutputStream out, CustomerColumns columns, Currency currency) {
        int decimals = currency.getDefaultFractionDigits();
        this.sheets = new XlsxSheets(out, "#,##0" + (decimals == 0 ? "" : "." + "0".repeat(decimals)));
        this.columns = columns;
        sheets.begin(columns.header(), "Customers");
    }

    void add(SimulatedCustomer customer) {
        sheets.add(columns.row(customer));
    }

    void end(SimulationReport report, DayRange days) {
        sheets.begin(List.of("", "before", "after", "difference", "currency"), "Totals");
        report.prices().parts().forEach((part, change) -> total(SheetText.safe(CustomerColumns.partName(part)), change));
        total("total", report.prices().total());
        sheets.add(List.of("plan", SheetText.safe(report.plan().value())));
        sheets.add(List.of("period", days.toString()));
        group("customers who would pay less", report.paysLess());
        group("customers who would pay more", report.paysMore());
        group("customers who would pay the same", report.paysTheSame());
        sheets.add(List.of("subscriptions", report.subscriptions()));
        sheets.add(List.of("billing periods", report.periods()));
        sheets.add(List.of("of them cut short", report.cutPeriods()));
        sheets.finish();
    }

    private void total(String name, PriceChange change) {
        sheets.add(List.of(name, change.before().amount(), change.after().amount(), change.difference().amount(),
                change.before().currency().getCurrencyCode()));
    }

    private void group(String name, SimulationReport.Group group) {
        sheets.add(List.of(name, group.customers(), "", group.difference().amount()));
    }
}
