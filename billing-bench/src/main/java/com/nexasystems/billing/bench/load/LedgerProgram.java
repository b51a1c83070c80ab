package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.bench.load.Meter.Spent;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.jpa.JpaPorts;
import com.nexasystems.billing.jpa.JpaSettings;
import com.nexasystems.billing.ledger.FamilyRules;
import com.nexasystems.billing.ledger.FamilyRules.Rule;
import com.nexasystems.billing.ledger.FamilyRules.Target;
import com.nexasystems.billing.ledger.IngestOptions;
import com.nexasystems.billing.ledger.LedgerPolicy;
import com.nexasystems.billing.ledger.PostReport;
import com.nexasystems.billing.tax.Jurisdiction;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes many invoices into the ledger and posts them, in a process of 256 MiB of its own, beside what PostgreSQL takes to
 * write the same rows into the same tables without engine, triggers and foreign keys. Then does so again in a process that is
 * killed in the middle of both, and counts what is there. By hand: {@code LedgerProgram [invoices]}.
 */
final class LedgerProgram {

    private static final int INVOICES = 100_000;
    private static final String MEASURED = "measured";
    private static final String KILLED = "killed";
    private static final String MEMORY = "-Xmx256m";
    private static final List<String> TABLES = List.of("ledger_invoice", "ledger_evidence", "journal_entry",
            "journal_posting", "journal_seal");
    private static final LedgerPolicy POLICY = new LedgerPolicy(ZoneOffset.UTC, new FamilyRules(List.of(
            new Rule("managed", Target.DESCRIPTION, "\\bmanaged\\b"),
            new Rule("hosting", Target.DESCRIPTION, "\\bhosting\\b"))), List.of(new Jurisdiction("CA-ON")), LedgerPolicy.ALL_TAX_POLICIES);

    private LedgerProgram() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 1) {
            work(settings(arguments[0], arguments[1]), new ManyInvoices(Integer.parseInt(arguments[2])));
            return;
        }
        var invoices = new ManyInvoices(arguments.length == 0 ? INVOICES : Integer.parseInt(arguments[0]));
        try (Server server = Server.startDurable()) {
            String url = server.settings().url();
            start(url, MEASURED, invoices).waitFor();
            baseline(new Database(settings(url, MEASURED)), invoices);
            kill(url, new ManyInvoices(invoices.count() / 5));
        }
    }

    private static JpaSettings settings(String url, String schema) {
        return new JpaSettings(url, "postgres", "", schema, 4);
    }

    private static Process start(String url, String schema, ManyInvoices invoices) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new ProcessBuilder(List.of(java, MEMORY, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                LedgerProgram.class.getName(), url, schema, Integer.toString(invoices.count()))).inheritIO().start();
    }

    private static void work(JpaSettings settings, ManyInvoices invoices) {
        try (JpaPorts ports = JpaPorts.open(settings)) {
            Billing billing = Billing.over(ports.ports()).build();
            var meter = new Meter(new Database(settings));
            tell("ingest " + invoices.count() + " invoices", invoices.entries(),
                    meter.spent(() -> billing.ledgerIngest().all(invoices, POLICY, IngestOptions.ALL)));
            var reports = new ArrayList<PostReport>();
            Spent spent = meter.spent(() -> reports.add(billing.posting().all(Actor.person("bench"), Optional.empty(),
                    report -> { }).report()));
            PostReport posted = reports.get(0);
            if (posted.refusals() > 0) {
                throw new IllegalStateException("not all was posted: " + posted.refused().get(0));
            }
            tell("post their entries", posted.posted(), spent);
            System.out.printf(Locale.ROOT, "%-40s %,9d MiB of %s%n", "most memory in use", mostUsed() >> 20, MEMORY);
        }
    }

    private static long mostUsed() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    private static void baseline(Database database, ManyInvoices invoices) {
        var copies = new ArrayList<String>();
        TABLES.forEach(table -> copies.add("CREATE TABLE copy_of_" + table + " (LIKE " + table + " INCLUDING ALL)"));
        database.execute(copies.toArray(String[]::new));
        tell("baseline: PostgreSQL copies the rows", invoices.entries(), new Meter(database).spent(() ->
                database.execute(TABLES.stream().map(table -> "INSERT INTO copy_of_" + table + " SELECT * FROM " + table)
                        .toArray(String[]::new))));
    }

    private static void kill(String url, ManyInvoices invoices) throws IOException, InterruptedException {
        var database = new Database(settings(url, KILLED));
        killed(url, invoices, "SELECT count(*) FROM ledger_invoice", invoices.count() / 2, database);
        killed(url, invoices, "SELECT count(*) FROM journal_entry", invoices.entries() / 2, database);
        start(url, KILLED, invoices).waitFor();
        System.out.println("killed at the half of both and begun anew: of " + invoices.entries() + " entries "
                + database.value("SELECT count(*) FROM journal_entry") + " are posted, "
                + database.value("SELECT count(*) FROM ledger_draft") + " are left, "
                + database.value("SELECT count(*) - count(DISTINCT (invoice, kind, fact)) FROM journal_entry")
                + " are there twice");
    }

    private static void killed(String url, ManyInvoices invoices, String count, long until, Database database)
            throws IOException, InterruptedException {
        Process child = start(url, KILLED, invoices);
        while (child.isAlive() && count(database, count) < until) {
            Thread.sleep(20);
        }
        child.destroyForcibly().waitFor();
        System.out.println("killed when there were " + count(database, count));
    }

    /** Nothing, before the schema is there. */
    private static long count(Database database, String sql) {
        try {
            return Long.parseLong(database.value(sql));
        } catch (IllegalStateException e) {
            return 0;
        }
    }

    /** The second figure is of processor time, of engine and server together; other programs hardly change it. */
    private static void tell(String what, long entries, Spent spent) {
        System.out.printf(Locale.ROOT, "%-40s %,9d entries in %6.1f s, %,9.0f a second, %,9.0f a second of processor%n", what,
                entries, spent.clock() / 1e9, entries * 1e9 / spent.clock(),
                entries * 1e9 / spent.processors().orElse(spent.clock()));
    }
}
