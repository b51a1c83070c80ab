package com.nexasystems.billing.jpa;

import static com.nexasystems.billing.shadow.SourceApplication.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceApplication.Counts;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract cannot ask for, because only this application has it. */
@Timeout(120)
class HostingPlatformTest {

    private static final String MARCH = "2026-03-01T00:00:00Z";
    private static final String APRIL = "2026-04-01T00:00:00Z";
    private static final String INSERT = "INSERT INTO plans (id, name) VALUES (gen_random_uuid(), 'free')";

    private final TestHosting hosting = TestHosting.create();
    private final List<HostingPlatform> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(HostingPlatform::close);
    }

    // --- nothing is written

    @Test
    void not_even_the_owner_can_write_through_it() {
        refusesToWrite(hosting.owner());
    }

    @Test
    void what_the_url_says_does_not_let_it_write() {
        HostingPlatformSettings owner = hosting.owner();
        refusesToWrite(new HostingPlatformSettings(owner.url() + (owner.url().contains("?") ? "&" : "?")
                + "readOnly=false&readOnlyMode=ignore&options=-c%20default_transaction_read_only=off", owner.user(),
                owner.password(), owner.schema()));
    }

    @Test
    void what_is_set_for_the_role_does_not_let_it_write_or_end_it_early() {
        String role = hosting.reader().user();
        hosting.execute("ALTER ROLE " + role + " SET default_transaction_read_only = off");
        hosting.execute("ALTER ROLE " + role + " SET statement_timeout = '7s'");
        hosting.execute("ALTER ROLE " + role + " SET idle_in_transaction_session_timeout = '7s'");
        refusesToWrite(hosting.reader());
        assertThat(List.of("transaction_read_only", "default_transaction_read_only", "transaction_isolation",
                "statement_timeout", "idle_in_transaction_session_timeout", "work_mem", "row_security"))
                .extracting(this::setting).containsExactly("on", "on", "repeatable read", "0", "0", "64MB", "off");
    }

    private String setting(String name) {
        return platform().connections().read(connection ->
                Sql.query(connection, "SHOW " + name, row -> row.getString(1)).get(0));
    }

    private void refusesToWrite(HostingPlatformSettings settings) {
        HostingPlatform platform = opened(settings, UnaryOperator.identity());
        List<String> before = hosting.state();
        for (String write : List.of(INSERT, "TRUNCATE plans", "CREATE TABLE marks (id int)", "SET TRANSACTION READ WRITE")) {
            assertThatThrownBy(() -> platform.connections().read(connection -> Sql.update(connection, write))).as(write)
                    .isInstanceOfSatisfying(PortFailure.class, failure -> assertThat(sqlState(failure))
                            .isEqualTo(write.startsWith("SET") ? "25001" : "25006"));
        }
        assertThat(hosting.state()).isEqualTo(before);
    }

    @Test
    void reading_takes_no_transaction_id_without_which_nothing_can_be_written() {
        hosting.execute("""
                INSERT INTO usage_records SELECT gen_random_uuid(), gen_random_uuid(), now(), now(), 1
                FROM generate_series(1, 12000)""");
        List<String> before = hosting.state();
        var xids = new ArrayList<String>();
        platform().usage(page -> xids.add(hosting.text("""
                SELECT count(*) || ' reading, ' || count(backend_xid) || ' writing' FROM pg_stat_activity
                WHERE application_name = '%s' AND state = 'idle in transaction'"""
                .formatted(HostingConnections.applicationName(hosting.reader())))));
        assertThat(xids).hasSize(3).containsOnly("1 reading, 0 writing");
        assertThat(hosting.state()).isEqualTo(before);
    }

    @Test
    void says_whether_the_role_could_write() {
        assertThat(opened(hosting.owner(), UnaryOperator.identity()).roleCanWrite()).isTrue();
        HostingPlatform platform = platform();
        assertThat(platform.roleCanWrite()).isFalse();
        for (String right : List.of("INSERT", "UPDATE (status)", "DELETE", "TRUNCATE")) {
            hosting.execute("GRANT " + right + " ON invoices TO " + hosting.reader().user());
            assertThat(platform.roleCanWrite()).as(right).isTrue();
            hosting.execute("REVOKE " + right + " ON invoices FROM " + hosting.reader().user());
            assertThat(platform.roleCanWrite()).as("without " + right).isFalse();
        }
    }

    // --- opening

    @Test
    void names_all_that_is_missing() {
        hosting.execute("ALTER TABLE users DROP COLUMN tax_id, DROP COLUMN company");
        hosting.execute("ALTER TABLE usage_records RENAME COLUMN cpu_hours TO cpu");
        hosting.execute("DROP TABLE deployments");
        hosting.execute("REVOKE SELECT ON invoices FROM " + hosting.reader().user());
        String schema = hosting.reader().schema();
        assertThatThrownBy(this::platform).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("the column " + schema + ".users.company is missing")
                .hasMessageContaining("the column " + schema + ".users.tax_id is missing")
                .hasMessageContaining("the column " + schema + ".usage_records.cpu_hours is missing")
                .hasMessageContaining("the table " + schema + ".deployments is missing")
                .hasMessageContaining("GRANT SELECT ON " + schema + ".invoices");
    }

    @Test
    void a_view_will_do_for_a_table() {
        hosting.execute("ALTER TABLE plans RENAME TO products");
        hosting.execute("CREATE VIEW plans AS SELECT * FROM products");
        hosting.execute("GRANT SELECT ON plans TO " + hosting.reader().user());
        hosting.insert("products", id(1), null, "Starter", "5");
        assertThat(plans()).singleElement().extracting(SourceRow::id).isEqualTo(id(1));
    }

    @Test
    void refuses_the_engines_own_schema() {
        JpaSettings engine = TestDatabase.freshSchema();
        JpaPorts.open(engine).close();
        assertThatThrownBy(() -> opened(new HostingPlatformSettings(engine.url(), engine.user(), "", engine.schema()),
                UnaryOperator.identity())).isInstanceOf(InvalidValue.class).hasMessageContaining("engine's own");
    }

    @Test
    void a_role_that_is_not_there_is_a_failure_of_the_port() {
        HostingPlatformSettings reader = hosting.reader();
        assertThatThrownBy(() -> opened(new HostingPlatformSettings(reader.url(), "nobody", "hunter2", reader.schema()),
                UnaryOperator.identity())).isInstanceOfSatisfying(PortFailure.class, failure -> {
                    assertThat(failure.effect()).isEqualTo(PortFailure.Effect.NONE);
                    assertThat(failure).hasMessageContaining("nobody").hasMessageNotContaining("hunter2");
                });
    }

    @Test
    void no_password_in_the_text_of_the_settings() {
        assertThat(new HostingPlatformSettings("jdbc:postgresql:hosting?password=hunter3", "reader", "hunter2", "public")
                .toString()).doesNotContain("hunter").contains("reader", "public", "jdbc:postgresql:hosting");
        assertThatThrownBy(() -> new HostingPlatformSettings("jdbc:postgresql:hosting", "reader", "", "a; drop schema b"))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new HostingPlatformSettings("jdbc:mysql:hosting", "reader", "", "public"))
                .isInstanceOf(InvalidValue.class);
    }

    // --- rows that cannot be read

    @Test
    void plans_that_cannot_be_read_say_why() {
        hosting.insert("plans", id(1), null, null, "5", null, null, null, "true");
        hosting.insert("plans", id(2), null, "  ", "5", null, null, null, "true");
        hosting.insert("plans", id(3), null, "Starter", "NaN", null, null, null, "true");
        hosting.insert("plans", id(4), null, "Starter", "5", "-Infinity", null, null, "true");
        hosting.insert("plans", id(5), null, "Starter", "1" + "0".repeat(40), null, null, null, "true");
        hosting.insert("plans", id(6), null, "Starter", "9".repeat(16_000), null, null, null, "true");
        hosting.insert("plans", id(7), null, "Starter", "0." + "0".repeat(40) + "1", null, null, null, "true");
        hosting.insert("plans", id(8), null, "Bell \u0007", "5", null, null, null, "true");
        hosting.insert("plans", id(9), null, "x".repeat(10_001), "5", null, null, null, "true");
        hosting.insert("plans", id(10), null, "x".repeat(10_000), "5", null, null, "9223372036854775807", null);
        assertThat(plans()).extracting(row -> row.problem().orElse("none")).containsExactly("name: is missing",
                "name: is missing", "price_monthly: is not a number: NaN", "price_yearly: is not a number: -Infinity",
                "price_monthly: has more than 40 digits", "price_monthly: has more than 40 digits",
                "price_monthly: has more than 40 digits", "name: contains control characters",
                "name: is longer than 10000 characters", "none");
        assertThat(plans().get(9).value().orElseThrow()).extracting(SourcePlan::active,
                plan -> plan.quota().orElseThrow().toPlainString()).containsExactly(true, "9223372036854775807");
    }

    @Test
    void usage_that_cannot_be_read_says_why_and_comes_after_what_can() {
        hosting.insert("usage_records", id(1), id(1), null, APRIL, "1");
        hosting.insert("usage_records", id(2), id(1), "-infinity", APRIL, "1");
        hosting.insert("usage_records", id(3), id(1), "infinity", APRIL, "1");
        hosting.insert("usage_records", id(4), id(1), "0044-03-15 BC", APRIL, "1");
        hosting.insert("usage_records", id(5), id(1), MARCH, "infinity", "1");
        hosting.insert("usage_records", id(6), id(1), MARCH, null, "1");
        hosting.insert("usage_records", id(7), id(1), MARCH, APRIL, null);
        hosting.insert("usage_records", id(8), id(1), MARCH, APRIL, "1");
        hosting.insert("usage_records", id(9), null, MARCH, APRIL, "1");
        hosting.insert("usage_records", id(10), id(2), MARCH, APRIL, "1");
        hosting.insert("usage_records", id(11), id(1), "10000-01-01", APRIL, "1");
        assertThat(told(SourceApplication::usage)).extracting(row -> number(row.id()) + " "
                + row.problem().orElse("is read")).containsExactly("5 period_end: is infinite",
                "6 period_end: is missing", "7 cpu_hours: is missing", "8 is read", "1 period_start: is missing",
                "2 period_start: is infinite", "3 period_start: is infinite",
                "4 period_start: is not in the years 1 to 9999: -0043-03-15T00:00:00Z",
                "11 period_start: is not in the years 1 to 9999: +10000-01-01T00:00:00Z", "10 is read",
                "9 subscription_id: is missing");
    }

    @Test
    void subscriptions_that_cannot_be_read_say_why() {
        hosting.insert("subscriptions", id(1), null, null, id(1), "active", "monthly");
        hosting.insert("subscriptions", id(2), id(1), null, null, "active", "monthly");
        hosting.insert("subscriptions", id(3), id(1), null, id(1), null, "monthly");
        hosting.insert("subscriptions", id(4), id(1), null, id(1), "active", null);
        hosting.insert("subscriptions", id(5), id(1), id(1), id(1), "active", "yearly", "infinity");
        hosting.insert("subscriptions", id(6), id(1), id(1), id(1), "active", "yearly");
        assertThat(told(SourceApplication::subscriptions)).extracting(row -> row.problem().orElse("none"))
                .containsExactly("user_id: is missing", "plan_id: is missing", "status: is missing",
                        "billing_cycle: is missing", "current_period_start: is infinite", "none");
    }

    @Test
    void a_bad_item_makes_its_invoice_unreadable_and_no_other() {
        invoice(1, null, "paid");
        invoice(2, null, "paid");
        invoice(3, null, "paid");
        item(1, 1, MARCH, APRIL);
        hosting.insert("invoice_items", id(2), id(2), "CPU", "1", "1", "NaN", MARCH, APRIL);
        item(3, 2, MARCH, APRIL);
        item(4, 3, MARCH, APRIL);
        assertThat(invoices()).extracting(row -> number(row.id()) + " " + row.problem().orElse("is read"))
                .containsExactly("1 is read", "2 invoice_items: item " + id(2) + ": amount: is not a number: NaN",
                        "3 is read");
    }

    @Test
    void items_of_no_invoice_are_told_after_the_invoices() {
        invoice(5, null, "paid");
        item(1, 4, MARCH, APRIL);
        item(2, 5, MARCH, APRIL);
        hosting.insert("invoice_items", id(3), null, "CPU", "1", "1", "5", MARCH, APRIL);
        assertThat(invoices()).extracting(row -> number(row.id()), row -> row.problem().orElse("none")).containsExactly(
                tuple(5, "none"), tuple(1, "invoice_items.invoice_id: invoice " + id(4) + " does not exist"),
                tuple(3, "invoice_items.invoice_id: is missing"));
        assertThat(invoices().get(0).value().orElseThrow().items()).hasSize(1);
    }

    // --- what rows mean

    @Test
    void a_text_of_blanks_is_none() {
        hosting.insert("users", id(1), "", "  ", "Nexa", null, "1 King\nToronto", null, null, null, null, null, null);
        SourceUser user = told(SourceApplication::users).get(0).value().orElseThrow();
        assertThat(user.email()).isEmpty();
        assertThat(user.fullName()).isEmpty();
        assertThat(user.company()).contains("Nexa");
        assertThat(user.address()).contains("1 King\nToronto");
    }

    @Test
    void times_without_a_zone_are_utc_wherever_this_runs() {
        hosting.execute("ALTER TABLE usage_records ALTER period_start TYPE timestamp, ALTER period_end TYPE date");
        hosting.execute("ALTER TABLE invoice_items ALTER period_start TYPE date, ALTER period_end TYPE timestamp");
        hosting.execute("ALTER TABLE subscriptions ALTER current_period_start TYPE timestamp");
        hosting.execute("ALTER TABLE invoices ALTER created_at TYPE timestamp");
        hosting.execute("ALTER ROLE " + hosting.reader().user() + " SET timezone = 'Asia/Tokyo'");
        hosting.insert("subscriptions", id(1), id(1), null, id(1), "active", "monthly", "2026-03-08 02:30:00");
        hosting.insert("usage_records", id(1), id(1), "2026-03-08 02:30:00.123456", "2026-03-09", "1");
        hosting.insert("invoices", id(1), id(1), id(1), null, null, "CAD", "paid", "5", "0", "5", "5", "2026-03-08 02:30");
        hosting.insert("invoice_items", id(1), id(1), "CPU", "1", "5", "5", "2026-03-01", "2026-03-08 02:30:00");
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/Toronto"));
        try {
            Instant night = Instant.parse("2026-03-08T02:30:00Z");
            assertThat(told(SourceApplication::usage).get(0).value().orElseThrow())
                    .extracting(SourceUsage::start, SourceUsage::end)
                    .containsExactly(night.plusNanos(123_456_000), Instant.parse("2026-03-09T00:00:00Z"));
            assertThat(invoices().get(0).value().orElseThrow().createdAt()).contains(night);
            assertThat(subscription()).extracting(SourceSubscription::currentStart, SourceSubscription::firstBilled,
                    SourceSubscription::lastBilled, SourceSubscription::firstUsed).containsExactly(Optional.of(night),
                    Optional.of(Instant.parse(MARCH)), Optional.of(night), Optional.of(night.plusNanos(123_456_000)));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void an_invoice_of_fifty_items_counts_once_and_its_items_are_sorted() {
        invoice(1, 1, "paid");
        List<Integer> numbers = IntStream.rangeClosed(1, 50).boxed().toList();
        numbers.forEach(number -> item(51 - number, 1, Instant.parse(MARCH).plusSeconds(number / 2).toString(), APRIL));
        List<SourceItem> items = invoices().get(0).value().orElseThrow().items();
        assertThat(invoices()).hasSize(1);
        assertThat(items).hasSize(50);
        assertThat(items).extracting(item -> item.start().orElseThrow() + item.id()).isSorted();
    }

    @Test
    void neither_void_invoices_nor_drafts_nor_endless_periods_are_billed() {
        hosting.insert("subscriptions", id(1), id(1), null, id(1), "active", "monthly");
        invoice(1, 1, "VOID");
        item(1, 1, "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
        invoice(2, 1, "draft");
        item(2, 2, "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
        assertThat(subscription().firstBilled()).isEmpty();
        invoice(3, 1, null);
        item(3, 3, MARCH, APRIL);
        invoice(4, 1, "paid");
        item(4, 4, "-infinity", "infinity");
        hosting.insert("usage_records", id(1), id(1), "-infinity", APRIL, "1");
        assertThat(subscription().firstBilled()).contains(Instant.parse(MARCH));
        assertThat(subscription().lastBilled()).contains(Instant.parse(APRIL));
        assertThat(subscription().firstUsed()).isEmpty();
    }

    // --- many rows

    @Test
    void two_hundred_thousand_records_come_through_a_cursor() {
        hosting.execute("""
                INSERT INTO usage_records SELECT gen_random_uuid(), md5((n %% 97)::text)::uuid, '%s', '%s', n
                FROM generate_series(1, 200000) AS n""".formatted(MARCH, APRIL));
        var connection = new AtomicReference<Connection>();
        var sizes = new ArrayList<Integer>();
        var cursors = new ArrayList<Integer>();
        opened(hosting.reader(), watching(connection)).usage(page -> {
            sizes.add(page.size());
            cursors.add(cursors(connection.get()));
        });
        assertThat(sizes).hasSize(200_000 / PAGE).containsOnly(PAGE);
        assertThat(cursors.subList(0, cursors.size() - 1)).containsOnly(1);
    }

    @Test
    void invoices_and_items_are_of_one_moment() {
        int count = PAGE + 10;
        hosting.execute("INSERT INTO invoices SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,"
                + " gen_random_uuid(), null, null, null, 'CAD', 'paid', 5, 0 FROM generate_series(1, " + count + ") n");
        var told = new ArrayList<SourceRow<SourceInvoice>>();
        platform().invoices(page -> {
            told.addAll(page);
            item(told.size(), count, MARCH, APRIL);
            invoice(count + told.size(), null, "paid");
        });
        assertThat(told).hasSize(count);
        assertThat(told.get(count - 1).value().orElseThrow().items()).isEmpty();
    }

    @Test
    void counts_are_exact_until_counting_takes_long() {
        hosting.insert("plans", id(1), null, "Starter");
        hosting.insert("users", id(1), "a@example.com");
        hosting.insert("usage_records", id(1), id(1), MARCH, APRIL, "1");
        invoice(1, null, "paid");
        invoice(2, null, "paid");
        assertThat(platform().counts()).isEqualTo(new Counts(1, 1, 0, 1, 2));
        hosting.execute("UPDATE pg_class SET reltuples = 5000000 WHERE oid = 'usage_records'::regclass");
        assertThat(platform().counts().usage()).isEqualTo(5_000_000);
    }

    // --- failures

    @Test
    void rows_that_are_hidden_from_the_role_fail_the_reading() {
        hosting.insert("plans", id(1), null, "Starter");
        hosting.execute("ALTER TABLE plans ENABLE ROW LEVEL SECURITY");
        assertThatThrownBy(this::plans).isInstanceOf(PortFailure.class).hasMessageContaining("row-level security");
    }

    @Test
    void a_connection_that_breaks_is_a_failure_of_the_port_and_the_next_reading_has_another() {
        hosting.execute("INSERT INTO plans (id, name) SELECT gen_random_uuid(), 'p' FROM generate_series(1, 20000)");
        HostingPlatform platform = platform();
        String name = HostingConnections.applicationName(hosting.reader());
        assertThatThrownBy(() -> platform.plans(page -> hosting.text("SELECT count(pg_terminate_backend(pid)) FROM"
                + " pg_stat_activity WHERE application_name = '" + name + "'")))
                .isInstanceOfSatisfying(PortFailure.class,
                        failure -> assertThat(failure.effect()).isEqualTo(PortFailure.Effect.NONE));
        assertThat(platform.counts().plans()).isEqualTo(20_000);
    }

    @Test
    void after_it_was_closed_it_fails() {
        HostingPlatform platform = platform();
        platform.close();
        assertThatThrownBy(platform::counts).isInstanceOf(PortFailure.class);
    }

    // --- helpers

    private HostingPlatform platform() {
        return opened(hosting.reader(), UnaryOperator.identity());
    }

    private HostingPlatform opened(HostingPlatformSettings settings, UnaryOperator<DataSource> watched) {
        HostingPlatform platform = HostingPlatform.open(settings, watched);
        open.add(platform);
        return platform;
    }

    /** A method of the port. */
    private interface Reading<T> {
        void read(SourceApplication application, Consumer<List<SourceRow<T>>> page);
    }

    private <T> List<SourceRow<T>> told(Reading<T> reading) {
        var told = new ArrayList<SourceRow<T>>();
        reading.read(platform(), told::addAll);
        return told;
    }

    private List<SourceRow<SourcePlan>> plans() {
        return told(SourceApplication::plans);
    }

    private List<SourceRow<SourceInvoice>> invoices() {
        return told(SourceApplication::invoices);
    }

    private SourceSubscription subscription() {
        return told(SourceApplication::subscriptions).get(0).value().orElseThrow();
    }

    private void invoice(int number, Integer subscription, String status) {
        hosting.insert("invoices", id(number), id(1), subscription == null ? null : id(subscription), "in_" + number, null,
                "CAD", status, "5", "0");
    }

    private void item(int number, int invoice, String start, String end) {
        hosting.insert("invoice_items", id(number), id(invoice), "CPU", "1", "5", "5", start, end);
    }

    private static String id(int number) {
        return "00000000-0000-4000-8000-%012x".formatted(number);
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(24), 16);
    }

    private static String sqlState(Throwable failure) {
        return failure.getCause() instanceof SQLException sql ? sql.getSQLState() : "none: " + failure;
    }

    /** How many of the reader's results the server keeps, asked on the reader's own connection. */
    private static int cursors(Connection connection) {
        try {
            return Sql.query(connection, "SELECT count(*) FROM pg_cursors WHERE statement = ?", row -> row.getInt(1),
                    HostingQueries.USAGE).get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Remembers the connection that was handed out last. */
    private static UnaryOperator<DataSource> watching(AtomicReference<Connection> last) {
        return source -> (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(source, arguments);
                        if (answer instanceof Connection connection) {
                            last.set(connection);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
