package com.nexasystems.billing.jpa;

import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageWindow;
import com.nexasystems.billing.usage.UsageWindow.Detail;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The aggregations of {@link AggregatedUsage#of} as SQL: one query for any number of windows, so that all it answers is of
 * one moment. Every window is a scan of its own part of one index; those that need the records in their order scan it twice.
 */
final class UsageAggregation {

    private static final String IN_WINDOW = """
            FROM usage_record u WHERE u.subscription_id = batch.subscription_id AND u.metric_code = batch.metric_code
            AND u.start_at >= batch.start_at AND u.start_at < batch.end_at""";

    private static final String LAST_FIRST =
            "u.start_at DESC, u.recorded_at DESC, u.idempotency_key COLLATE \"C\" DESC";

    /** @param place where in the list of windows */
    private record Placed(int place, UsageWindow window) {

        String aggregation() {
            return window.metric().aggregation().code();
        }

        /** A count's events are all 1, and those of the other aggregations do not add up. */
        boolean listsEvents() {
            return window.wants(Detail.EVENTS) && window.metric().aggregation() == Aggregation.SUM;
        }
    }

    private static final Batch<Placed> WINDOWS = new Batch<Placed>()
            .integer("place", Placed::place)
            .uuid("subscription_id", placed -> placed.window.subscription().value())
            .text("metric_code", placed -> placed.window.metric().code().value())
            .text("aggregation", Placed::aggregation)
            .text("property", placed -> placed.window.metric().property().orElse(null))
            .bool("lists_events", Placed::listsEvents)
            .instant("start_at", placed -> placed.window.period().start())
            .instant("end_at", placed -> placed.window.period().end());

    private static final String LAST = """
            SELECT u.quantity %s ORDER BY %s LIMIT 1""".formatted(IN_WINDOW, LAST_FIRST);

    private static final String PRESENT_VALUES = """
            SELECT count(*) FROM (
                SELECT DISTINCT ON (value) value, u.property_values[array_position(u.property_names, '%s')] AS operation
                FROM (SELECT u.*, u.property_values[array_position(u.property_names, batch.property)] AS value %s) AS u
                ORDER BY value, %s
            ) AS last WHERE value IS NOT NULL AND operation IS DISTINCT FROM 'remove'"""
            .formatted(Metric.OPERATION, IN_WINDOW, LAST_FIRST);

    private static final String IN_ORDER = """
            SELECT u.quantity %s ORDER BY u.start_at, u.recorded_at, u.idempotency_key COLLATE "C"
            """.formatted(IN_WINDOW);

    private static final String AGGREGATE = """
            SELECT place, total.*,
                   CASE batch.aggregation WHEN 'latest' THEN (%2$s) WHEN 'unique_count' THEN (%3$s) END AS by_order,
                   CASE WHEN batch.lists_events THEN ARRAY(%4$s) END AS events
            FROM %5$s CROSS JOIN LATERAL (
                SELECT count(*) AS records, min(u.start_at) AS first_at, max(u.start_at) AS last_at,
                       sum(u.fingerprint) AS fingerprints, coalesce(sum(u.amount), 0) AS amount,
                       sum(u.quantity) FILTER (WHERE batch.aggregation = 'sum') AS sum,
                       max(u.quantity) FILTER (WHERE batch.aggregation = 'max') AS max,
                       sum(u.quantity * extract(epoch FROM batch.end_at - u.start_at))
                           FILTER (WHERE batch.aggregation = 'weighted_sum') AS level_seconds
                %1$s
            ) AS total WHERE total.records > 0
            """.formatted(IN_WINDOW, LAST, PRESENT_VALUES, IN_ORDER, WINDOWS.rows());

    private UsageAggregation() {
    }

    /** In the order of the windows. */
    static List<AggregatedUsage> of(Connection connection, List<UsageWindow> windows) throws SQLException {
        AggregatedUsage[] answers = windows.stream().map(AggregatedUsage::none).toArray(AggregatedUsage[]::new);
        List<Placed> placed = IntStream.range(0, windows.size()).mapToObj(i -> new Placed(i, windows.get(i))).toList();
        WINDOWS.query(connection, AGGREGATE, placed, row -> {
            int place = row.getInt("place");
            return answers[place] = answer(windows.get(place), row);
        });
        return List.of(answers);
    }

    private static AggregatedUsage answer(UsageWindow window, ResultSet row) throws SQLException {
        return new AggregatedUsage(window, row.getLong("records"), Optional.of(Sql.instant(row, "first_at")),
                Optional.of(Sql.instant(row, "last_at")),
                AggregatedUsage.digest(row.getBigDecimal("fingerprints").toBigIntegerExact()),
                window.metric().rounding().apply(quantity(window, row).max(BigDecimal.ZERO)), row.getBigDecimal("amount"),
                events(window, row));
    }

    private static BigDecimal quantity(UsageWindow window, ResultSet row) throws SQLException {
        return switch (window.metric().aggregation()) {
            case COUNT -> row.getBigDecimal("records");
            case SUM -> row.getBigDecimal("sum");
            case MAX -> row.getBigDecimal("max");
            case LATEST, UNIQUE_COUNT -> row.getBigDecimal("by_order");
            case WEIGHTED_SUM -> AggregatedUsage.weightedSum(row.getBigDecimal("level_seconds"), window.whole().length());
        };
    }

    private static List<BigDecimal> events(UsageWindow window, ResultSet row) throws SQLException {
        if (!window.wants(Detail.EVENTS)) {
            return List.of();
        }
        return switch (window.metric().aggregation()) {
            case SUM -> Arrays.stream((BigDecimal[]) row.getArray("events").getArray()).map(Decimals::normal).toList();
            case COUNT -> Collections.nCopies(row.getInt("records"), BigDecimal.ONE);
            case MAX, LATEST, UNIQUE_COUNT, WEIGHTED_SUM -> List.of();
        };
    }
}
