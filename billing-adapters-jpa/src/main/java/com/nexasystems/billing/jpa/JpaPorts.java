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
import org.postgresql.ds.PGSimpleDataSource;

/** Every port on one PostgreSQL schema. Open it once, hand {@link #ports()} to the engine, close it at the end. */
public final class JpaPorts implements AutoCloseable {

    private static final String MIGRATIONS = "classpath:com/nexasystems/billing/jpa/migration";
    private static final int REACHABLE_SECONDS = 2;
    private static final long CONNECT_MILLIS = 10_000;
    private static final int IDLE_CONNECTIONS = 2;
    private static final long IDLE_MILLIS = 20_000;

    /** What the engine's database is good for now. */
    public enum State { READY, NOT_MIGRATED, UNREACHABLE }

    private final HikariDataSource pool;
    private final DataSource beside;
    private final String schema;
    private final String version;
    private final SessionFactory sessions;
    private final Ports ports;

    private JpaPorts(HikariDataSource pool, JpaSettings settings, String version, SessionFactory sessions) {
        this.pool = pool;
        this.beside = beside(settings);
        this.schema = settings.schema();
        this.version = version;
        this.sessions = sessions;
        var unitOfWork = new JpaUnitOfWork(sessions);
        var subscriptions = new JpaSubscriptions(unitOfWork);
        this.ports = new Ports(unitOfWork, new TimeOrderedIds(), new SecureEntropy(), new JpaAuditTrail(unitOfWork),
                new JpaMetrics(unitOfWork), new JpaPlans(unitOfWork), new JpaServices(unitOfWork),
                new JpaCustomers(unitOfWork), new JpaTaxRates(unitOfWork), new JpaEventLog(unitOfWork),
                subscriptions, new JpaUsageRecords(unitOfWork), new JpaFreshUsage(unitOfWork),
                new JpaInvoices(unitOfWork), new JpaInvoiceNumbers(unitOfWork), new JpaCoupons(unitOfWork),
                new JpaWallets(unitOfWork), new JpaCreditNotes(unitOfWork), new JpaDirectory(unitOfWork),
                new JpaBillingTerms(unitOfWork), new JpaApiKeys(unitOfWork), new JpaAuthenticationLog(unitOfWork),
                new JpaKnownAnswers(unitOfWork), new JpaBacklog(unitOfWork, subscriptions),
                new JpaServiceTaxes(unitOfWork), new JpaShadowRecords(unitOfWork), new JpaReconciliations(unitOfWork),
                new JpaCutOvers(unitOfWork), new JpaPayments(unitOfWork), new JpaEndpoints(unitOfWork),
                new JpaDeliveries(unitOfWork), new JpaThresholdMarks(unitOfWork), new JpaJournal(unitOfWork),
                new JpaJobs(unitOfWork), new JpaCertificates(unitOfWork), new JpaApprovals(unitOfWork),
                new JpaLineHolds(unitOfWork));
    }

    /**
     * Brings the schema up to date, gives the rights that are needed in it, if it has an owner of its own, and connects.
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
            String version = migrate(settings, pool);
            return new JpaPorts(pool, settings, version, sessions(watched.apply(pool)));
        } catch (PortFailure e) {
            pool.close();
            throw e;
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
        config.setMinimumIdle(Math.min(IDLE_CONNECTIONS, settings.connections()));
        config.setIdleTimeout(IDLE_MILLIS);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setAutoCommit(false);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("currentSchema", settings.schema());
        config.addDataSourceProperty("ApplicationName", applicationName(settings));
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    /** What the URL says of these properties wins. */
    private static DataSource beside(JpaSettings settings) {
        PGSimpleDataSource source = source(settings, settings.user(), settings.password());
        source.setConnectTimeout(REACHABLE_SECONDS);
        source.setSocketTimeout(REACHABLE_SECONDS);
        source.setUrl(settings.url());
        return source;
    }

    private static PGSimpleDataSource source(JpaSettings settings, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setCurrentSchema(settings.schema());
        source.setApplicationName(applicationName(settings));
        source.setUser(user);
        source.setPassword(password);
        source.setUrl(settings.url());
        return source;
    }

    /** By which the database's operator knows these connections. */
    static String applicationName(JpaSettings settings) {
        return "billing-" + settings.schema();
    }

    /** @return the version that the schema has now */
    private static String migrate(JpaSettings settings, DataSource pool) {
        if (settings.owner().isEmpty()) {
            return migrate(pool, settings.schema());
        }
        DataSource owner = source(settings, settings.owner().get().user(), settings.owner().get().password());
        String version = migrate(owner, settings.schema());
        try (Connection connection = owner.getConnection()) {
            RuntimeRights.give(connection, settings.schema(), settings.user());
        } catch (SQLException e) {
            throw PortFailures.beforeCommit(e);
        }
        return version;
    }

    private static String migrate(DataSource dataSource, String schema) {
        Flyway flyway = Flyway.configure(JpaPorts.class.getClassLoader()).dataSource(dataSource).locations(MIGRATIONS)
                .schemas(schema).defaultSchema(schema).createSchemas(true).load();
        flyway.migrate();
        return flyway.info().current().getVersion().getVersion();
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

    /** The connections, for what an application keeps beside the engine, such as its jobs. They do not commit by themselves. */
    public DataSource dataSource() {
        return pool;
    }

    /** Asked on a connection of its own: a busy pool is not a broken database. */
    public State state() {
        if (pool.isClosed()) {
            return State.UNREACHABLE;
        }
        try (Connection connection = beside.getConnection()) {
            return isMigrated(connection) ? State.READY : State.NOT_MIGRATED;
        } catch (SQLException e) {
            return State.UNREACHABLE;
        }
    }

    /**
     * How well posted entries are protected from the role that the engine works as.
     *
     * @throws PortFailure if the database cannot be reached
     */
    public JournalProtection journalProtection() {
        try (Connection connection = beside.getConnection()) {
            return JournalProtection.in(connection, schema);
        } catch (SQLException e) {
            throw PortFailures.beforeCommit(e);
        }
    }

    private boolean isMigrated(Connection connection) {
        try {
            return !Sql.query(connection, "SELECT 1 FROM flyway_schema_history WHERE version = ? AND success",
                    row -> true, version).isEmpty();
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
