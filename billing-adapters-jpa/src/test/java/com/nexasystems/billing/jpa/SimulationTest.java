package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.rating.SimulatedCustomer;
import com.nexasystems.billing.rating.SimulationReport;
import com.nexasystems.billing.rating.SimulationRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A simulation on the database: page by page, and without a trace. */
@ExtendWith(TestDatabase.class)
class SimulationTest {

    private static final int SUBSCRIPTIONS = 1200;

    @Test
    void the_statements_follow_the_pages_and_not_the_subscriptions() {
        var statements = new CountedStatements();
        Company company = company(JpaPorts.open(TestDatabase.freshSchema(), statements));
        var told = new ArrayList<Long>();

        long before = statements.count();
        SimulationReport report = simulate(company, one -> told.add(statements.count()));

        assertThat(statements.count() - before).as("to simulate 3 pages").isLessThan(3 * 10);
        assertThat(told).hasSize(SUBSCRIPTIONS);
        assertThat(told.get(0)).as("statements by the time the first customer is told of").isLessThan(before + 15);
        assertThat(report.customers()).isEqualTo(SUBSCRIPTIONS);
        assertThat(report.prices().total().difference()).isEqualTo(Money.of(Currency.getInstance("CAD"), "6132.00"));
    }

    @Test
    void a_simulation_leaves_every_row_of_every_table_as_it_was() throws SQLException {
        JpaSettings settings = TestDatabase.freshSchema();
        Company company = company(JpaPorts.open(settings));
        Map<String, String> before = contents(settings);
        simulate(company, one -> { });
        assertThat(contents(settings)).isEqualTo(before).hasSizeGreaterThan(15);
    }

    private static Company company(JpaPorts ports) {
        Company company = Company.with(TestDatabase.closedLater(ports).ports(), SUBSCRIPTIONS);
        company.billing().usage().record(company.service(), company.usage(0, 6000, SUBSCRIPTIONS));
        return company;
    }

    /** Five CAD more a month, CPU-seconds at three times the price (0.24 for 0.08), and requests (0.05) free. */
    private static SimulationReport simulate(Company company, Consumer<SimulatedCustomer> each) {
        Plan changed = Plan.of("changed", Interval.MONTHLY, false, Money.of(Currency.getInstance("CAD"), "25"),
                Company.NEW_YEAR, Charge.of(new MetricCode("cpu_seconds"), Quota.of("5"), Standard.of("0.0075", "1")));
        return company.billing().simulate().simulate(new SimulationRequest(new PlanCode("starter"), changed,
                LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-31")), each);
    }

    /** A digest of every table's rows. */
    private static Map<String, String> contents(JpaSettings settings) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
             Statement statement = connection.createStatement()) {
            var contents = new TreeMap<String, String>();
            for (String table : texts(statement, "SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                    + settings.schema() + "'")) {
                contents.put(table, texts(statement, "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|'"
                        + " ORDER BY t::text)), '') FROM " + settings.schema() + "." + table + " t").get(0));
            }
            return contents;
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
