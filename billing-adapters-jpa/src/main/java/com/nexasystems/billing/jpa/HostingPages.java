package com.nexasystems.billing.jpa;

import com.nexasystems.billing.jpa.HostingCells.Unreadable;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers rows, and tells them a page at a time. */
final class HostingPages<T> {

    /** Makes a row of the cells it stands on. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws SQLException, Unreadable;
    }

    private final Consumer<List<SourceRow<T>>> page;
    private List<SourceRow<T>> rows = new ArrayList<>();
    private int parts;

    HostingPages(Consumer<List<SourceRow<T>>> page) {
        this.page = page;
    }

    /** @param id null if the row has none */
    void add(String id, Reading<T> reading) throws SQLException {
        add(row(id, reading), 0);
    }

    /** @param more parts that the row holds beside itself; a page has no more of both than a page of rows, or one row */
    void add(SourceRow<T> row, int more) {
        if (!rows.isEmpty() && parts + 1 + more > SourceApplication.PAGE) {
            tell();
        }
        rows.add(row);
        parts += 1 + more;
    }

    static <T> SourceRow<T> row(String id, Reading<T> reading) throws SQLException {
        if (id == null) {
            return SourceRow.unreadable("", "id: is missing");
        }
        try {
            return SourceRow.of(id, reading.read());
        } catch (Unreadable e) {
            return SourceRow.unreadable(id, e.getMessage());
        }
    }

    /** What is left. */
    void end() {
        if (!rows.isEmpty()) {
            tell();
        }
    }

    /** Holds nothing of the page while it is told, and afterwards. */
    private void tell() {
        List<SourceRow<T>> full = List.copyOf(rows);
        rows = new ArrayList<>();
        parts = 0;
        page.accept(full);
    }
}
