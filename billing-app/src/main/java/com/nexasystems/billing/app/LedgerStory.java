package com.nexasystems.billing.app;

import com.nexasystems.billing.app.LedgerSheet.Kind;
import com.nexasystems.billing.app.LedgerSheet.Query;
import com.nexasystems.billing.app.SheetExport.Format;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.http.LagoInvoices;
import com.nexasystems.billing.http.LagoSettings;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.FamilyRules;
import com.nexasystems.billing.ledger.FamilyRules.Rule;
import com.nexasystems.billing.ledger.FamilyRules.Target;
import com.nexasystems.billing.ledger.IngestOptions;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.LedgerPolicy;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.ledger.PostEntries.BulkOutcome;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Verification;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.stripe.StripeInvoices;
import com.nexasystems.billing.stripe.StripeInvoices.Pace;
import com.nexasystems.billing.stripe.StripeSettings;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** What the demo of the ledger tells, step by step. */
final class LedgerStory implements AutoCloseable {

    static final Instant BEGIN = Instant.parse("2026-11-04T08:00:00Z");

    private static final Instant NEXT_DAY = Instant.parse("2026-11-05T08:00:00Z");
    private static final Actor OPERATOR = Actor.person("demo");
    private static final Pace QUICK = new Pace(500, 8, 2);
    private static final int QUICKLY = 500;
    private static final int SAMPLE = 3;
    /** Stripe fails once so many invoices were looked at. */
    private static final long OUTAGE = 150;
    private static final LocalDate THIS_MONTH = LocalDate.of(2026, 11, 1);
    private static final LocalDate LAST_YEAR = LocalDate.of(2025, 12, 31);

    private final Host host;
    private final PrintStream out;
    private final DemoClock clock;
    private final Engine engine;
    private final DemoBooks books;
    private final LagoInvoices lago;
    private LedgerSetup setup;
    private int step;

    LedgerStory(Host host, DemoClock clock, Engine engine, DemoBooks books) {
        this.host = host;
        this.out = host.out();
        this.clock = clock;
        this.engine = engine;
        this.books = books;
        LedgerFile rules = LedgerFile.shipped();
        this.lago = LagoInvoices.open(LagoSettings.of(books.lago().base(), DemoBooks.LAGO_KEY, rules.policy().zone())
                .asking(QUICKLY, QUICK.atOnce()), clock);
        StripeSettings stripe = StripeSettings.of(DemoBooks.STRIPE_KEY).withApiBase(books.stripe().base());
        this.setup = new LedgerSetup(List.of(StripeInvoices.of(stripe, clock, QUICK), lago), rules.policy(), rules.chart());
    }

    @Override
    public void close() {
        lago.close();
    }

    int tell() {
        outage();
        secondRun();
        review();
        rule();
        boolean posted = post();
        reports();
        change();
        lock();
        boolean found = verify();
        suggest();
        return posted && found ? ExitCode.OK : ExitCode.PARTIAL;
    }

    private void step(String title) {
        step++;
        out.print((step == 1 ? "" : "\n") + step + ". " + title + "\n");
    }

    private void outage() {
        step("Ask Stripe and Lago for what the application says there is; halfway, Stripe fails");
        out.print(books.application().invoices().size() + " rows of the application, each of them 'paid' and made in one"
                + " night: a sync has stamped them.\nNothing of them is believed but the id at Stripe or Lago\n");
        var seen = new AtomicLong();
        ingest(IngestOptions.ALL, count -> {
            if (seen.addAndGet(count) >= OUTAGE) {
                books.stripe().faults().on("/v1/", StripeFault.UNAVAILABLE);
            }
        });
    }

    /** What is settled and was issued before this month is not asked for again. */
    private LedgerIngestion.Outcome ingestNews() {
        return ingest(new IngestOptions(Optional.of(THIS_MONTH), false), count -> { });
    }

    private LedgerIngestion.Outcome ingest(IngestOptions options, LongConsumer progress) {
        var ingestion = new LedgerIngestion(engine.billing().ledgerIngest(), setup);
        LedgerIngestion.Outcome outcome;
        try (Progress shown = Progress.of(host, "Ingesting", books.application().invoices().size())) {
            outcome = ingestion.run(new LedgerIngestion.Lists(Optional.of(books.application()), List.of()), options,
                    count -> {
                        shown.step(count);
                        progress.accept(count);
                    });
        }
        IngestText.print(out, outcome, false);
        return outcome;
    }

    private void secondRun() {
        step("Again, when Stripe is back: what was left is made good, and nothing is there twice");
        books.stripe().faults().none();
        IngestText.printProblems(out, ingestNews());
    }

    private void review() {
        step("Review what would be posted");
        ReviewText.print(out, engine.billing().ledgerReview().review(OPERATOR, "demo", SAMPLE), "demo");
    }

    private void rule() {
        step("Add a rule for the lines that no rule matches, and ingest again");
        out.print("  - {family: consulting, description: 'workshop'}\n");
        LedgerPolicy policy = setup.policy();
        var rules = new ArrayList<>(policy.families().rules());
        rules.add(new Rule("consulting", Target.DESCRIPTION, "workshop"));
        setup = new LedgerSetup(setup.sources(), new LedgerPolicy(policy.zone(), new FamilyRules(rules),
                policy.jurisdictions(), policy.taxPolicies()), setup.chart());
        ingest(IngestOptions.ALL, count -> { });
    }

    private boolean post() {
        step("Post, for good");
        BulkOutcome outcome = engine.billing().posting().all(OPERATOR, Optional.empty(), report -> { });
        LedgerPostCommand.print(host, outcome);
        return outcome.gate().opens() && outcome.report().refusals() == 0;
    }

    private void reports() {
        step("The trial balance: what was debited was credited, in every currency");
        print(Kind.TRIAL_BALANCE, LocalDate.of(2025, 1, 1));
        step("Revenue by family and month, since September");
        print(Kind.REVENUE, LocalDate.of(2026, 9, 1));
        step("What customers owe, by how long it has been due");
        print(Kind.AGEING, LocalDate.of(2025, 1, 1));
        step("Tax by rate and month, since October");
        print(Kind.TAX, LocalDate.of(2026, 10, 1));
    }

    private void print(Kind kind, LocalDate from) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), setup.policy().zone());
        var sheet = new LedgerSheet(engine.billing(), setup.chart(), new Query(from, today, today, false), true);
        SheetExport table = Format.TABLE.to(out, kind.title(), kind.header());
        sheet.each(kind, table::add);
        table.end();
    }

    private void change() {
        step("A day later somebody withdraws an invoice at Stripe that is posted here");
        clock.advanceTo(NEXT_DAY);
        StripeInvoice withdrawn = books.withdraw(NEXT_DAY.minusSeconds(3600));
        ingestNews();
        engine.ports().journal().invoices(new InvoiceFilter(Optional.empty(), Optional.of(true), Optional.empty()),
                PageRequest.first(SAMPLE)).items().forEach(this::tellChange);
        step("A posted entry is never changed: it is reversed");
        PostedEntry reversed = engine.billing().reversals().reverse(
                EntryKey.parse(withdrawn.id() + "#invoice##1"), Optional.of(LocalDate.of(2026, 11, 5)),
                "Withdrawn at Stripe", OPERATOR);
        EntryText.print(out, reversed.entry());
        ingestNews();
    }

    private void tellChange(IngestedInvoice invoice) {
        out.print("  " + String.join("; ", invoice.changed()) + "\n");
    }

    private void lock() {
        step("Lock the last year; to unlock it takes two");
        LockText.tell(host, false, engine.billing().periodLocks().lock(LAST_YEAR, OPERATOR));
    }

    private boolean verify() {
        step("Verify that nothing was changed since it was posted");
        Verification before = verified();
        step("Change one letter of one entry in the database, past all that refuses it, and verify again");
        long sequence = before.entries() / 2;
        String letter = textOf(sequence).substring(0, 1);
        tamper(sequence, letter.toLowerCase(Locale.ROOT));
        Verification after = verified();
        tamper(sequence, letter);
        return before.bad().isEmpty() && after.bad().filter(bad -> bad.sequence() == sequence).isPresent();
    }

    private String textOf(long sequence) {
        return engine.ports().journal().chain(sequence - 1, 1).get(0).entry().orElseThrow().entry().text();
    }

    private Verification verified() {
        Verification verification = engine.billing().journalVerification().verify(Optional.empty(), entries -> { });
        LedgerVerifyCommand.print(host, verification);
        return verification;
    }

    /** What the tables' owner can do if he takes their guards away, and nobody else can. */
    private void tamper(long sequence, String letter) {
        try (Connection connection = engine.ownerConnection(); var statement = connection.createStatement()) {
            statement.execute("SET search_path = " + Engine.DEMO_LEDGER_SCHEMA);
            statement.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER");
            statement.execute("UPDATE journal_entry SET text = overlay(text placing '" + letter + "' from 1 for 1)"
                    + " WHERE sequence = " + sequence);
            statement.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER");
        } catch (SQLException e) {
            throw new EnvironmentFailure("the entry cannot be changed: " + e.getMessage(), e);
        }
    }

    private void suggest() {
        String schema = "  BILLING_DB_SCHEMA=" + Engine.DEMO_LEDGER_SCHEMA + " ./billing ledger ";
        out.print("\nGo on with\n");
        out.print(schema + "report held\n");
        out.print(schema + "report journal --format xlsx --out journal.xlsx\n");
        out.print(schema + "verify\n");
        out.print("  ./billing ledger config\n");
    }
}
