package com.nexasystems.billing.jpa;

import com.nexasystems.billing.charge.Change;
import com.nexasystems.billing.charge.UnitChanges;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageSlice;
import com.nexasystems.billing.usage.UsageWindow;
import com.nexasystems.billing.usage.UsageWindow.Detail;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The aggregations of {@link AggregatedUsage#of} as SQL, for windows in which the order of the records matters, or where
 * only some of them count. One query for any number of windows; slices of the same stretch share one scan of it.
 */
final class FlowAggregation {

    /** No property and no value contains it. */
    private static final char SEPARATOR = '\u001f';

    private static final String IN_ORDER = "start_at, recorded_at, idempotency_key";

    /** What windows that are slices of one stretch have in common. */
    private record Scan(UsageWindow whole, List<String> properties) {

        static Scan of(UsageWindow window) {
            var whole = new UsageWindow(window.subscription(), window.metric(), window.period(), window.whole(),
                    window.since(), window.details(), Optional.empty(), window.endDay());
            return new Scan(whole, window.slice().map(UsageSlice::properties).orElse(List.of()));
        }
    }

    /** @param number names the scan in this query */
    private record Numbered(int number, Scan scan) {

        UsageWindow window() {
            return scan.whole;
        }
    }

    private static final Batch<Numbered> SCANS = new Batch<Numbered>()
            .integer("scan", Numbered::number)
            .uuid("subscription_id", numbered -> numbered.window().subscription().value())
            .text("metric_code", numbered -> numbered.window().metric().code().value())
            .text("aggregation", numbered -> numbered.window().metric().aggregation().code())
            .text("property", numbered -> numbered.window().metric().property().orElse(null))
            .texts("slice_properties", numbered -> numbered.scan().properties)
            .bool("peaks", wants(Detail.PEAK))
            .bool("lists_events", wants(Detail.EVENTS))
            .instants("days", numbered -> days(numbered.window()))
            .instant("since", numbered -> numbered.window().since())
            .instant("start_at", numbered -> numbered.window().period().start())
            .instant("end_at", numbered -> numbered.window().period().end());

    private static Function<Numbered, Boolean> wants(Detail detail) {
        return numbered -> numbered.window().wants(detail);
    }

    private static List<Instant> days(UsageWindow window) {
        return window.wants(Detail.CHANGES) ? window.dayStarts() : List.of();
    }

    /** The records of a scan, each with the values by which it is sliced, and with the value that it counts. */
    private static final String RECORDS = """
            %s CROSS JOIN LATERAL (
                SELECT u.*, u.property_values[array_position(u.property_names, batch.property)] AS value,
                       array_to_string(ARRAY(
                           SELECT coalesce(u.property_values[array_position(u.property_names, sliced.name)], '')
                           FROM unnest(batch.slice_properties) WITH ORDINALITY AS sliced(name, place) ORDER BY place
                       ), chr(31)) AS slice
                FROM usage_record u
                WHERE u.subscription_id = batch.subscription_id AND u.metric_code = batch.metric_code
                  AND u.start_at >= batch.since AND u.start_at < batch.end_at
            ) AS u""".formatted(SCANS.rows());

    private static final String COMBINATIONS = """
            SELECT DISTINCT batch.scan, u.slice COLLATE "C" AS slice FROM %s
            """.formatted(RECORDS);

    /**
     * Row by row: what it changes; the level after it; the highest level of the period so far. A row that is carried over
     * lies before the period, on its day 0; the last of the days is the one after those that count.
     */
    private static final String FLOW = """
            WITH flow AS (
                SELECT part.place, batch.aggregation, batch.peaks, batch.lists_events, cardinality(batch.days) - 1 AS last_day,
                       u.start_at, u.recorded_at, u.idempotency_key, u.quantity, u.amount, u.fingerprint, u.value,
                       u.start_at < batch.start_at AS carried,
                       CASE WHEN u.start_at < batch.start_at OR cardinality(batch.days) = 0 THEN 0
                            ELSE width_bucket(u.start_at, batch.days) END AS day,
                       extract(epoch FROM batch.end_at - greatest(u.start_at, batch.start_at)) AS seconds,
                       u.property_values[array_position(u.property_names, '%1$s')] IS DISTINCT FROM 'remove' AS present
                FROM %2$s JOIN unnest(?::int[], ?::text[], ?::int[]) AS part(scan, slice, place)
                    ON part.scan = batch.scan AND part.slice = u.slice
            ), changing AS (
                SELECT *, CASE aggregation
                    WHEN 'count' THEN 1
                    WHEN 'unique_count' THEN CASE WHEN value IS NULL THEN 0 ELSE
                        present::int - coalesce(lag(present) OVER (PARTITION BY place, value ORDER BY %3$s), false)::int END
                    WHEN 'max' THEN 0 WHEN 'latest' THEN 0
                    ELSE quantity END AS delta
                FROM flow
            ), levels AS (
                SELECT *, sum(delta) OVER (PARTITION BY place ORDER BY %3$s ROWS UNBOUNDED PRECEDING) AS level,
                       coalesce(sum(delta) FILTER (WHERE carried) OVER (PARTITION BY place), 0) AS carried_level
                FROM changing
            ), peaks AS (
                SELECT *, greatest(0, carried_level, max(level) FILTER (WHERE NOT carried)
                              OVER (PARTITION BY place ORDER BY %3$s ROWS UNBOUNDED PRECEDING)) AS peak
                FROM levels
            ), rises AS (
                SELECT *, peak - lag(peak, 1, greatest(0, carried_level)) OVER (PARTITION BY place ORDER BY %3$s) AS rise
                FROM peaks
            ), visits AS (
                SELECT *, lag(day) OVER of_value AS day_before, lag(day, 2, 0) OVER of_value AS day_before_that,
                       lead(day) OVER of_value AS next_day, lead(carried) OVER of_value AS next_carried
                FROM rises WHERE aggregation = 'unique_count' AND NOT peaks AND last_day >= 0 AND delta <> 0
                WINDOW of_value AS (PARTITION BY place, value ORDER BY %3$s)
            ), steps AS (
                SELECT place, %3$s, rise AS units, last_day - day + 1 AS days FROM rises
                WHERE last_day >= 0 AND peaks AND NOT carried AND rise > 0
                UNION ALL
                SELECT place, %3$s, quantity, last_day - day + 1 FROM rises
                WHERE last_day >= 0 AND NOT peaks AND aggregation = 'sum' AND NOT carried AND quantity <> 0
                UNION ALL
                SELECT place, %3$s, 1, least(next_day, last_day) - greatest(day, coalesce(day_before, 0) + 1) + 1
                FROM visits WHERE delta > 0 AND next_carried IS NOT true
                  AND least(next_day, last_day) >= greatest(day, coalesce(day_before, 0) + 1)
                UNION ALL
                SELECT place, %3$s, -1, 0
                FROM visits WHERE delta < 0 AND NOT carried
                  AND least(day, last_day) >= greatest(day_before, day_before_that + 1)
            ), runs AS (
                SELECT *, (sign(units), days)
                    IS DISTINCT FROM lag((sign(units), days)) OVER (PARTITION BY place ORDER BY %3$s) AS begins
                FROM steps
            ), numbered AS (
                SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY place ORDER BY %3$s) AS run FROM runs
            ), changes AS (
                SELECT place, array_agg(units ORDER BY run) AS units, array_agg(days::numeric ORDER BY run) AS days
                FROM (SELECT place, run, sum(units) AS units, min(days) AS days FROM numbered GROUP BY place, run) AS merged
                GROUP BY place
            )
            SELECT total.*, changes.units, changes.days FROM (
                SELECT place, count(*) AS records, min(start_at) AS first_at, max(start_at) AS last_at,
                       sum(fingerprint) AS fingerprints, coalesce(sum(amount), 0) AS amount, sum(delta) AS level,
                       max(carried_level) AS carried, max(peak) AS peak, max(quantity) AS max,
                       sum(quantity * seconds) AS level_seconds,
                       (array_agg(quantity ORDER BY start_at DESC, recorded_at DESC, idempotency_key DESC))[1] AS latest,
                       array_agg(CASE WHEN peaks THEN rise ELSE quantity END ORDER BY %3$s)
                           FILTER (WHERE lists_events AND NOT (peaks AND carried)) AS events
                FROM rises GROUP BY place
            ) AS total LEFT JOIN changes USING (place)
            """.formatted(Metric.OPERATION, RECORDS, IN_ORDER);

    private FlowAggregation() {
    }

    /** In the order of the windows. */
    static List<AggregatedUsage> of(Connection connection, List<UsageWindow> windows) throws SQLException {
        AggregatedUsage[] answers = windows.stream().map(AggregatedUsage::none).toArray(AggregatedUsage[]::new);
        Map<Scan, Integer> scans = new LinkedHashMap<>();
        var part = new Parts();
        for (int place = 0; place < windows.size(); place++) {
            UsageWindow window = windows.get(place);
            int scan = scans.computeIfAbsent(Scan.of(window), key -> scans.size());
            int at = place;
            window.slice().map(slice -> slice.values().stream().map(FlowAggregation::joined).toList()).orElse(List.of(""))
                    .forEach(slice -> part.add(scan, slice, at));
        }
        SCANS.query(connection, FLOW, numbered(scans), row -> {
            int place = row.getInt("place");
            return answers[place] = answer(windows.get(place), row);
        }, part.literals());
        return List.of(answers);
    }

    /** Which combination of values of a scan belongs to which window. */
    private static final class Parts {

        private final List<Integer> scans = new ArrayList<>();
        private final List<String> slices = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();

        void add(int scan, String slice, int place) {
            scans.add(scan);
            slices.add(slice);
            places.add(place);
        }

        Object[] literals() {
            return new Object[] {Sql.arrayLiteral(scans.iterator()), Sql.arrayLiteral(slices.iterator()),
                Sql.arrayLiteral(places.iterator())};
        }
    }

    /** In the order of the windows, each sorted. */
    static List<List<List<String>>> combinations(Connection connection, List<UsageWindow> windows,
                                                 List<List<String>> properties) throws SQLException {
        List<List<String>> joined = windows.stream().map(window -> (List<String>) new ArrayList<String>()).toList();
        List<Numbered> scans = IntStream.range(0, windows.size())
                .mapToObj(i -> new Numbered(i, new Scan(windows.get(i), properties.get(i)))).toList();
        SCANS.query(connection, COMBINATIONS + " ORDER BY slice", scans,
                row -> joined.get(row.getInt("scan")).add(row.getString("slice")));
        return joined.stream().map(list -> list.stream().map(FlowAggregation::split).toList()).toList();
    }

    private static List<Numbered> numbered(Map<Scan, Integer> scans) {
        return scans.entrySet().stream().map(scan -> new Numbered(scan.getValue(), scan.getKey())).toList();
    }

    private static String joined(List<String> values) {
        return String.join(String.valueOf(SEPARATOR), values);
    }

    private static List<String> split(String joined) {
        return Arrays.asList(joined.split(String.valueOf(SEPARATOR), -1));
    }

    private static AggregatedUsage answer(UsageWindow window, ResultSet row) throws SQLException {
        BigDecimal carried = row.getBigDecimal("carried");
        return new AggregatedUsage(window, row.getLong("records"), Optional.of(Sql.instant(row, "first_at")),
                Optional.of(Sql.instant(row, "last_at")),
                AggregatedUsage.digest(row.getBigDecimal("fingerprints").toBigIntegerExact()), quantity(window, row),
                carried, row.getBigDecimal("amount"), events(window, carried, row), changes(window, carried, row));
    }

    private static BigDecimal quantity(UsageWindow window, ResultSet row) throws SQLException {
        if (window.wants(Detail.PEAK)) {
            return row.getBigDecimal("peak");
        }
        BigDecimal exact = switch (window.metric().aggregation()) {
            case COUNT, SUM, UNIQUE_COUNT -> row.getBigDecimal("level");
            case MAX -> row.getBigDecimal("max");
            case LATEST -> row.getBigDecimal("latest");
            case WEIGHTED_SUM -> AggregatedUsage.weightedSum(row.getBigDecimal("level_seconds"), window.whole().length());
        };
        return window.metric().rounding().apply(exact.max(BigDecimal.ZERO));
    }

    private static List<BigDecimal> events(UsageWindow window, BigDecimal carried, ResultSet row) throws SQLException {
        if (!window.wants(Detail.EVENTS)) {
            return List.of();
        }
        if (window.wants(Detail.PEAK)) {
            var rises = new ArrayList<>(carried.signum() > 0 ? List.of(Decimals.normal(carried)) : List.<BigDecimal>of());
            rises.addAll(decimals(row, "events"));
            return rises;
        }
        return switch (window.metric().aggregation()) {
            case SUM -> decimals(row, "events");
            case COUNT -> Collections.nCopies(row.getInt("records"), BigDecimal.ONE);
            case MAX, LATEST, UNIQUE_COUNT, WEIGHTED_SUM -> List.of();
        };
    }

    private static List<Change> changes(UsageWindow window, BigDecimal carried, ResultSet row) throws SQLException {
        if (!window.wants(Detail.CHANGES)) {
            return List.of();
        }
        boolean singly = window.metric().aggregation() == Aggregation.UNIQUE_COUNT && !window.wants(Detail.PEAK);
        var changes = new UnitChanges();
        if (!singly) {
            changes.add(window.wants(Detail.PEAK) ? carried.max(BigDecimal.ZERO) : carried, window.dayStarts().size() - 1);
        }
        List<BigDecimal> units = decimals(row, "units");
        List<BigDecimal> days = decimals(row, "days");
        for (int i = 0; i < units.size(); i++) {
            changes.add(units.get(i), days.get(i).longValueExact());
        }
        return changes.list();
    }

    private static List<BigDecimal> decimals(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of()
                : Arrays.stream((BigDecimal[]) array.getArray()).map(Decimals::normal).toList();
    }
}
