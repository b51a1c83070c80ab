package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.jpa.HostingCells.Unreadable;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The hosting platform, as its PostgreSQL schema has it: the tables {@code users}, {@code plans}, {@code deployments},
 * {@code subscriptions}, {@code usage_records}, {@code invoices} and {@code invoice_items}, or views of these names.
 *
 * <p>Nothing can be written through it: its sessions and each of its transactions are read-only, which the server enforces,
 * and which is looked at before anything is read. The role should have no right to write either, so that this does not
 * depend on one program:
 * <pre>{@code
 * CREATE ROLE billing_reader LOGIN PASSWORD '…';
 * GRANT USAGE ON SCHEMA public TO billing_reader;
 * GRANT SELECT ON public.users, public.plans, public.deployments, public.subscriptions, public.usage_records,
 *     public.invoices, public.invoice_items TO billing_reader;
 * }</pre>
 *
 * <p>Each method reads in one transaction, and so at one moment; two methods read at two. A transaction lasts as long as the
 * listener takes, without a time limit; on a standby server the server may end it ({@code max_standby_streaming_delay}).
 * Rows that row-level security would hide fail the reading, instead of missing from it.
 *
 * <p>Times without a zone, and dates, are UTC. A text of nothing but blanks is none. A row cannot be read if a number is not
 * finite or has more than 40 digits, if a time is infinite or outside the years 1 to 9999, if a text has control characters
 * (other than tabs and line ends) or more than 10 000 characters, or if a value is missing that is needed. An item that
 * cannot be read makes its invoice unreadable. An item of no invoice is told as an invoice that cannot be read, under the
 * item's id, after all invoices. What void and draft invoices bill does not count as billed.
 *
 * <p>May be used by several threads. Close it at the end.
 */
public final class HostingPlatform implements SourceApplication, AutoCloseable {

    private final String schema;
    private final HostingConnections connections;

    private HostingPlatform(String schema, HostingConnections connections) {
        this.schema = schema;
        this.connections = connections;
    }

    /**
     * Connects, and looks whether all that is to be read is there.
     *
     * @throws PortFailure  if the database cannot be reached
     * @throws InvalidValue if the schema is the engine's own, or if a table or column is missing or may not be read; it
     *                      names all of them
     */
    public static HostingPlatform open(HostingPlatformSettings settings) {
        return open(settings, UnaryOperator.identity());
    }

    /** @param watched lets a test see what is asked of the database */
    static HostingPlatform open(HostingPlatformSettings settings, UnaryOperator<DataSource> watched) {
        var connections = new HostingConnections(settings, watched);
        try {
            connections.read(connection -> {
                HostingSchema.check(connection, settings.schema());
                return true;
            });
            return new HostingPlatform(settings.schema(), connections);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** Whether the role could change the platform's tables, if its connection let it: a reason to warn the operator. */
    public boolean roleCanWrite() {
        return connections.read(connection -> HostingSchema.roleCanWrite(connection, schema));
    }

    /** For tests that try to write. */
    HostingConnections connections() {
        return connections;
    }

    /** Exact, but for more than a million rows of usage, of which the database's estimate is told. */
    @Override
    public Counts counts() {
        return connections.read(connection -> Sql.query(connection, HostingQueries.COUNTS, row -> new Counts(
                row.getLong("plans"), row.getLong("users"), row.getLong("subscriptions"), row.getLong("usage"),
                row.getLong("invoices"))).get(0));
    }

    @Override
    public void plans(Consumer<List<SourceRow<SourcePlan>>> page) {
        tell(HostingQueries.PLANS, HostingRows::plan, page);
    }

    @Override
    public void users(Consumer<List<SourceRow<SourceUser>>> page) {
        tell(HostingQueries.USERS, HostingRows::user, page);
    }

    @Override
    public void subscriptions(Consumer<List<SourceRow<SourceSubscription>>> page) {
        tell(HostingQueries.SUBSCRIPTIONS, HostingRows::subscription, page);
    }

    @Override
    public void usage(Consumer<List<SourceRow<SourceUsage>>> page) {
        tell(HostingQueries.USAGE, HostingRows::usage, page);
    }

    @Override
    public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
        connections.read(connection -> {
            var pages = new HostingPages<>(page);
            try (PreparedStatement invoices = cursor(connection, HostingQueries.INVOICES);
                 PreparedStatement items = cursor(connection, HostingQueries.ITEMS);
                 ResultSet invoice = invoices.executeQuery(); ResultSet item = items.executeQuery()) {
                new HostingInvoices(invoice, item).tell(pages);
            }
            tellItemsOfNoInvoice(connection, pages);
            pages.end();
            return true;
        });
    }

    private static void tellItemsOfNoInvoice(Connection connection, HostingPages<SourceInvoice> pages) throws SQLException {
        try (PreparedStatement items = cursor(connection, HostingQueries.ITEMS_OF_NO_INVOICE);
             ResultSet item = items.executeQuery()) {
            while (item.next()) {
                String invoice = item.getString("invoice_id");
                String problem = invoice == null ? "is missing" : "invoice " + invoice + " does not exist";
                pages.add(item.getString("id"), () -> {
                    throw new Unreadable("invoice_items.invoice_id", problem);
                });
            }
        }
    }

    /** What a row of a query says. */
    @FunctionalInterface
    private interface RowReading<T> {
        T read(HostingCells row) throws SQLException, Unreadable;
    }

    private <T> void tell(String query, RowReading<T> reading, Consumer<List<SourceRow<T>>> page) {
        connections.read(connection -> {
            var pages = new HostingPages<>(page);
            try (PreparedStatement statement = cursor(connection, query); ResultSet rows = statement.executeQuery()) {
                var cells = new HostingCells(rows, "");
                while (rows.next()) {
                    pages.add(cells.id("id"), () -> reading.read(cells));
                }
            }
            pages.end();
            return true;
        });
    }

    /** The server keeps the result, and hands over a page at a time. */
    private static PreparedStatement cursor(Connection connection, String query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(PAGE);
        return statement;
    }

    @Override
    public void close() {
        connections.close();
    }
}
