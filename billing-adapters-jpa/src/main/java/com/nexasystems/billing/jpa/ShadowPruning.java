package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.shadow.ShadowRecords.Pruned;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes away what an import has made: what refers to something goes before it. */
final class ShadowPruning {

    private static final int PAGE = 1_000;

    /** The tables by which a customer is of use. */
    private static final List<String> OF_CUSTOMERS = List.of("subscription", "invoice", "wallet", "applied_coupon",
            "credit_note", "billing_terms");

    private static final List<String> OF_PLANS = List.of("charge_tier", "charge", "usage_threshold", "plan_version",
            "subscription_plan");

    private final Connection connection;
    private final UUID service;

    ShadowPruning(Connection connection, ServiceId service) {
        this.connection = connection;
        this.service = service.value();
    }

    Pruned prune() throws SQLException {
        long subscriptions = 0;
        long usage = 0;
        List<UUID> shadow = shadow();
        for (int i = 0; i < shadow.size(); i += PAGE) {
            Array page = claimed(shadow.subList(i, Math.min(i + PAGE, shadow.size())));
            usage += update("DELETE FROM usage_record WHERE subscription_id = ANY (?)", page);
            subscriptions += subscriptions(page);
        }
        long plans = plans();
        metrics();
        links();
        long customers = customers();
        return new Pruned(subscriptions, usage, plans, customers, records());
    }

    private List<UUID> shadow() throws SQLException {
        return Sql.query(connection, """
                SELECT s.id FROM shadow_subscription i JOIN subscription s ON s.id = i.subscription_id
                WHERE i.service_id = ? AND s.state = 'shadow' ORDER BY s.id
                """, row -> Sql.uuid(row, "id"), service);
    }

    /** In the order of the ids, in which all wait. */
    private Array claimed(List<UUID> page) throws SQLException {
        List<UUID> claimed = Sql.query(connection,
                "SELECT id FROM subscription WHERE id = ANY (?) AND state = 'shadow' ORDER BY id FOR UPDATE",
                row -> Sql.uuid(row, "id"), connection.createArrayOf("uuid", page.toArray()));
        return connection.createArrayOf("uuid", claimed.toArray());
    }

    private int subscriptions(Array ids) throws SQLException {
        update("DELETE FROM late_usage WHERE subscription_id = ANY (?)", ids);
        update("DELETE FROM fresh_usage WHERE subscription_id = ANY (?)", ids);
        update("""
                DELETE FROM subscription_name n USING subscription s
                WHERE s.id = ANY (?) AND (n.service_id, n.external_id, n.subscription_id)
                    = (s.service_id, s.external_id, s.id)
                """, ids);
        update("""
                DELETE FROM subscription_plan p
                USING (SELECT id, customer_id, unnest(phase_plans) AS plan FROM subscription WHERE id = ANY (?)) AS s
                WHERE (p.plan_code, p.customer_id, p.subscription_id) = (s.plan, s.customer_id, s.id)
                """, ids);
        return update("DELETE FROM subscription WHERE id = ANY (?)", ids);
    }

    private int plans() throws SQLException {
        List<String> unused = Sql.query(connection, """
                SELECT p.code FROM shadow_made m JOIN plan p ON p.code = m.key
                WHERE m.service_id = ? AND m.kind = 'plan'
                    AND NOT EXISTS (SELECT 1 FROM plan edition WHERE edition.overrides = p.code)
                    AND NOT EXISTS (SELECT 1 FROM subscription_plan o JOIN subscription s ON s.id = o.subscription_id
                                    WHERE o.plan_code = p.code AND p.code = ANY (s.phase_plans))
                ORDER BY p.code FOR UPDATE OF p
                """, row -> row.getString("code"), service);
        Array codes = connection.createArrayOf("text", unused.toArray());
        for (String table : OF_PLANS) {
            update("DELETE FROM " + table + " WHERE plan_code = ANY (?)", codes);
        }
        return update("DELETE FROM plan WHERE code = ANY (?)", codes);
    }

    private void metrics() throws SQLException {
        update("""
                DELETE FROM metric USING shadow_made m WHERE m.service_id = ? AND m.kind = 'metric' AND metric.code = m.key
                    AND NOT EXISTS (SELECT 1 FROM charge WHERE charge.metric_code = metric.code)
                """, service);
    }

    private void links() throws SQLException {
        update("""
                DELETE FROM account_link l USING shadow_made m
                WHERE m.service_id = ? AND m.kind = 'link' AND l.service_id = m.service_id AND l.external_id = m.key
                """ + unused("x.customer_id = l.customer_id AND x.service_id = l.service_id"), service);
    }

    /** Each table by itself, so that the database can go through it once for all customers. */
    private static String unused(String condition) {
        return OF_CUSTOMERS.stream().map(table -> " AND NOT EXISTS (SELECT 1 FROM " + table + " x WHERE " + condition + ")")
                .collect(Collectors.joining());
    }

    private long customers() throws SQLException {
        return Sql.query(connection, """
                WITH gone AS (
                    DELETE FROM customer c USING shadow_made m
                    WHERE m.service_id = ? AND m.kind = 'customer' AND c.id = m.key::uuid
                        AND NOT EXISTS (SELECT 1 FROM account_link l WHERE l.customer_id = c.id) %s
                    RETURNING c.id),
                mail AS (DELETE FROM customer_email e USING gone WHERE e.customer_id = gone.id)
                SELECT count(*) FROM gone
                """.formatted(unused("x.customer_id = c.id")), row -> row.getLong(1), service).get(0);
    }

    /** @return how many invoices there were */
    private int records() throws SQLException {
        for (String table : List.of("shadow_subscription", "usage_twin", "import_run", "shadow_made")) {
            update("DELETE FROM " + table + " WHERE service_id = ?", service);
        }
        return update("DELETE FROM source_invoice WHERE service_id = ?", service);
    }

    private int update(String sql, Object parameter) throws SQLException {
        return Sql.update(connection, sql, parameter);
    }
}
