package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.PortFailure;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** Every port on one PostgreSQL schema. Open it once, hand {@link #ports()} to the engine, close it at the end. */
public final class JpaPorts implements AutoCloseable {

    private static final String MIGRATIONS = "classpath:com/nexasystems/billing/jpa/migration";
    private static final int REACHABLE_SECONDS = 2;
    private static final long CONNECT_MILLIS = 10_000;

    private final HikariDataSource pool;
    private final SessionFactory sessions;
    private final Ports ports;

    private JpaPorts(HikariDataSource pool, SessionFactory sessions) {
        this.pool = pool;
        this.sessions = sessions;
        var unitOfWork = new JpaUnitOfWork(sessions);
        this.ports = new Ports(unitOfWork, new TimeOrderedIds(), new SecureEntropy(), new JpaAuditTrail(unitOfWork),
                new JpaMetrics(unitOfWork), new JpaPlans(unitOfWork), new JpaServices(unitOfWork),
                new JpaCustomers(unitOfWork), new JpaTaxRates(unitOfWork), new JpaEventLog(unitOfWork),
                new JpaSubscriptions(unitOfWork), new JpaUsageRecords(unitOfWork), new JpaFreshUsage(unitOfWork),
                new JpaInvoices(unitOfWork), new JpaInvoiceNumbers(unitOfWork), new JpaCoupons(unitOfWork),
                new JpaWallets(unitOfWork), new JpaCreditNotes(unitOfWork), new JpaDirectory(unitOfWork),
                new JpaBillingTerms(unitOfWork), new JpaApiKeys(unitOfWork), new JpaAuthenticationLog(unitOfWork),
                new JpaKnownAnswers(unitOfWork));
    }

    /**
     * Brings the schema up to date, and connects.
     *
     * @throws PortFailure if the database cannot be reached, or its schema cannot be brought up to date
     */
    public static JpaPorts open(JpaSettings settings) {
        return open(settings, UnaryOperator.identity());
    }

    /** @param watched lets a test see what is asked of the database */
    static JpaPorts open(JpaSettings settings, UnaryOperator<DataSource> watched) {
        HikariDataSource pool = pool(settings);
        try {
            migrate(pool, settings.schema());
            return new JpaPorts(pool, sessions(watched.apply(pool)));
        } catch (RuntimeException e) {
            pool.close();
            throw PortFailures.beforeCommit(e);
        }
    }

    private static HikariDataSource pool(JpaSettings settings) {
        var config = new HikariConfig();
        config.setPoolName(applicationName(settings));
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setAutoCommit(false);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("currentSchema", settings.schema());
        config.addDataSourceProperty("ApplicationName", applicationName(settings));
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    /** By which the database's operator knows these connections. */
    static String applicationName(JpaSettings settings) {
        return "billing-" + settings.schema();
    }

    private static void migrate(DataSource dataSource, String schema) {
        Flyway.configure(JpaPorts.class.getClassLoader()).dataSource(dataSource).locations(MIGRATIONS)
                .schemas(schema).defaultSchema(schema).createSchemas(true).load().migrate();
    }

    private static SessionFactory sessions(DataSource dataSource) {
        return new HibernatePersistenceConfiguration("billing")
                .managedClasses(MetricRow.class, PlanRow.class, PlanVersionRow.class, ChargeRow.class, ChargeTierRow.class,
                        UsageThresholdRow.class,
                        ServiceRow.class, CustomerRow.class, TaxRateRow.class,
                        TaxRateComponentRow.class, SubscriptionRow.class, InvoiceRow.class, InvoiceLineRow.class,
                        InvoiceTaxRow.class, InvoiceDiscountRow.class, InvoiceCreditRow.class)
                .property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource)
                .property(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .property(AvailableSettings.PHYSICAL_NAMING_STRATEGY, PhysicalNamingStrategySnakeCaseImpl.class.getName())
                .property(AvailableSettings.PREFERRED_INSTANT_JDBC_TYPE, "TIMESTAMP_WITH_TIMEZONE")
                .property(AvailableSettings.STATEMENT_BATCH_SIZE, 100)
                .createEntityManagerFactory();
    }

    public Ports ports() {
        return ports;
    }

    /** Whether the database answers now. */
    public boolean isReachable() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(REACHABLE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
