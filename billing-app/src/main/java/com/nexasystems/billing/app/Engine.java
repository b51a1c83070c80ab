package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.jpa.HostingPlatformSettings;
import com.nexasystems.billing.jpa.JournalProtection;
import com.nexasystems.billing.jpa.JpaPorts;
import com.nexasystems.billing.jpa.JpaSettings;
import com.nexasystems.billing.jpa.JpaSettings.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;

/** The engine on its database, for one command. */
final class Engine implements AutoCloseable {

    static final String DEMO_SCHEMA = "billing_demo";

    private static final String SCHEMA = "billing";
    private static final long DEMO_LOCK = 0x62696c6c64656d6fL;

    /** Of the engine in the demo of the shadow; the company that is invented for it lies in {@link #DEMO_COMPANY}. */
    static final String DEMO_SHADOW_SCHEMA = "billing_demo_shadow";
    static final String DEMO_COMPANY = "hosting_demo";
    static final String DEMO_LEDGER_SCHEMA = "billing_demo_ledger";

    private final Settings settings;
    private final Database database;
    private final JpaPorts adapter;
    private final Billing billing;

    private Engine(Host host, Settings settings, Database database, String schema, int connections) {
        this.settings = settings;
        this.database = database;
        this.adapter = JpaPorts.open(new JpaSettings(database.url(), database.user(), database.password(), schema,
                connections, database.owner()));
        this.billing = ConfiguredGates.in(Billing.over(adapter.ports()).clock(host.clock()).policy(settings.policy()),
                adapter.ports(), settings, host.clock()).build();
    }

    /** On the schema that is configured, else on the one that has data: after a first demo, that is the demo's. */
    static Engine open(Host host) {
        return open(host, Engine::forOneCommand);
    }

    /** As {@link #open}, with as many connections as many requests at once may take. */
    static Engine openForServer(Host host) {
        return open(host, settings -> settings.integer(Setting.BILLING_DB_CONNECTIONS));
    }

    /** One for each worker, and one for the command itself. */
    private static int forOneCommand(Settings settings) {
        return settings.integer(Setting.BILLING_WORKERS) + 1;
    }

    private static Engine open(Host host, ToIntFunction<Settings> connections) {
        Settings settings = Settings.of(host);
        Database database = Database.of(host, settings);
        return closingOnFailure(database, () -> {
            database.checkReachable();
            String schema = schema(settings, database);
            if (schema.equals(DEMO_SCHEMA) && settings.text(Setting.BILLING_DB_SCHEMA).isEmpty()) {
                host.err().println("working on the demo's data (schema " + DEMO_SCHEMA + ")");
            }
            return new Engine(host, settings, database, schema, connections.applyAsInt(settings));
        });
    }

    /** On the demo's own schema, made anew; a second demo on the database waits until this one has ended. */
    static Engine openDemo(Host host) {
        return openDemo(host, DEMO_SCHEMA);
    }

    /** As {@link #openDemo(Host)}, on another schema. */
    static Engine openDemo(Host host, String schema) {
        Settings settings = Settings.of(host);
        Database database = Database.of(host, settings);
        return closingOnFailure(database, () -> {
            database.waitUntilAlone(DEMO_LOCK);
            database.drop(schema);
            return new Engine(host, settings, database, schema, forOneCommand(settings));
        });
    }

    Billing billing() {
        return billing;
    }

    Ports ports() {
        return adapter.ports();
    }

    Settings settings() {
        return settings;
    }

    /** The hosting company that a demo invents in a schema of the same database. */
    HostingPlatformSettings demoCompany() {
        Owner owner = database.owner().orElse(new Owner(database.user(), database.password()));
        return new HostingPlatformSettings(database.url(), owner.user(), owner.password(), DEMO_COMPANY);
    }

    /** For what only the owner of the schemas may do; of the demos. */
    Connection ownerConnection() throws SQLException {
        return database.connectAsOwner();
    }

    void dropDemoCompany() {
        database.drop(DEMO_COMPANY);
    }

    int workers() {
        return settings.integer(Setting.BILLING_WORKERS);
    }

    DataSource dataSource() {
        return adapter.dataSource();
    }

    JournalProtection journalProtection() {
        return adapter.journalProtection();
    }

    JpaPorts.State state() {
        return adapter.state();
    }

    @Override
    public void close() {
        adapter.close();
        database.close();
    }

    private static String schema(Settings settings, Database database) {
        String chosen = settings.text(Setting.BILLING_DB_SCHEMA);
        if (!chosen.isEmpty()) {
            return chosen;
        }
        return !database.hasSchema(SCHEMA) && database.hasSchema(DEMO_SCHEMA) ? DEMO_SCHEMA : SCHEMA;
    }

    private static Engine closingOnFailure(Database database, Supplier<Engine> open) {
        try {
            return open.get();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
