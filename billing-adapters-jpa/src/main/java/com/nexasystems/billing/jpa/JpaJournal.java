package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PeriodLock.UnlockRequest;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Seal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The books in PostgreSQL, which looks after them itself: what it refuses is written in the migration that makes the tables.
 * An invoice is claimed by an advisory lock, whether it has rows or not; the end of the journal, by its lock's row.
 */
final class JpaJournal implements Journal {

    private static final int LOCKS_OF_INVOICES = 7011;

    private static final Batch<Seal> SEAL = ActorColumns.in(new Batch<Seal>()
            .bigint("first", Seal::first)
            .bigint("last", Seal::last)
            .text("chain", Seal::chain)
            .instant("at", Seal::at), "by", Seal::by);

    private static final String KEY_TEXT = "invoice || '#' || kind || '#' || fact || '#' || revision";

    private final JpaUnitOfWork unitOfWork;

    JpaJournal(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public Map<String, IngestedInvoice> find(Collection<String> invoices) {
        return unitOfWork.inConnection(connection -> find(connection, texts(connection, invoices)));
    }

    private static Map<String, IngestedInvoice> find(Connection connection, Array invoices) throws SQLException {
        return Sql.queryPlannedAnew(connection, "SELECT * FROM ledger_invoice WHERE invoice = ANY (?)",
                IngestedInvoiceRow::read, invoices).stream().collect(Collectors.toMap(IngestedInvoice::invoice, Function.identity()));
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    @Override
    public Known look(String invoice) {
        return unitOfWork.inConnection(connection -> known(connection, List.of(invoice))).get(invoice);
    }

    /** In the order of their ids, so that no two wait for each other. */
    @Override
    public Map<String, Known> claim(Collection<String> invoices) {
        List<String> inOrder = invoices.stream().distinct().sorted().toList();
        return unitOfWork.inConnection(connection -> {
            Sql.query(connection, """
                    SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || wanted.id, ?))
                    FROM unnest(?) WITH ORDINALITY AS wanted(id, place) ORDER BY wanted.place
                    """, row -> true, LOCKS_OF_INVOICES, texts(connection, inOrder));
            return known(connection, inOrder);
        });
    }

    private static Map<String, Known> known(Connection connection, List<String> invoices) throws SQLException {
        Array wanted = texts(connection, invoices);
        Map<String, IngestedInvoice> records = find(connection, wanted);
        Map<String, List<Draft>> drafts = Sql.queryPlannedAnew(connection, """
                SELECT * FROM ledger_draft WHERE invoice = ANY (?) ORDER BY invoice, kind, fact, revision
                """, DraftRow::read, wanted).stream().collect(Collectors.groupingBy(draft -> draft.entry().key().invoice()));
        Map<String, List<PostedEntry>> posted = Sql.queryPlannedAnew(connection, PostedEntryRow.SELECT
                + "WHERE e.invoice = ANY (?) ORDER BY e.sequence", PostedEntryRow::read, wanted).stream()
                .collect(Collectors.groupingBy(entry -> entry.entry().key().invoice()));
        var all = new LinkedHashMap<String, Known>();
        invoices.forEach(invoice -> all.put(invoice, new Known(Optional.ofNullable(records.get(invoice)),
                drafts.getOrDefault(invoice, List.of()), posted.getOrDefault(invoice, List.of()))));
        return all;
    }

    @Override
    public void keep(List<Keep> invoices) {
        List<Draft> drafts = invoices.stream().flatMap(kept -> kept.drafts().stream()).toList();
        Set<String> needed = drafts.stream().map(Draft::evidence).collect(Collectors.toSet());
        unitOfWork.inConnection(connection -> {
            Array ids = texts(connection, invoices.stream().map(kept -> kept.record().invoice()).toList());
            Set<String> loose = new HashSet<>(Sql.queryPlannedAnew(connection,
                    "DELETE FROM ledger_draft WHERE invoice = ANY (?) RETURNING evidence",
                    row -> row.getString("evidence"), ids));
            Sql.queryPlannedAnew(connection, "DELETE FROM ledger_invoice WHERE invoice = ANY (?) RETURNING invoice",
                    row -> true, ids);
            IngestedInvoiceRow.BATCH.copy(connection, "ledger_invoice", invoices.stream().map(Keep::record).toList());
            addEvidence(connection, invoices.stream().flatMap(kept -> kept.evidence().stream()).map(EvidenceRow::of)
                    .filter(row -> needed.contains(row.sha256())).toList());
            DraftRow.BATCH.copy(connection, "ledger_draft", drafts);
            loose.removeAll(needed);
            forget(connection, loose);
            return null;
        });
    }

    /** Evidence names its invoice, which is claimed: nobody else adds the same. */
    private static void addEvidence(Connection connection, List<EvidenceRow> given) throws SQLException {
        Map<String, EvidenceRow> rows = given.stream()
                .collect(Collectors.toMap(EvidenceRow::sha256, Function.identity(), (one, same) -> one, LinkedHashMap::new));
        Sql.query(connection, "SELECT sha256 FROM ledger_evidence WHERE sha256 = ANY (?)", row -> row.getString("sha256"),
                texts(connection, rows.keySet())).forEach(rows::remove);
        EvidenceRow.BATCH.copy(connection, "ledger_evidence", rows.values());
    }

    private static void forget(Connection connection, Set<String> evidence) throws SQLException {
        if (!evidence.isEmpty()) {
            Sql.update(connection, """
                    DELETE FROM ledger_evidence v WHERE sha256 = ANY (?)
                      AND NOT EXISTS (SELECT FROM journal_entry e WHERE e.evidence = v.sha256)
                    """, texts(connection, evidence));
        }
    }

    @Override
    public List<Draft> drafts(Optional<JournalEntry> after, int limit) {
        String order = " ORDER BY date, invoice, kind, fact, revision LIMIT ?";
        return unitOfWork.inConnection(connection -> after.isEmpty()
                ? Sql.query(connection, "SELECT * FROM ledger_draft" + order, DraftRow::read, limit)
                : draftsAfter(connection, after.get(), order, limit));
    }

    private static List<Draft> draftsAfter(Connection connection, JournalEntry last, String order, int limit)
            throws SQLException {
        EntryKey key = last.key();
        return Sql.query(connection, """
                SELECT * FROM ledger_draft
                WHERE (date, invoice, kind, fact, revision) > (?::date, ?::text, ?::entry_kind, ?::text, ?::int)
                """ + order, DraftRow::read, last.date(), key.invoice(), key.kind().code(), key.fact(), key.revision(),
                limit);
    }

    /** By a digest of the seed and each draft's key, which is as likely to be small as any other's. */
    @Override
    public List<Draft> sample(String seed, int size) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM ledger_draft ORDER BY sha256(convert_to(?::text || '/' || %s, 'UTF8')) LIMIT ?
                """.formatted(KEY_TEXT), DraftRow::read, seed, size));
    }

    @Override
    public End claimEnd() {
        return unitOfWork.inConnection(connection -> {
            Sql.query(connection, "SELECT 1 FROM period_lock FOR UPDATE", row -> true);
            return Sql.query(connection, "SELECT sequence, chain FROM journal_entry ORDER BY sequence DESC LIMIT 1",
                    row -> new End(row.getLong("sequence"), row.getString("chain"))).stream().findFirst()
                    .orElse(new End(0, EntryChain.START));
        });
    }

    @Override
    public void post(List<PostedEntry> batch, Seal seal) {
        unitOfWork.inConnection(connection -> {
            DraftRow.KEYS.update(connection, """
                    DELETE FROM ledger_draft d USING %s WHERE d.invoice = batch.invoice
                      AND d.kind = batch.kind::entry_kind AND d.fact = batch.fact AND d.revision = batch.revision
                    """.formatted(DraftRow.KEYS.rows()), batch.stream().map(entry -> entry.entry().key()).toList());
            PostedEntryRow.BATCH.copy(connection, "journal_entry", batch);
            PostingRow.BATCH.copy(connection, "journal_posting", batch.stream().flatMap(PostingRow::of).toList());
            SEAL.copy(connection, "journal_seal", List.of(seal));
            return null;
        });
    }

    @Override
    public Optional<PostedEntry> posted(EntryKey key) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, PostedEntryRow.SELECT
                + "WHERE e.invoice = ? AND e.kind = ?::entry_kind AND e.fact = ? AND e.revision = ?", PostedEntryRow::read,
                key.invoice(), key.kind().code(), key.fact(), key.revision())).stream().findFirst();
    }

    @Override
    public Optional<Evidence> evidence(String sha256) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM ledger_evidence WHERE sha256 = ?", EvidenceRow::read, sha256)).stream().findFirst();
    }

    @Override
    public PeriodLock lock() {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM period_lock", JpaJournal::lock))
                .get(0);
    }

    private static PeriodLock lock(ResultSet row) throws SQLException {
        Optional<Instant> requestedAt = Sql.instantIfAny(row, "requested_at");
        return new PeriodLock(Optional.ofNullable(Sql.day(row, "until")), requestedAt.isEmpty() ? Optional.empty()
                : Optional.of(new UnlockRequest(Optional.ofNullable(Sql.day(row, "requested_until")),
                        ActorColumns.read(row, "requested_by"), row.getString("request_reason"), requestedAt.get())));
    }

    @Override
    public void setLock(PeriodLock lock) {
        Optional<UnlockRequest> request = lock.request();
        unitOfWork.inConnection(connection -> Sql.update(connection, """
                UPDATE period_lock SET until = ?::date, requested_until = ?::date, requested_by_kind = ?,
                       requested_by_name = ?, request_reason = ?, requested_at = ?::timestamptz
                """, lock.until().orElse(null), request.flatMap(UnlockRequest::until).orElse(null),
                request.map(asked -> asked.by().kind()).orElse(null), request.map(asked -> asked.by().name()).orElse(null),
                request.map(UnlockRequest::reason).orElse(null),
                request.map(asked -> Sql.text(asked.at())).orElse(null)));
    }

    @Override
    public List<Balance> balances(Optional<LocalDate> until, Scope scope) {
        return unitOfWork.inConnection(connection -> JournalReports.balances(connection, until, scope));
    }

    @Override
    public List<MonthlyBalance> monthly(LedgerAccount.Type type, LocalDate from, LocalDate until, Scope scope) {
        return unitOfWork.inConnection(connection -> JournalReports.monthly(connection, type, from, until, scope));
    }

    @Override
    public void openItems(LocalDate until, Scope scope, Consumer<List<OpenItem>> page) {
        unitOfWork.inConnection(connection -> {
            JournalReports.openItems(connection, until, scope, page);
            return null;
        });
    }

    @Override
    public List<OutcomeCount> counts() {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT outcome, reason_code, count(*) AS invoices FROM ledger_invoice GROUP BY outcome, reason_code
                ORDER BY array_position(ARRAY['booked', 'skipped', 'held', 'unverified'], outcome), reason_code
                """, row -> new OutcomeCount(Outcome.ofCode(row.getString("outcome")), Sql.textIfAny(row, "reason_code"),
                        row.getLong("invoices"))));
    }

    @Override
    public Page<IngestedInvoice> invoices(InvoiceFilter filter, PageRequest request) {
        var conditions = new ArrayList<>(List.of("true"));
        filter.changed().ifPresent(is -> conditions.add((is ? "" : "NOT ") + "cardinality(changed) > 0"));
        filter.unmatched().ifPresent(is -> conditions.add((is ? "" : "NOT ") + "cardinality(unmatched_lines) > 0"));
        var parameters = new ArrayList<Object>();
        filter.outcome().ifPresent(outcome -> {
            conditions.add("outcome = ?");
            parameters.add(outcome.code());
        });
        String where = " FROM ledger_invoice WHERE " + String.join(" AND ", conditions);
        return unitOfWork.inConnection(connection -> {
            long total = Sql.query(connection, "SELECT count(*)" + where, row -> row.getLong(1),
                    parameters.toArray()).get(0);
            parameters.addAll(List.of(request.size(), request.offset()));
            return new Page<>(Sql.query(connection, "SELECT *" + where + " ORDER BY invoice LIMIT ? OFFSET ?",
                    IngestedInvoiceRow::read, parameters.toArray()), total);
        });
    }

    @Override
    public List<ChainRow> chain(long after, int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, PostedEntryRow.SELECT
                + "WHERE e.sequence > ? ORDER BY e.sequence LIMIT ?", PostedEntryRow::chainRow, after, limit));
    }

    @Override
    public List<Seal> seals(long after, int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM journal_seal WHERE last > ? ORDER BY last LIMIT ?", JpaJournal::seal, after, limit)).stream()
                .flatMap(Optional::stream).toList();
    }

    private static Optional<Seal> seal(ResultSet row) {
        try {
            return Optional.of(new Seal(row.getLong("first"), row.getLong("last"), PostedEntryRow.present(row, "chain"),
                    new Actor(PostedEntryRow.present(row, "by_kind"), PostedEntryRow.present(row, "by_name")),
                    Sql.instant(row, "at")));
        } catch (RuntimeException | SQLException somebodyChangedIt) {
            return Optional.empty();
        }
    }
}
