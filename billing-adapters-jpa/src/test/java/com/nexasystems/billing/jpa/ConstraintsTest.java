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
                tax_rounding, total, payable, paid)
            VALUES ('00000000-0000-0000-0000-000000000001', gen_random_uuid(), 'subscription', 0, '2026-01-01',
                gen_random_uuid(), gen_random_uuid(), 'Zoe', 'd1', 'draft', '2026-02-01', '2026-02-01', 'basic', 1, 'CAD',
                'ON_TOTAL', 'HALF_UP', 20, 20, 0)
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
        run("""
                INSERT INTO credit_note VALUES ('00000000-0000-0000-0000-000000000001', gen_random_uuid(), gen_random_uuid(),
                    gen_random_uuid(), 'CN-1', 'other', '', '2026-02-01', now(), 'CAD', '{}', '{}', 0, 5, 0, 0, 5, 0, NULL)
                """);
        run("""
                INSERT INTO credit_note_draw VALUES (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 1, 'CAD',
                    now(), false)
                """);
        run("""
                INSERT INTO coupon
                VALUES (gen_random_uuid(), 'C', 'c', 'CAD', 10, NULL, 'once', NULL, '{}', '{}', NULL, true, true)
                """);
        run("""
                INSERT INTO applied_coupon
                SELECT gen_random_uuid(), service_id, gen_random_uuid(), code, currency, amount, percent, frequency,
                    invoices, plans, metrics, 10, NULL, 'active', now(), NULL, false FROM coupon
                """);
        run("""
                INSERT INTO coupon_redemption (invoice_id, applied_coupon_id, coupon_code, currency, amount, shares, at)
                SELECT gen_random_uuid(), id, 'C', 'CAD', 1, '{1}', now() FROM applied_coupon
                """);
        run("""
                INSERT INTO wallet
                VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'w', 'CAD', 1, 1, '{}', NULL, 'active', 10,
                    10, now())
                """);
        run("INSERT INTO wallet_rule (wallet_id, position, threshold, paid, granted) SELECT id, 0, 5, 10, 0 FROM wallet");
        run("""
                INSERT INTO wallet_transaction
                    (id, wallet_id, kind, status, units, worth, left_units, left_worth, at, settled_at)
                SELECT gen_random_uuid(), id, 'granted', 'settled', 10, 10, 10, 10, now(), now() FROM wallet
                """);
        run("INSERT INTO wallet_transaction_source SELECT id, 0, id, 1, 1 FROM wallet_transaction");
        run("INSERT INTO shadow_made VALUES (gen_random_uuid(), 'plan', 'basic')");
        run("""
                INSERT INTO source_invoice
                VALUES (gen_random_uuid(), 'in_1', 'u', 's', NULL, NULL, 'cad', 'paid', 20, 0, NULL, '{1}', '{Flat}', '{1}',
                    '{20}', '{20}', '{NULL}', '{NULL}')
                """);
        run("""
                INSERT INTO reconciled_row
                VALUES (gen_random_uuid(), 's', '2026-01-01', '2026-02-01', 'CAD', 20, 21, 20, 20, 0, 'delta', '{ROUNDING}',
                    '{-1}', '{note}', 0, NULL, NULL, NULL, NULL, gen_random_uuid())
                """);
        run("""
                INSERT INTO cut_over (id, service_id, since, subscriptions, by_kind, by_name, at)
                VALUES (gen_random_uuid(), gen_random_uuid(), now(), 1, 'person', 'ada', now())
                """);
        run("""
                INSERT INTO collection
                VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'open', 1, now(), now())
                """);
        run("""
                INSERT INTO payment
                VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'provider', 'r', 'cus',
                    'card', 'CAD', 10, 'succeeded', 'ch', 10, NULL, NULL, NULL, now(), now())
                """);
        run("""
                INSERT INTO refund
                SELECT gen_random_uuid(), id, service_id, NULL, 'r', 'CAD', 1, 'asked', NULL, NULL, now(), now() FROM payment
                """);
        run("INSERT INTO service (id, code, name, active) VALUES (gen_random_uuid(), 'hosting', 'Hosting', true)");
        run("""
                INSERT INTO webhook_endpoint
                SELECT gen_random_uuid(), id, '', 'https://example.org', 'standard', '{}', '{whsec_}', '{NULL}', NULL, NULL,
                    now() FROM service
                """);
        run("""
                INSERT INTO webhook_delivery
                SELECT id, gen_random_uuid(), gen_random_uuid(), service_id, 'invoice.created', '{}', 'pending', 0, now(),
                    now(), NULL FROM webhook_endpoint
                """);
        run("""
                INSERT INTO webhook_attempt (delivery_id, at, took_millis, status, detail)
                SELECT id, now(), 1, 200, '' FROM webhook_delivery
                """);
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
            metric             | property = 'region', aggregation = 'count', recurring = false
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
            coupon             | amount = 0
            coupon             | amount = 'NaN'
            coupon             | percent = 10
            coupon             | amount = NULL, currency = NULL, percent = 100.1
            coupon             | amount = NULL, currency = NULL
            coupon             | currency = NULL
            coupon             | invoices = 1
            coupon             | frequency = 'recurring'
            coupon             | frequency = 'twice'
            coupon             | plans = '{a}', metrics = '{m}'
            applied_coupon     | amount_left = -0.01
            applied_coupon     | amount_left = 10.01
            applied_coupon     | amount_left = NULL
            applied_coupon     | frequency = 'recurring', invoices = 2, amount_left = NULL, invoices_left = 3
            applied_coupon     | state = 'used_up'
            applied_coupon     | ended_at = now()
            coupon_redemption  | amount = 0
            coupon_redemption  | shares = '{-1}'
            wallet             | balance_units = -1
            wallet             | balance_worth = -1
            wallet             | balance_worth = 'NaN'
            wallet             | rate = 0
            wallet             | priority = 0
            wallet_rule        | threshold = NULL
            wallet_rule        | next_at = now()
            wallet_rule        | paid = 0, granted = 0
            wallet_rule        | target = 1
            wallet_transaction | left_units = 11
            wallet_transaction | left_worth = -1
            wallet_transaction | left_worth = 10.01
            wallet_transaction | kind = 'consumed'
            wallet_transaction | kind = 'voided'
            wallet_transaction | status = 'pending', settled_at = NULL
            wallet_transaction | settled_at = NULL
            wallet_transaction | invoice_id = id
            wallet_transaction_source | units = -1
            wallet_transaction_source | worth = 'NaN'
            credit_note        | balance = -1
            credit_note        | balance = 6
            credit_note        | balance = 1, withdrawn = 4.01
            credit_note        | credit = 0, balance = 0
            credit_note        | refund = 1
            credit_note        | refund_status = 'pending'
            credit_note        | reason = 'mood'
            credit_note        | item_lines = '{1}'
            credit_note_draw   | amount = 0
            shadow_made        | kind = 'invoice'
            source_invoice     | item_amounts = '{}'
            source_invoice     | item_starts = '{}'
            reconciled_row     | status = 'fine'
            reconciled_row     | status = 'resolved'
            reconciled_row     | resolved_note = 'why'
            reconciled_row     | computed = 'NaN'
            reconciled_row     | cause_notes = '{}'
            cut_over           | subscriptions = -1
            cut_over           | reverted_at = now()
            invoice            | paid = -0.01
            invoice            | paid = 'NaN'
            invoice            | paid = 1
            invoice            | payable = -1
            collection         | state = 'closed'
            collection         | next_at = NULL
            collection         | state = 'done'
            collection         | declined = 0
            collection         | declined = -1
            payment            | number = 0
            payment            | method = 'cash'
            payment            | amount = 0
            payment            | amount = 'NaN'
            payment            | applied = 10.01
            payment            | applied = -1
            payment            | status = 'lost'
            payment            | status = 'declined'
            payment            | refusal_code = 'card'
            payment            | refusal_message = 'no'
            payment            | dispute = 'maybe'
            refund             | amount = 0
            refund             | status = 'promised'
            webhook_endpoint   | format = 'xml'
            webhook_endpoint   | secrets = '{}'
            webhook_endpoint   | secrets = '{a,b}'
            webhook_endpoint   | disabled_at = now()
            webhook_endpoint   | disabled_reason = 'lazy', disabled_at = now()
            webhook_delivery   | state = 'sent'
            webhook_delivery   | tries = -1
            webhook_delivery   | next_at = NULL
            webhook_delivery   | state = 'dead', next_at = NULL
            webhook_delivery   | ended_at = now()
            webhook_attempt    | status = 99
            webhook_attempt    | took_millis = -1
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
