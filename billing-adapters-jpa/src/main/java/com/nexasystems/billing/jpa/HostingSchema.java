package com.nexasystems.billing.jpa;

import com.nexasystems.billing.quantity.InvalidValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables and columns of the hosting platform that are read, and what the role may do with them. */
final class HostingSchema {

    private static final Map<String, List<String>> COLUMNS = columns();
    private static final List<String> OF_THE_ENGINE = List.of("billing_event", "usage_record", "audit_entry");

    /** The catalogue, not information_schema: that one does not show what the role may not read. */
    private static final String PRESENT = """
            SELECT c.relname, a.attname,
                   has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable
            FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

    private static final String WRITABLE = """
            SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ANY (?::text[])
              AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                   OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))""";

    private HostingSchema() {
    }

    private static Map<String, List<String>> columns() {
        var columns = new LinkedHashMap<String, List<String>>();
        columns.put("users", List.of("id", "email", "full_name", "company", "billing_email", "billing_address",
                "billing_city", "billing_state", "billing_postal_code", "billing_country", "tax_id", "stripe_customer_id"));
        columns.put("plans", List.of("id", "name", "price_monthly", "price_yearly", "cpu_seconds_quota", "is_active"));
        columns.put("deployments", List.of("id", "name"));
        columns.put("subscriptions", List.of("id", "user_id", "deployment_id", "plan_id", "status", "billing_cycle",
                "current_period_start", "current_period_end"));
        columns.put("usage_records", List.of("id", "subscription_id", "period_start", "period_end", "cpu_hours"));
        columns.put("invoices", List.of("id", "user_id", "subscription_id", "stripe_invoice_id", "invoice_number",
                "currency", "status", "subtotal", "tax", "created_at"));
        columns.put("invoice_items", List.of("id", "invoice_id", "description", "quantity", "unit_price", "amount",
                "period_start", "period_end"));
        return columns;
    }

    /** @throws InvalidValue if there is no such platform in the schema, or not all of it */
    static void check(Connection connection, String schema) throws SQLException {
        var readable = new LinkedHashMap<String, Map<String, Boolean>>();
        Sql.query(connection, PRESENT, row -> readable.computeIfAbsent(row.getString(1), table -> new LinkedHashMap<>())
                .put(row.getString(2), row.getBoolean(3)), schema);
        if (readable.keySet().containsAll(OF_THE_ENGINE)) {
            throw new InvalidValue("schema", schema + " is the billing engine's own; name the one with the platform's"
                    + " tables");
        }
        var problems = new ArrayList<String>();
        COLUMNS.forEach((table, columns) -> problems.addAll(problems(schema, table, columns, readable)));
        if (!problems.isEmpty()) {
            throw new InvalidValue("schema", String.join("; ", problems)
                    + ". Name the schema with the platform's tables, grant what is missing, or make views of these names");
        }
    }

    private static List<String> problems(String schema, String table, List<String> columns,
            Map<String, Map<String, Boolean>> readable) {
        String name = schema + "." + table;
        Map<String, Boolean> present = readable.get(table);
        if (present == null) {
            return List.of("the table " + name + " is missing");
        }
        var problems = new ArrayList<String>();
        columns.stream().filter(column -> !present.containsKey(column))
                .forEach(column -> problems.add("the column " + name + "." + column + " is missing"));
        if (columns.stream().anyMatch(column -> present.get(column) == Boolean.FALSE)) {
            problems.add("the role may not read " + name + " (GRANT USAGE ON SCHEMA " + schema + ", GRANT SELECT ON "
                    + name + ")");
        }
        return problems;
    }

    /** Whether the role could change any of the tables, if its connection let it. */
    static boolean roleCanWrite(Connection connection, String schema) throws SQLException {
        return Sql.query(connection, WRITABLE, row -> row.getLong(1), schema,
                Sql.arrayLiteral(COLUMNS.keySet().iterator())).get(0) > 0;
    }
}
