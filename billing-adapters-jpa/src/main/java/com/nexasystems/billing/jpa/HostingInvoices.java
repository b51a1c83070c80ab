package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.jpa.HostingCells.Unreadable;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourceRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Puts invoices and their items together, of which each comes from a query of its own, in the order of the invoices. */
final class HostingInvoices {

    private final ResultSet invoices;
    private final ResultSet items;
    private boolean hasItem;

    HostingInvoices(ResultSet invoices, ResultSet items) throws SQLException {
        this.invoices = invoices;
        this.items = items;
        this.hasItem = items.next();
    }

    void tell(HostingPages<SourceInvoice> pages) throws SQLException {
        while (invoices.next()) {
            String id = invoices.getString("id");
            List<SourceRow<SourceItem>> items = itemsOf(id);
            pages.add(HostingPages.row(id, () -> HostingRows.invoice(new HostingCells(invoices, ""), readable(items))),
                    items.size());
        }
        if (hasItem) {
            throw new PortFailure(PortFailure.Effect.NONE, "invoice_items.invoice_id is not sorted as invoices.id is: "
                    + "the item " + items.getString("id") + " was passed over; declare both columns alike", null);
        }
    }

    private List<SourceRow<SourceItem>> itemsOf(String invoice) throws SQLException {
        var rows = new ArrayList<SourceRow<SourceItem>>();
        while (hasItem && items.getString("invoice_id").equals(invoice)) {
            String id = items.getString("id");
            rows.add(HostingPages.row(id, () -> HostingRows.item(new HostingCells(items, "item " + id + ": "))));
            hasItem = items.next();
        }
        return rows;
    }

    /** An invoice without one of its items would be another invoice. */
    private static List<SourceItem> readable(List<SourceRow<SourceItem>> rows) throws Unreadable {
        var items = new ArrayList<SourceItem>();
        for (SourceRow<SourceItem> row : rows) {
            if (row.value().isEmpty()) {
                throw new Unreadable("invoice_items", row.problem().orElseThrow());
            }
            items.add(row.value().get());
        }
        return items;
    }
}
