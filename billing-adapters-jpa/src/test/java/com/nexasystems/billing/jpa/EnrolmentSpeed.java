package com.nexasystems.billing.jpa;

import com.nexasystems.billing.payment.Payments;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * How long the database takes to open collections of many finalised invoices, and to find that there is nothing to do. By hand:
 * {@code EnrolmentSpeed [invoices [page]]}.
 */
final class EnrolmentSpeed {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    /** Every other customer is known to the provider. */
    private static final String CUSTOMERS = """
            INSERT INTO customer (id, name, tax_exempt, stripe_customer_id, zone, locale)
            SELECT md5('customer' || i)::uuid, 'Zoe', false, CASE WHEN i %% 2 = 0 THEN 'cus_' || i END, 'UTC', 'en'
            FROM generate_series(1, 2 * %d) AS i
            """;

    private static final String INVOICES = """
            INSERT INTO invoice (subject_id, id, kind, kind_rank, period_start, service_id, customer_id, customer_name, status,
                number, due, issue_date, currency, tax_level, tax_rounding, total, payable, paid)
            SELECT md5('subject' || i)::uuid, md5('invoice' || i)::uuid, 'one_off', 4, '2026-01-01', md5('service')::uuid,
                md5('customer' || i)::uuid, 'Zoe', 'finalised', 'N-' || i, '2026-02-01', '2026-02-01', 'CAD', 'ON_TOTAL',
                'HALF_UP', 20, 20, 0
            FROM generate_series(1, 2 * %d) AS i
            """;

    private EnrolmentSpeed() {
    }

    public static void main(String[] arguments) throws SQLException {
        int invoices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int page = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        try (JpaPorts jpa = JpaPorts.open(TestDatabase.freshSchema())) {
            try (Connection connection = jpa.dataSource().getConnection()) {
                Sql.update(connection, CUSTOMERS.formatted(invoices));
                Sql.update(connection, INVOICES.formatted(invoices));
                connection.commit();
                explain(connection, JpaPayments.ENROL, new UUID(0, 0), page, Sql.text(NOW));
            }
            measure(jpa, page);
        }
        System.exit(0);
    }

    private static void measure(JpaPorts jpa, int page) {
        Payments payments = jpa.ports().payments();
        timed("enrol", () -> all(jpa, () -> payments.enrol(NOW, page)));
        timed("enrol, when only invoices of unknown customers are left", () -> all(jpa, () -> payments.enrol(NOW, page)));
        timed("look for what is settled", () -> all(jpa, () -> payments.settled(page).size()));
        timed("claim", () -> all(jpa, () -> payments.claimDue(NOW, NOW.plusSeconds(1), page).size()));
    }

    private static int all(JpaPorts jpa, IntSupplier step) {
        int all = 0;
        int some;
        do {
            some = jpa.ports().unitOfWork().call(step::getAsInt);
            all += some;
        } while (some > 0);
        return all;
    }

    private static void timed(String what, IntSupplier work) {
        long begun = System.nanoTime();
        int rows = work.getAsInt();
        System.out.println(what + ": " + rows + " in " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
    }

    private static void explain(Connection connection, String sql, Object... parameters) throws SQLException {
        List<String> plan = Sql.query(connection, "EXPLAIN (ANALYZE, BUFFERS) " + sql, row -> row.getString(1), parameters);
        plan.forEach(System.out::println);
        connection.rollback();
    }
}
