package com.nexasystems.billing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourceUsage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlatformTablesTest {

    private static final SimulatedCompany COMPANY = SimulatedCompany.of(CompanySpec.of(3).withSize(30, 80)
            .withHoursPerRecord(6));

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void the_tables_hold_what_the_source_tells() throws Exception {
        MemorySourceApplication source = COMPANY.source();
        List<SourceInvoice> invoices = source.invoices().stream().flatMap(row -> row.value().stream()).toList();
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            COMPANY.writeTo(connection, "platform");

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(number(connection, "count(*) FROM platform.users")).isEqualByComparingTo(size(source.users()));
            assertThat(number(connection, "count(*) FROM platform.plans")).isEqualByComparingTo(size(source.plans()));
            assertThat(number(connection, "count(*) FROM platform.deployments")).isEqualByComparingTo("80");
            assertThat(number(connection, "count(*) FROM platform.subscriptions"))
                    .isEqualByComparingTo(size(source.subscriptions()));
            assertThat(number(connection, "count(*) FROM platform.usage_records"))
                    .isEqualByComparingTo(size(source.usage()));
            assertThat(number(connection, "sum(cpu_hours) FROM platform.usage_records WHERE cpu_hours <> 'NaN'"))
                    .isEqualByComparingTo(source.usage().stream().flatMap(row -> row.value().stream())
                            .map(SourceUsage::cpuHours).reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(number(connection, "sum(subtotal + tax) FROM platform.invoices")).isEqualByComparingTo(invoices
                    .stream().map(one -> one.subtotal().add(one.tax())).reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(number(connection, "sum(amount) FROM platform.invoice_items")).isEqualByComparingTo(invoices
                    .stream().flatMap(one -> one.items().stream()).map(SourceItem::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    @Test
    void a_row_says_the_same_to_the_last_digit() throws Exception {
        SourceUsage row = COMPANY.source().usage().stream().flatMap(one -> one.value().stream()).findFirst().orElseThrow();
        try (Connection connection = server.getPostgresDatabase().getConnection();
             Statement statement = connection.createStatement()) {
            COMPANY.writeTo(connection, "digits");
            try (ResultSet result = statement.executeQuery("SELECT cpu_hours, extract(epoch FROM period_start)::bigint"
                    + " FROM digits.usage_records WHERE id = '" + row.id() + "'")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getBigDecimal(1)).isEqualTo(row.cpuHours());
                assertThat(result.getLong(2)).isEqualTo(row.start().getEpochSecond());
            }
        }
    }

    @Test
    void what_is_put_right_was_wrong_before_and_the_rest_stays_as_it_was() throws Exception {
        LocalDate november = LocalDate.of(2026, 11, 1);
        SimulatedCompany company = SimulatedCompany.of(CompanySpec.of(5).withSize(30, 80).withHoursPerRecord(6)
                .withMonths(4, LocalDate.of(2026, 12, 1)).withoutPaymentMethod(2).withPutRight(november));
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            company.writeEarlierTo(connection, "earlier");
            company.writeTo(connection, "later");

            String withoutMeans = "count(*) FROM %s.users WHERE stripe_customer_id IS NULL";
            assertThat(number(connection, withoutMeans.formatted("earlier"))).isEqualByComparingTo("2");
            assertThat(number(connection, withoutMeans.formatted("later"))).isZero();
            String bad = "count(*) FROM %s.usage_records WHERE cpu_hours = 'NaN'";
            assertThat(number(connection, bad.formatted("earlier"))).isEqualByComparingTo("1");
            assertThat(number(connection, bad.formatted("later"))).isZero();
            for (String table : List.of("invoices", "invoice_items")) {
                assertThat(number(connection, "count(*) FROM (SELECT * FROM earlier." + table
                        + " EXCEPT SELECT * FROM later." + table + ") gone")).isZero();
            }
            assertThat(number(connection, "count(*) FROM (SELECT * FROM earlier.usage_records WHERE cpu_hours <> 'NaN'"
                    + " EXCEPT SELECT * FROM later.usage_records) gone")).isEqualByComparingTo("1");
            assertThat(number(connection, "count(*) FROM earlier.usage_records WHERE period_start >= '2026-11-04'"))
                    .isZero();
            assertThat(number(connection, "count(*) FROM later.invoices")).isGreaterThan(
                    number(connection, "count(*) FROM earlier.invoices"));
        }
        assertThat(company.planted()).filteredOn(one -> one.deviation() != Deviation.ONE_OFF_UNLINKED).isNotEmpty()
                .allMatch(one -> one.periodStart().isBefore(november));
    }

    @Test
    void a_schema_that_is_there_is_left_alone() throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
             Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA taken");

            assertThatThrownBy(() -> COMPANY.writeTo(connection, "taken")).isInstanceOf(SQLException.class)
                    .hasMessageContaining("taken");
            assertThat(number(connection, "count(*) FROM information_schema.tables WHERE table_schema = 'taken'"))
                    .isEqualByComparingTo("0");
        }
    }

    @Test
    void a_name_that_is_no_schema_is_refused() throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            assertThatThrownBy(() -> COMPANY.writeTo(connection, "a; DROP TABLE b"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static BigDecimal size(List<?> rows) {
        return BigDecimal.valueOf(rows.size());
    }

    private static BigDecimal number(Connection connection, String what) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery("SELECT " + what)) {
            result.next();
            return result.getBigDecimal(1);
        }
    }
}
