package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The company's tables in PostgreSQL. Without foreign keys: the platform's rows do not always have their parents. */
final class PlatformTables {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final Connection connection;
    private final String schema;

    PlatformTables(Connection connection, String schema) {
        if (!NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException("not the name of a schema: " + schema);
        }
        this.connection = connection;
        this.schema = schema;
    }

    void write(CompanyState company) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            execute("CREATE SCHEMA " + schema);
            fill(company);
            execute("CREATE INDEX ON " + schema + ".usage_records (subscription_id, period_start)");
            execute("CREATE INDEX ON " + schema + ".invoice_items (invoice_id)");
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private void fill(CompanyState company) throws SQLException {
        users(company);
        plans(company);
        deployments(company);
        subscriptions(company);
        usage(company);
        invoices(company);
        items(company);
    }

    private void users(CompanyState company) throws SQLException {
        fill("users", "id uuid, email text, full_name text, company text, billing_email text, billing_address text,"
                + " billing_city text, billing_state text, billing_postal_code text, billing_country text, tax_id text,"
                + " stripe_customer_id text", table -> company.users().forEach(row -> {
                    table.add(row.id(), row.email(), row.fullName(), row.company(), row.billingEmail(), row.address(),
                            row.city(), row.state(), row.postalCode(), row.country(), row.taxId(), row.stripeCustomerId());
                }));
    }

    private void plans(CompanyState company) throws SQLException {
        fill("plans", "id uuid, product_id uuid, name text, price_monthly numeric, price_yearly numeric,"
                + " stripe_price_id text, cpu_seconds_quota bigint, is_active boolean", table -> {
            company.plans().forEach(plan -> add(table, plan.row(), plan.monthly()));
            company.badRows().ifPresent(bad -> add(table, bad.plan(), BadRows.NOT_A_NUMBER));
        });
    }

    private static void add(TableWriter table, SourcePlan row, Object monthly) {
        table.add(row.id(), null, row.name(), monthly, row.yearly(), null, row.quota(), row.active());
    }

    private void deployments(CompanyState company) throws SQLException {
        fill("deployments", "id uuid, user_id uuid, product_id uuid, plan_id uuid, name text, status text,"
                + " billing_cycle text, next_due_date timestamptz", table -> company.deployments().forEach(one ->
                table.add(one.id(), one.customer().id(), null, one.plan().id(), one.name(),
                        one.ended().isPresent() ? "stopped" : "running", one.byYear() ? "yearly" : "monthly",
                        company.end(one.current()))));
    }

    private void subscriptions(CompanyState company) throws SQLException {
        fill("subscriptions", "id uuid, user_id uuid, deployment_id uuid, plan_id uuid, status text, billing_cycle text,"
                + " current_period_start timestamptz, current_period_end timestamptz, stripe_subscription_id text",
                table -> {
            company.deployments().forEach(one -> table.add(one.subscriptionId(), one.customer().id(), one.id(),
                    one.plan().id(), one.status(), one.byYear() ? "yearly" : "monthly", company.start(one.current()),
                    company.end(one.current()), null));
            company.badRows().ifPresent(bad -> bad.subscriptions().forEach(row -> add(table, row)));
        });
    }

    private static void add(TableWriter table, SourceSubscription row) {
        table.add(row.id(), row.userId(), row.deploymentId(), row.planId(), row.status(), row.billingCycle(),
                row.currentStart(), row.currentEnd(), null);
    }

    private void usage(CompanyState company) throws SQLException {
        fill("usage_records", "id uuid, subscription_id uuid, period_start timestamptz, period_end timestamptz,"
                + " cpu_hours numeric", table -> {
            company.deployments().forEach(one -> company.usage(one, row -> add(table, row, row.cpuHours())));
            company.badRows().ifPresent(bad -> {
                add(table, bad.usage(), BadRows.NOT_A_NUMBER);
                add(table, bad.orphan(), bad.orphan().cpuHours());
            });
        });
    }

    private static void add(TableWriter table, SourceUsage row, Object hours) {
        table.add(row.id(), row.subscriptionId(), row.start(), row.end(), hours);
    }

    private void invoices(CompanyState company) throws SQLException {
        fill("invoices", "id uuid, user_id uuid, subscription_id uuid, stripe_invoice_id text, invoice_number text,"
                + " currency text, status text, subtotal numeric, tax numeric, amount_due numeric, amount_paid numeric,"
                + " created_at timestamptz, paid_at timestamptz", table -> company.invoices().forEach(invoice -> {
                    SourceInvoice row = invoice.row();
                    table.add(row.id(), row.userId(), row.subscriptionId(), row.billedAt(), row.number(), row.currency(),
                            row.status(), row.subtotal(), row.tax(), invoice.due(), invoice.paid(), row.createdAt(),
                            invoice.paidAt());
                }));
    }

    private void items(CompanyState company) throws SQLException {
        fill("invoice_items", "id uuid, invoice_id uuid, description text, quantity numeric, unit_price numeric,"
                + " amount numeric, period_start timestamptz, period_end timestamptz", table ->
                company.invoices().forEach(invoice -> {
                    for (SourceItem item : invoice.row().items()) {
                        table.add(item.id(), invoice.row().id(), item.description(), item.quantity(), item.unitPrice(),
                                item.amount(), item.start(), item.end());
                    }
                }));
    }

    private void fill(String table, String columns, Consumer<TableWriter> rows) throws SQLException {
        String keyed = columns.replaceFirst("id uuid", "id uuid PRIMARY KEY");
        execute("CREATE TABLE " + schema + "." + table + " (" + keyed + ")");
        try (TableWriter writer = new TableWriter(connection, schema + "." + table, columns)) {
            rows.accept(writer);
            writer.flush();
        } catch (TableWriter.Refused e) {
            throw e.cause();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
