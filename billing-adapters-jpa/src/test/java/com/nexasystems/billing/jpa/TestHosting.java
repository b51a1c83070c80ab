package com.nexasystems.billing.jpa;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import com.nexasystems.billing.testkit.SourceRows;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A hosting platform's schema, owned by one who may write, and read by a role that may not. */
final class TestHosting {

    static final List<String> TABLES = List.of("users", "plans", "deployments", "subscriptions", "usage_records", "invoices",
            "invoice_items");

    private static final String DDL = """
            CREATE TABLE users (id uuid, email text, full_name text, company varchar(500), billing_email text,
                billing_address text, billing_city text, billing_state text, billing_postal_code text,
                billing_country text, tax_id text, stripe_customer_id text);
            CREATE TABLE plans (id uuid, product_id uuid, name text, price_monthly numeric, price_yearly numeric,
                stripe_price_id text, cpu_seconds_quota bigint, is_active boolean);
            CREATE TABLE deployments (id uuid, user_id uuid, product_id uuid, plan_id uuid, name text, status text,
                billing_cycle text, next_due_date timestamptz);
            CREATE TYPE cycle AS ENUM ('monthly', 'yearly');
            CREATE TABLE subscriptions (id uuid, user_id uuid, deployment_id uuid, plan_id uuid, status text,
                billing_cycle cycle, current_period_start timestamptz, current_period_end timestamptz,
                stripe_subscription_id text);
            CREATE TABLE usage_records (id uuid, subscription_id uuid, period_start timestamptz, period_end timestamptz,
                cpu_hours numeric);
            CREATE TABLE invoices (id uuid, user_id uuid, subscription_id uuid, stripe_invoice_id text, invoice_number text,
                currency text, status text, subtotal numeric, tax numeric, amount_due numeric, amount_paid numeric,
                created_at timestamptz, paid_at timestamptz);
            CREATE TABLE invoice_items (id uuid, invoice_id uuid, description text, quantity numeric, unit_price numeric,
                amount numeric, period_start timestamptz, period_end timestamptz);
            """;

    private final JpaSettings owner;
    private final HostingPlatformSettings reader;

    private TestHosting(JpaSettings owner) {
        this.owner = owner;
        this.reader = new HostingPlatformSettings(owner.url(), "reader_of_" + owner.schema(), "", owner.schema());
    }

    static TestHosting create() {
        var hosting = new TestHosting(TestDatabase.withOneRole(TestDatabase.freshSchema()));
        String schema = hosting.owner.schema();
        hosting.execute("CREATE SCHEMA " + schema);
        hosting.execute(DDL);
        hosting.execute("CREATE ROLE " + hosting.reader.user() + " LOGIN");
        hosting.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + hosting.reader.user());
        TABLES.forEach(table -> hosting.execute("GRANT SELECT ON " + table + " TO " + hosting.reader.user()));
        return hosting;
    }

    /** Of a role with no right but to read. */
    HostingPlatformSettings reader() {
        return reader;
    }

    /** Of one who may do anything. */
    HostingPlatformSettings owner() {
        return new HostingPlatformSettings(owner.url(), owner.user(), owner.password(), owner.schema());
    }

    void execute(String sql) {
        with(connection -> connection.createStatement().execute(sql));
    }

    String text(String sql) {
        return with(connection -> Sql.query(connection, sql, row -> row.getString(1)).get(0));
    }

    /** All there is, with the place and the version of each row, which any writing changes. */
    List<String> state() {
        return TABLES.stream().map(table -> text("""
                SELECT count(*) || ' ' || coalesce(sum(hashtextextended(concat(ctid, xmin, xmax, t.*::text), 0)), 0)
                FROM %s t""".formatted(table))).toList();
    }

    private <R> R with(HostingConnections.Work<R> work) {
        String url = owner.url() + (owner.url().contains("?") ? "&" : "?") + "currentSchema=" + owner.schema()
                + "&stringtype=unspecified&reWriteBatchedInserts=true";
        try (Connection connection = DriverManager.getConnection(url, owner.user(), owner.password())) {
            return work.in(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param values the row's columns, in the order of the table; those that are left out are null */
    void insert(String table, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int width = rows.get(0).length;
        with(connection -> {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table + " VALUES ("
                    + String.join(", ", Collections.nCopies(width, "?")) + ")")) {
                for (Object[] row : rows) {
                    for (int i = 0; i < width; i++) {
                        statement.setString(i + 1, text(row[i]));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            connection.commit();
            return true;
        });
    }

    void insert(String table, Object... row) {
        insert(table, List.<Object[]>of(row));
    }

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(TestHosting::text).orElse(null);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? null : value.toString();
    }

    // --- the rows of the contract

    void insert(SourceRows rows) {
        insert("plans", columns(rows.plans(), TestHosting::plan, id -> plan(new SourcePlan(id, null, Optional.empty(),
                Optional.empty(), Optional.empty(), true))));
        insert("users", columns(rows.users(), TestHosting::user, id -> new Object[] {id, null, "\u0007", null, null, null,
            null, null, null, null, null, null}));
        insert("deployments", rows.subscriptions().stream().flatMap(row -> row.value().stream())
                .filter(row -> row.deploymentId().isPresent())
                .map(row -> new Object[] {row.deploymentId(), null, null, null, row.deployment()}).toList());
        insert("subscriptions", columns(rows.subscriptions(), TestHosting::subscription,
                id -> new Object[] {id, id, null, null, "active", "monthly", null, null}));
        insert("usage_records", columns(rows.usage(), TestHosting::usage, id -> new Object[] {id,
            rows.subscriptions().get(0).id(), "2026-03-01", "2026-04-01", "NaN"}));
        insert("invoices", columns(rows.invoices(), TestHosting::invoice, id -> new Object[] {id, id, null, null, null,
            "CAD", "paid", "Infinity", 0, null, null, null}));
        insert("invoice_items", rows.invoices().stream().flatMap(row -> row.value().stream())
                .flatMap(invoice -> invoice.items().stream().map(item -> item(invoice, item))).toList());
    }

    private static <T> List<Object[]> columns(List<SourceRow<T>> rows, Function<T, Object[]> readable,
            Function<String, Object[]> unreadable) {
        var columns = new ArrayList<Object[]>();
        rows.forEach(row -> columns.add(row.value().map(readable).orElseGet(() -> unreadable.apply(row.id()))));
        return columns;
    }

    private static Object[] plan(SourcePlan plan) {
        return new Object[] {plan.id(), null, plan.name(), plan.monthly(), plan.yearly(), null, plan.quota(), plan.active()};
    }

    private static Object[] user(SourceUser user) {
        return new Object[] {user.id(), user.email(), user.fullName(), user.company(), user.billingEmail(), user.address(),
            user.city(), user.state(), user.postalCode(), user.country(), user.taxId(), user.stripeCustomerId()};
    }

    private static Object[] subscription(SourceSubscription subscription) {
        return new Object[] {subscription.id(), subscription.userId(), subscription.deploymentId(), subscription.planId(),
            subscription.status(), subscription.billingCycle(), subscription.currentStart(), subscription.currentEnd()};
    }

    private static Object[] usage(SourceUsage usage) {
        return new Object[] {usage.id(), usage.subscriptionId(), usage.start(), usage.end(), usage.cpuHours()};
    }

    private static Object[] invoice(SourceInvoice invoice) {
        return new Object[] {invoice.id(), invoice.userId(), invoice.subscriptionId(), invoice.billedAt(), invoice.number(),
            invoice.currency(), invoice.status(), invoice.subtotal(), invoice.tax(), null, null, invoice.createdAt()};
    }

    private static Object[] item(SourceInvoice invoice, SourceItem item) {
        return new Object[] {item.id(), invoice.id(), item.description(), item.quantity(), item.unitPrice(), item.amount(),
            item.start(), item.end()};
    }
}
