package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the domain promises, the database promises too: to whoever writes past the domain. */
@ExtendWith(TestDatabase.class)
class ConstraintsTest {

    private static final String CHECK_VIOLATION = "23514";
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String INVOICE = """
            INSERT INTO invoice (subject_id, id, kind, kind_rank, period_start, service_id, customer_id, customer_name,
                external_subscription_id, status, due, issue_date, plan_code, plan_version, currency, tax_level,
                tax_rounding, total)
            VALUES ('00000000-0000-0000-0000-000000000001', gen_random_uuid(), 'subscription', 0, '2026-01-01',
                gen_random_uuid(), gen_random_uuid(), 'Zoe', 'd1', 'draft', '2026-02-01', '2026-02-01', 'basic', 1, 'CAD',
                'ON_TOTAL', 'HALF_UP', 20)
            """;

    private Connection connection;

    @BeforeEach
    void a_schema_with_one_of_each() throws SQLException {
        JpaSettings settings = TestDatabase.freshSchema();
        TestDatabase.open(settings);
        connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        connection.setSchema(settings.schema());
        run("INSERT INTO metric VALUES ('cpu', 'cpu', 'sum', NULL, 's', 'NONE', 0, false, '{}', '{}')");
        run("INSERT INTO plan VALUES ('basic', 'basic', 'CAD', 'MONTHLY', false, true, 0, false, false)");
        run("INSERT INTO plan_version VALUES ('basic', 1, '2026-01-01', 20)");
        run("""
                INSERT INTO charge
                    (plan_code, version, position, filter, code, name, metric_code, included_units, in_advance, prorated,
                     min_amount, group_by, filter_properties, filter_values, model, price, batch)
                VALUES ('basic', 1, 0, 0, 'cpu', 'cpu', 'cpu', 0, false, false, 0, '{}', '{}', '{}', 'standard', 1, 1)
                """);
        run("INSERT INTO charge_tier VALUES ('basic', 1, 0, 0, 0, 10, 1, 0)");
        run("INSERT INTO usage_threshold VALUES ('basic', 1, 0, 'ten', 10, false)");
        run("INSERT INTO tax_jurisdiction VALUES ('CA-ON')");
        run("INSERT INTO tax_rate VALUES ('CA-ON', 'HST', '2026-01-01', NULL)");
        run("""
                INSERT INTO usage_record (subscription_id, metric_code, idempotency_key, start_at, end_at, quantity, source,
                    recorded_at, fingerprint)
                VALUES (gen_random_uuid(), 'cpu', 'k', '2026-01-01', '2026-01-02', 1, 'us', now(), 1)
                """);
        run(INVOICE);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest(name = "{0} may not have {1}")
    @CsvSource(delimiter = '|', textBlock = """
            plan_version       | flat_price = -1
            plan_version       | flat_price = 'NaN'
            plan_version       | commitment = -1
            usage_threshold    | amount = 0
            plan_version       | flat_price = 'Infinity'
            charge             | price = -0.000000000001
            charge             | price = 'NaN'
            charge             | included_units = -1
            charge             | included_units = 'NaN'
            charge             | batch = 0
            charge             | batch = 'NaN'
            charge             | price = NULL
            charge             | model = 'package', package_size = 0, free_units = 0
            charge             | model = 'package', package_size = 1, free_units = -1
            charge             | model = 'percentage', rate = -1, fixed_fee = 0, free_events = 0, free_amount = 0
            charge             | model = 'percentage', rate = 1
            charge             | model = 'guess'
            charge             | minimum = 2, maximum = 1
            charge             | min_amount = -1
            charge             | in_advance = true, min_amount = 1
            charge             | metric_code = NULL
            charge             | units = 1
            charge             | filter_properties = '{region}', filter_values = '{a}'
            charge             | filter_properties = '{region}', filter_values = '{}'
            charge_tier        | price = -1
            charge_tier        | flat_fee = -1
            charge_tier        | flat_fee = 'NaN'
            charge_tier        | up_to = 0
            metric             | aggregation = 'average'
            metric             | property = 'region'
            metric             | recurring = true, aggregation = 'max'
            tax_rate           | until_day = from_day
            usage_record       | quantity = -1
            usage_record       | quantity = 'NaN'
            usage_record       | end_at = start_at
            usage_record       | amount = 'NaN'
            invoice            | number = 'A-1'
            invoice            | status = 'finalised'
            invoice            | status = 'lost'
            invoice            | kind = 'gift'
            invoice            | kind = 'termination'
            invoice            | total = 'NaN'
            invoice            | usage_start = due
            invoice            | usage_start = due, usage_end = due, usage_zone = 'UTC'
            """)
    void refuses(String table, String change) {
        assertThatThrownBy(() -> run("UPDATE " + table + " SET " + change)).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).isEqualTo(CHECK_VIOLATION));
    }

    @Test
    @DisplayName("an event may be negative, a counter may not")
    void an_event_may_be_negative() throws SQLException {
        run("UPDATE usage_record SET end_at = NULL, quantity = -1");
    }

    @Test
    @DisplayName("a reason has one invoice, whatever its id")
    void a_reason_has_one_invoice() {
        assertThatThrownBy(() -> run(INVOICE)).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).isEqualTo(UNIQUE_VIOLATION));
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
