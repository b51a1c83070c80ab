package com.nexasystems.billing.jpa;

/**
 * What is asked of the hosting platform. Its columns may have been declared as other types than one would think: a number is
 * read as text, cut off where it is too long to be one, and a time without a zone is UTC, as the transaction's zone is.
 */
final class HostingQueries {

    static final String PLANS = """
            SELECT id::text AS id, %s, %s, %s, %s, coalesce(is_active, true) AS is_active FROM plans ORDER BY plans.id"""
            .formatted(text("name"), number("price_monthly"), number("price_yearly"), number("cpu_seconds_quota"));

    static final String USERS = """
            SELECT id::text AS id, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM users ORDER BY users.id"""
            .formatted(text("email"), text("full_name"), text("company"), text("billing_email"), text("billing_address"),
                    text("billing_city"), text("billing_state"), text("billing_postal_code"), text("billing_country"),
                    text("tax_id"), text("stripe_customer_id"));

    private static final String IN_REACH = "BETWEEN '0001-01-01' AND '9999-12-31'";

    /** Each of the other tables is grouped once. Of a period that cannot be read the item or the usage says so itself. */
    static final String SUBSCRIPTIONS = """
            SELECT s.id::text AS id, s.user_id::text AS user_id, s.deployment_id::text AS deployment_id,
                   left(d.name::text, %2$d) AS deployment, s.plan_id::text AS plan_id, s.status::text AS status,
                   s.billing_cycle::text AS billing_cycle, s.current_period_start::timestamptz AS current_period_start,
                   s.current_period_end::timestamptz AS current_period_end, billed.start::timestamptz AS first_billed,
                   billed.until::timestamptz AS last_billed, used.start::timestamptz AS first_used
            FROM subscriptions s
            LEFT JOIN deployments d ON d.id = s.deployment_id
            LEFT JOIN (
                SELECT i.subscription_id, min(t.period_start) FILTER (WHERE t.period_start %1$s) AS start,
                       max(t.period_end) FILTER (WHERE t.period_end %1$s) AS until
                FROM invoices i JOIN invoice_items t ON t.invoice_id = i.id
                WHERE lower(coalesce(i.status::text, '')) NOT IN ('void', 'voided', 'draft')
                GROUP BY i.subscription_id
            ) AS billed ON billed.subscription_id = s.id
            LEFT JOIN (
                SELECT subscription_id, min(period_start) FILTER (WHERE period_start %1$s) AS start
                FROM usage_records GROUP BY subscription_id
            ) AS used ON used.subscription_id = s.id
            ORDER BY s.id""".formatted(IN_REACH, HostingCells.LONGEST_TEXT + 1);

    /** The start is part of the order only where it can be read: -infinity would come first. */
    static final String USAGE = """
            SELECT id::text AS id, subscription_id::text AS subscription_id, period_start::timestamptz AS period_start,
                   period_end::timestamptz AS period_end, %s
            FROM usage_records u
            ORDER BY u.subscription_id, CASE WHEN u.period_start >= '0001-01-01' AND u.period_start < '10000-01-01'
                     THEN u.period_start END, u.id""".formatted(number("cpu_hours"));

    static final String INVOICES = """
            SELECT id::text AS id, user_id::text AS user_id, subscription_id::text AS subscription_id, %s, %s, %s, %s, %s,
                   %s, created_at::timestamptz AS created_at
            FROM invoices ORDER BY invoices.id"""
            .formatted(text("stripe_invoice_id"), text("invoice_number"), text("currency"), text("status"),
                    number("subtotal"), number("tax"));

    /** In the order of {@link #INVOICES}, and of no other invoices. */
    static final String ITEMS = """
            SELECT t.id::text AS id, t.invoice_id::text AS invoice_id, %s, %s, %s, %s,
                   t.period_start::timestamptz AS period_start, t.period_end::timestamptz AS period_end
            FROM invoice_items t WHERE t.invoice_id IN (SELECT id FROM invoices)
            ORDER BY t.invoice_id, t.period_start, t.id"""
            .formatted(text("description"), number("quantity"), number("unit_price"), number("amount"));

    static final String ITEMS_OF_NO_INVOICE = """
            SELECT t.id::text AS id, t.invoice_id::text AS invoice_id FROM invoice_items t
            WHERE NOT EXISTS (SELECT 1 FROM invoices i WHERE i.id = t.invoice_id) ORDER BY t.id""";

    /** An estimate, where the database has one and counting would take long. */
    static final String COUNTS = """
            SELECT (SELECT count(*) FROM plans) AS plans, (SELECT count(*) FROM users) AS users,
                   (SELECT count(*) FROM subscriptions) AS subscriptions, (SELECT count(*) FROM invoices) AS invoices,
                   CASE WHEN estimate.rows > 1000000 THEN estimate.rows::bigint
                        ELSE (SELECT count(*) FROM usage_records) END AS usage
            FROM (SELECT reltuples AS rows FROM pg_catalog.pg_class WHERE oid = 'usage_records'::regclass) AS estimate""";

    private HostingQueries() {
    }

    private static String text(String column) {
        return "left(%1$s::text, %2$d) AS %1$s".formatted(column, HostingCells.LONGEST_TEXT + 1);
    }

    private static String number(String column) {
        return "left(%1$s::text, %2$d) AS %1$s".formatted(column, HostingCells.LONGEST_NUMBER);
    }
}
