package com.nexasystems.billing.jpa;

import com.nexasystems.billing.invoicing.Backlog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

final class JpaBacklog implements Backlog {

    /**
     * From subscription to subscription and from metric to metric, so that of each only the index entries of what was not
     * billed yet are read, and none of what was.
     */
    private static final String UNBILLED = """
            SELECT COALESCE(sum(unbilled.records), 0) AS records, min(unbilled.oldest) AS oldest
            FROM subscription s CROSS JOIN LATERAL (
                WITH RECURSIVE metric AS (
                    (SELECT metric_code FROM usage_record WHERE subscription_id = s.id ORDER BY metric_code LIMIT 1)
                    UNION ALL
                    SELECT (SELECT u.metric_code FROM usage_record u
                            WHERE u.subscription_id = s.id AND u.metric_code > metric.metric_code
                            ORDER BY u.metric_code LIMIT 1)
                    FROM metric WHERE metric.metric_code IS NOT NULL)
                SELECT count(*) AS records, min(u.start_at) AS oldest
                FROM metric JOIN usage_record u ON u.subscription_id = s.id AND u.metric_code = metric.metric_code
                    AND u.start_at >= s.billed_through) unbilled
            WHERE %s AND s.next_invoice_at IS NOT NULL
            """.formatted(JpaSubscriptions.IS_BILLED);

    private final JpaUnitOfWork unitOfWork;
    private final JpaSubscriptions subscriptions;

    JpaBacklog(JpaUnitOfWork unitOfWork, JpaSubscriptions subscriptions) {
        this.unitOfWork = unitOfWork;
        this.subscriptions = subscriptions;
    }

    /** @param oldest null if all were billed */
    private record Unbilled(long records, Instant oldest) {

        static Unbilled of(ResultSet row) throws SQLException {
            return new Unbilled(row.getLong("records"), Sql.instant(row, "oldest"));
        }
    }

    @Override
    public Figures at(Instant asOf) {
        return unitOfWork.call(() -> {
            Unbilled unbilled = unitOfWork.inConnection(connection ->
                    Sql.query(connection, UNBILLED, Unbilled::of).get(0));
            return new Figures(unbilled.records, Optional.ofNullable(unbilled.oldest), subscriptions.countDue(asOf),
                    unitOfWork.inConnection(JpaBacklog::drafts));
        });
    }

    private static long drafts(Connection connection) throws SQLException {
        return Sql.query(connection, "SELECT count(*) AS drafts FROM invoice WHERE status = 'draft'",
                row -> row.getLong("drafts")).get(0);
    }
}
