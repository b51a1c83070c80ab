package com.nexasystems.billing.bench.load;

import java.util.List;

/**
 * A hosting platform of any size, made by the database itself: every subscription has used ten CPU-hours in each month, of which
 * five are beyond its quota, and was charged for it.
 */
final class HostingCompany {

    static final String SCHEMA = "hosting";

    /** Of each subscription, from January 2025 on. */
    private static final int MONTHS = 10;
    private static final int RECORDS_A_MONTH = 10;
    private static final String ID = "('00000000-0000-4000-8%s-' || lpad(to_hex(%s), 12, '0'))::uuid";

    private final Database database;
    private final int subscriptions;

    HostingCompany(Database database, int subscriptions) {
        this.database = database;
        this.subscriptions = subscriptions;
    }

    long usage() {
        return (long) subscriptions * MONTHS * RECORDS_A_MONTH;
    }

    long periods() {
        return (long) subscriptions * MONTHS;
    }

    private static String id(String kind, String number) {
        return ID.formatted(kind, number);
    }

    void create() {
        String month = "('2025-01-01'::timestamptz + make_interval(months => m))";
        String next = "('2025-01-01'::timestamptz + make_interval(months => m + 1))";
        String invoice = id("004", "(s * " + MONTHS + " + m)::bigint");
        database.execute(List.of("SET TIME ZONE 'UTC'", "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE", "CREATE SCHEMA " + SCHEMA,
                "SET search_path TO " + SCHEMA,
                """
                CREATE TABLE users (id uuid PRIMARY KEY, email text, full_name text, company text, billing_email text,
                    billing_address text, billing_city text, billing_state text, billing_postal_code text,
                    billing_country text, tax_id text, stripe_customer_id text);
                CREATE TABLE plans (id uuid PRIMARY KEY, product_id uuid, name text, price_monthly numeric, price_yearly numeric,
                    stripe_price_id text, cpu_seconds_quota bigint, is_active boolean);
                CREATE TABLE deployments (id uuid PRIMARY KEY, user_id uuid, product_id uuid, plan_id uuid, name text,
                    status text, billing_cycle text, next_due_date timestamptz);
                CREATE TABLE subscriptions (id uuid PRIMARY KEY, user_id uuid, deployment_id uuid, plan_id uuid, status text,
                    billing_cycle text, current_period_start timestamptz, current_period_end timestamptz,
                    stripe_subscription_id text);
                CREATE TABLE usage_records (id uuid PRIMARY KEY, subscription_id uuid, period_start timestamptz,
                    period_end timestamptz, cpu_hours numeric);
                CREATE TABLE invoices (id uuid PRIMARY KEY, user_id uuid, subscription_id uuid, stripe_invoice_id text,
                    invoice_number text, currency text, status text, subtotal numeric, tax numeric, amount_due numeric,
                    amount_paid numeric, created_at timestamptz, paid_at timestamptz);
                CREATE TABLE invoice_items (id uuid PRIMARY KEY, invoice_id uuid, description text, quantity numeric,
                    unit_price numeric, amount numeric, period_start timestamptz, period_end timestamptz)
                """,
                "INSERT INTO plans VALUES (" + id("001", "1") + ", NULL, 'Starter', 20, 200, NULL, 18000, true)",
                "INSERT INTO users SELECT " + id("002", "u") + ", 'u' || u || '@example.org', NULL, 'Company ' || u, NULL, NULL,"
                        + " NULL, 'ON', NULL, 'CA', NULL, 'cus_' || u FROM generate_series(1, " + subscriptions + ") u",
                "INSERT INTO deployments SELECT " + id("003", "s") + ", " + id("002", "s") + ", NULL, " + id("001", "1")
                        + ", 'web', 'running', 'monthly', NULL FROM generate_series(1, " + subscriptions + ") s",
                "INSERT INTO subscriptions SELECT " + id("003", "s") + ", " + id("002", "s") + ", " + id("003", "s") + ", "
                        + id("001", "1") + ", 'active', 'monthly', '2025-11-01', '2025-12-01', NULL"
                        + " FROM generate_series(1, " + subscriptions + ") s",
                "INSERT INTO usage_records SELECT " + id("005", "((s * " + MONTHS + " + m) * " + RECORDS_A_MONTH + " + h)::bigint")
                        + ", " + id("003", "s") + ", " + month + " + make_interval(days => h), " + month
                        + " + make_interval(days => h, hours => 1), 1 FROM generate_series(1, " + subscriptions
                        + ") s, generate_series(0, " + (MONTHS - 1) + ") m, generate_series(0, " + (RECORDS_A_MONTH - 1) + ") h",
                "INSERT INTO invoices SELECT " + invoice + ", " + id("002", "s") + ", " + id("003", "s")
                        + ", 'in_x', 'N', 'CAD', 'paid', 20.04, 2.61, 22.65, 22.65, now(), now() FROM generate_series(1, "
                        + subscriptions + ") s, generate_series(0, " + (MONTHS - 1) + ") m",
                "INSERT INTO invoice_items SELECT " + id("006", "((s * " + MONTHS + " + m) * 2 + i)::bigint") + ", " + invoice
                        + ", CASE i WHEN 0 THEN 'Starter' ELSE 'CPU overage' END, CASE i WHEN 0 THEN 1 ELSE 5 END,"
                        + " CASE i WHEN 0 THEN 20 ELSE 0.0075 END, CASE i WHEN 0 THEN 20 ELSE 0.04 END, " + month + ", " + next
                        + " FROM generate_series(1, " + subscriptions + ") s, generate_series(0, " + (MONTHS - 1)
                        + ") m, generate_series(0, 1) i",
                "ANALYZE").toArray(new String[0]));
    }
}
