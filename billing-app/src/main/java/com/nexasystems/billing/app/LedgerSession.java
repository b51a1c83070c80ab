package com.nexasystems.billing.app;

import com.nexasystems.billing.ledger.LedgerSetup;

/** The engine and the ledger that is configured, for one command. */
final class LedgerSession implements AutoCloseable {

    private final Engine engine;
    private final ConfiguredLedger ledger;

    private LedgerSession(Engine engine, ConfiguredLedger ledger) {
        this.engine = engine;
        this.ledger = ledger;
    }

    /** What is wrong with settings and file is found before the database is touched. */
    static LedgerSession open(Host host) {
        ConfiguredLedger.check(Settings.of(host));
        Engine engine = Engine.open(host);
        try {
            return new LedgerSession(engine, ConfiguredLedger.of(engine.settings(), engine.ports(), host.clock()));
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    Engine engine() {
        return engine;
    }

    LedgerSetup setup() {
        return ledger.setup();
    }

    LedgerIngestion ingestion() {
        return new LedgerIngestion(engine.billing().ledgerIngest(), setup());
    }

    @Override
    public void close() {
        ledger.close();
        engine.close();
    }
}
