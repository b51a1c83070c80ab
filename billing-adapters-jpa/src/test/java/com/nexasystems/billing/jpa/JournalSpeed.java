package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.EntryKey.Kind;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.End;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.testkit.JournalSample;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How fast invoices are kept and their entries posted, beside what PostgreSQL takes to copy the same rows into the same
 * tables, without locks, triggers and foreign keys. By hand: {@code JournalSpeed [invoices [kilobytes of evidence]]}.
 */
final class JournalSpeed {

    private static final int PAGE = 500;
    private static final int BATCH = 1000;

    private JournalSpeed() {
    }

    public static void main(String[] arguments) throws SQLException {
        int invoices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int kilobytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
        measureCopying(invoices, kilobytes);
        try (JpaPorts jpa = JpaPorts.open(TestDatabase.freshSchema())) {
            measure(jpa.ports(), invoices, kilobytes);
        }
        System.exit(0);
    }

    private static void measure(Ports ports, int invoices, int kilobytes) {
        Journal journal = ports.journal();
        long begun = System.nanoTime();
        long drafts = timed("keep " + invoices + " invoices", () -> {
            long kept = 0;
            for (int from = 0; from < invoices; from += PAGE) {
                List<Keep> page = page(from, Math.min(invoices, from + PAGE), kilobytes);
                ports.unitOfWork().run(() -> JournalSample.keep(journal, page.toArray(Keep[]::new)));
                kept += page.stream().mapToInt(invoice -> invoice.drafts().size()).sum();
            }
            return kept;
        });
        timed("post them", () -> {
            long posted = 0;
            for (List<Draft> page = journal.drafts(Optional.empty(), BATCH); !page.isEmpty();
                 page = journal.drafts(Optional.empty(), BATCH)) {
                List<Draft> batch = page;
                ports.unitOfWork().run(() -> {
                    journal.claim(batch.stream().map(draft -> draft.entry().key().invoice()).distinct().toList());
                    List<PostedEntry> entries = JournalSample.entries(journal.claimEnd(), batch);
                    journal.post(entries, JournalSample.seal(entries));
                });
                posted += page.size();
            }
            return posted;
        });
        System.out.printf("kept and posted: %,.0f entries a second%n", drafts * 1e9 / (System.nanoTime() - begun));
        timed("walk along the chain", () -> walk(journal));
        timed("trial balance", () -> (long) journal.balances(Optional.empty(), Scope.POSTED).size());
        timed("revenue by month", () -> (long) journal.monthly(LedgerAccount.Type.REVENUE, LocalDate.of(2020, 1, 1),
                LocalDate.of(2030, 1, 1), Scope.POSTED).size());
        timed("open items", () -> {
            var items = new long[1];
            journal.openItems(LocalDate.of(2030, 1, 1), Scope.BOTH, page -> items[0] += page.size());
            return items[0];
        });
        timed("keep the first 5000 again", () -> {
            for (int from = 0; from < 5000; from += PAGE) {
                List<Keep> page = page(from, from + PAGE, kilobytes).stream()
                        .map(kept -> new Keep(kept.record(), List.of(), Optional.empty())).toList();
                ports.unitOfWork().run(() -> JournalSample.keep(journal, page.toArray(Keep[]::new)));
            }
            return 5000;
        });
    }

    private static long walk(Journal journal) {
        String before = EntryChain.START;
        long last = 0;
        for (var rows = journal.chain(0, BATCH); !rows.isEmpty(); rows = journal.chain(last, BATCH)) {
            for (var row : rows) {
                PostedEntry entry = row.entry().orElseThrow();
                if (!EntryChain.next(before, entry).equals(entry.chain())) {
                    throw new IllegalStateException("entry " + row.sequence());
                }
                before = entry.chain();
                last = row.sequence();
            }
        }
        return last;
    }

    private static void measureCopying(int invoices, int kilobytes) throws SQLException {
        JpaSettings settings = TestDatabase.freshSchema();
        JpaPorts.open(settings).close();
        var properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("currentSchema", settings.schema());
        try (Connection connection = DriverManager.getConnection(settings.url(), properties)) {
            Sql.update(connection, "SET session_replication_role = replica");
            connection.setAutoCommit(false);
            timed("baseline: copy the same rows", () -> copy(connection, invoices, kilobytes));
        }
    }

    private static long copy(Connection connection, int invoices, int kilobytes) throws SQLException {
        var end = new End(0, EntryChain.START);
        for (int from = 0; from < invoices; from += PAGE) {
            List<Keep> page = page(from, Math.min(invoices, from + PAGE), kilobytes);
            List<Draft> drafts = page.stream().flatMap(kept -> kept.drafts().stream()).toList();
            List<PostedEntry> entries = JournalSample.entries(end, drafts);
            IngestedInvoiceRow.BATCH.copy(connection, "ledger_invoice", page.stream().map(Keep::record).toList());
            EvidenceRow.BATCH.copy(connection, "ledger_evidence", page.stream().map(kept -> new EvidenceRow(
                    kept.drafts().get(0).evidence(), kept.evidence().orElseThrow())).toList());
            DraftRow.BATCH.copy(connection, "ledger_draft", drafts);
            PostedEntryRow.BATCH.copy(connection, "journal_entry", entries);
            PostingRow.BATCH.copy(connection, "journal_posting", entries.stream().flatMap(PostingRow::of).toList());
            connection.commit();
            PostedEntry last = entries.get(entries.size() - 1);
            end = new End(last.sequence(), last.chain());
        }
        return end.sequence();
    }

    private static List<Keep> page(int from, int until, int kilobytes) {
        return IntStream.range(from, until).mapToObj(i -> invoice(i, kilobytes)).toList();
    }

    /** Two and a half entries on the average, and JSON that looks like a provider's. */
    private static Keep invoice(int number, int kilobytes) {
        var random = new Random(number);
        String id = "in_1" + Long.toString(1_000_000_000_000L + number, 36);
        var json = new StringBuilder();
        while (json.length() < kilobytes * 1024) {
            json.append("{\"id\":\"il_").append(Long.toString(random.nextLong(), 36)).append("\",\"object\":\"line_item\",")
                    .append("\"amount\":").append(random.nextInt(100_000))
                    .append(",\"currency\":\"cad\",\"discountable\":true,")
                    .append("\"description\":\"1 × Managed hosting (at $12.00 / month)\",\"proration\":false,")
                    .append("\"metadata\":{},")
                    .append("\"period\":{\"start\":").append(random.nextInt()).append(",\"end\":").append(random.nextInt())
                    .append("}},\n");
        }
        var evidence = new Evidence(id, JournalSample.NOW, List.of(new Evidence.Document("invoice",
                json.toString().getBytes(StandardCharsets.UTF_8))));
        String sha256 = evidence.sha256();
        LocalDate day = LocalDate.of(2024, 1, 1).plusDays(number % 700);
        String party = "cus_" + number % 5000;
        List<Draft> drafts = new ArrayList<>();
        drafts.add(draft(id, Kind.INVOICE, "", day, party, sha256, JournalSample.posting(LedgerAccount.RECEIVABLE, "113.00"),
                JournalSample.posting(LedgerAccount.revenue("hosting"), "-60.00"),
                JournalSample.posting(LedgerAccount.revenue("managed"), "-40.00"),
                JournalSample.posting(LedgerAccount.tax("HST-ON"), "-13.00")));
        if (number % 10 != 0) {
            drafts.add(draft(id, Kind.PAYMENT, "inpay_" + number, day.plusDays(3), party, sha256,
                    JournalSample.posting(LedgerAccount.clearing("stripe"), "100.00"),
                    JournalSample.posting(LedgerAccount.RECEIVABLE, "-100.00")));
        }
        if (number % 10 < 6) {
            drafts.add(draft(id, Kind.BALANCE, "", day, party, sha256,
                    JournalSample.posting(LedgerAccount.CUSTOMER_BALANCE, "13.00"),
                    JournalSample.posting(LedgerAccount.RECEIVABLE, "-13.00")));
        }
        IngestedInvoice record = new IngestedInvoice(id, IngestedInvoice.Outcome.BOOKED, Optional.empty(), true,
                Optional.of(JournalSample.document("A-" + number, party, "113.00")), Optional.of(sha256), List.of(),
                List.of(), Optional.of(JournalSample.NOW), JournalSample.NOW);
        return new Keep(record, drafts, Optional.of(evidence));
    }

    private static Draft draft(String invoice, Kind kind, String fact, LocalDate day, String party, String evidence,
                               Posting... postings) {
        return new Draft(new JournalEntry(new EntryKey(invoice, kind, fact, 1), day, party, "Invoice A", List.of(postings)),
                evidence);
    }

    /** Does something, and answers how many. */
    @FunctionalInterface
    private interface Work {
        long run() throws SQLException;
    }

    private static long timed(String what, Work work) {
        try {
            long begun = System.nanoTime();
            long count = work.run();
            long nanos = System.nanoTime() - begun;
            System.out.printf("%-32s %,9d in %6.1f s, %,9.0f a second%n", what, count, nanos / 1e9, count * 1e9 / nanos);
            return count;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
