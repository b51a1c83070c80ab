package com.nexasystems.billing.jpa;

import static com.nexasystems.billing.testkit.JournalSample.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Seal;
import com.nexasystems.billing.testkit.JournalSample;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A superuser takes everything away that protects the books, and changes one value of them: whoever walks along the chain
 * sees where. Which columns there are, is asked of the database, so that none is forgotten that is added later.
 */
@ExtendWith(TestDatabase.class)
class TamperedJournalTest {

    private static final Map<String, List<String>> CHANGES = Map.of(
            "text", List.of("%s || 'x'", "''", "repeat('#', 600)", "upper(%s) || chr(0 + 1)", "NULL"),
            "character", List.of("'USD'", "'cad'", "'XXX'", "'   '", "NULL"),
            "bigint", List.of("%s + 100", "-1", "NULL"),
            "integer", List.of("%s + 1", "-1", "0", "NULL"),
            "date", List.of("%s + 1", "'infinity'", "'-infinity'", "'0044-03-15 BC'", "NULL"),
            "numeric", List.of("%s + 0.01", "-%s", "0", "'NaN'", "'Infinity'", "%s * 1.000", "1e100", "NULL"),
            "timestamp with time zone", List.of("%s + interval '1 microsecond'", "'infinity'", "'4713-01-01 BC'", "NULL"),
            "entry_kind", List.of("'balance'", "'reversal'", "NULL"),
            "account_type", List.of("'bad-debt'", "'tax'", "'prepaid'", "NULL"));

    private final JpaSettings settings = TestDatabase.freshSchema();
    private final JpaPorts jpa = TestDatabase.open(settings);
    private final Journal journal = jpa.ports().journal();

    @Test
    void whatever_is_changed_of_a_posted_row_is_seen_where_it_is() throws Exception {
        post();
        List<ChainRow> chain = journal.chain(0, 100);
        List<Seal> seals = journal.seals(0, 100);
        assertThat(firstBad(chain)).isEmpty();
        try (Connection superuser = superuser()) {
            disarm(superuser);
            var tried = 0;
            for (String table : List.of("journal_entry", "journal_posting", "journal_seal")) {
                String row = table.equals("journal_entry") ? "sequence = 2" : table.equals("journal_posting")
                        ? "entry = 2 AND number = 1" : "last = 3";
                for (Map.Entry<String, String> column : columns(superuser, table).entrySet()) {
                    for (String change : CHANGES.get(column.getValue())) {
                        String value = change.replace("%s", column.getKey());
                        String what = table + "." + column.getKey() + " = " + value;
                        if (change(superuser, table, column.getKey(), value, row)) {
                            tried++;
                            if (table.equals("journal_seal")) {
                                assertThat(journal.seals(0, 100)).as(what).isNotEqualTo(seals);
                            } else {
                                assertThat(firstBad(journal.chain(0, 100))).as(what).isPresent().get().isIn(2L, 3L);
                            }
                            restore(superuser, table);
                        }
                    }
                }
            }
            assertThat(tried).isGreaterThan(60);
        }
        assertThat(journal.chain(0, 100)).isEqualTo(chain);
    }

    @Test
    void whatever_is_changed_of_evidence_no_longer_has_its_digest() throws Exception {
        post();
        String digest = journal.chain(1, 1).get(0).entry().orElseThrow().evidence();
        try (Connection superuser = superuser()) {
            disarm(superuser);
            for (String change : List.of("documents[1] = set_byte(documents[1], 0, get_byte(documents[1], 0) # 1)",
                    "names[1] = 'invoicf'", "invoice = 'in_9'", "documents = '{}', names = '{}'")) {
                Sql.update(superuser, "UPDATE ledger_evidence SET " + change + " WHERE sha256 = '" + digest + "'");
                assertThat(journal.evidence(digest).map(Evidence::sha256)).as(change).isNotEqualTo(Optional.of(digest));
                restore(superuser, "ledger_evidence");
            }
        }
        assertThat(journal.evidence(digest).map(Evidence::sha256)).contains(digest);
    }

    @Test
    void rows_that_are_gone_leave_a_gap_and_legs_that_are_gone_an_entry_that_cannot_be_read() throws Exception {
        post();
        try (Connection superuser = superuser()) {
            disarm(superuser);
            for (String gone : List.of("journal_posting WHERE entry = 2", "journal_posting WHERE entry = 2 AND number = 1",
                    "journal_entry WHERE sequence = 2")) {
                Sql.update(superuser, "DELETE FROM " + gone);
                assertThat(firstBad(journal.chain(0, 100))).as(gone).isPresent().get().isIn(2L, 3L);
                restore(superuser, "journal_posting");
                restore(superuser, "journal_entry");
            }
        }
    }

    private void post() {
        jpa.ports().unitOfWork().run(() -> JournalSample.keep(journal, Stream.of("in_1", "in_2", "in_3")
                .map(invoice -> JournalSample.ingested(invoice, "10.00")).toArray(Journal.Keep[]::new)));
        List<PostedEntry> posted = jpa.ports().unitOfWork().call(() -> JournalSample.post(journal, "in_1", "in_2", "in_3"));
        jpa.ports().unitOfWork().run(() -> JournalSample.reverse(journal, posted.get(0), DAY));
    }

    /** Where whoever walks along the chain stumbles first. */
    private static Optional<Long> firstBad(List<ChainRow> rows) {
        String before = EntryChain.START;
        long expected = 1;
        for (ChainRow row : rows) {
            Optional<PostedEntry> entry = row.entry();
            if (row.sequence() != expected || entry.isEmpty()
                    || !EntryChain.next(before, entry.get()).equals(entry.get().chain())) {
                return Optional.of(expected);
            }
            before = entry.get().chain();
            expected++;
        }
        return Optional.empty();
    }

    private Connection superuser() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("currentSchema", settings.schema());
        return DriverManager.getConnection(settings.url(), properties);
    }

    /** No trigger, no constraint; and a copy of each table to restore it from. */
    private static void disarm(Connection superuser) throws SQLException {
        for (String table : List.of("journal_seal", "journal_posting", "journal_entry", "ledger_draft", "ledger_evidence")) {
            Sql.update(superuser, "ALTER TABLE " + table + " DISABLE TRIGGER ALL");
            Sql.update(superuser, "CREATE TABLE copy_of_" + table + " AS SELECT * FROM " + table);
        }
        // Foreign keys first, then keys, then what keys have made not null; those go in one order only.
        for (String type : List.of("f", "u", "p", "c", "n")) {
            for (String drop : Sql.query(superuser, """
                    SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname FROM pg_constraint
                    WHERE connamespace = current_schema()::regnamespace AND contype::text = ? AND conrelid <> 0
                      AND (conrelid::regclass::text LIKE 'journal%' OR conrelid::regclass::text LIKE 'ledger_%')
                    """, row -> row.getString(1), type)) {
                Sql.update(superuser, drop);
            }
        }
    }

    private static Map<String, String> columns(Connection connection, String table) throws SQLException {
        var columns = new TreeMap<String, String>();
        Sql.query(connection, """
                SELECT column_name, CASE data_type WHEN 'USER-DEFINED' THEN udt_name ELSE data_type END FROM
                information_schema.columns WHERE table_schema = current_schema() AND table_name = ?
                """, row -> columns.put(row.getString(1), row.getString(2)), table);
        return columns;
    }

    /** @return whether there is a difference: some values are what is changed into */
    private static boolean change(Connection superuser, String table, String column, String value, String row)
            throws SQLException {
        return Sql.update(superuser, "UPDATE " + table + " SET " + column + " = " + value + " WHERE " + row
                + " AND " + column + "::text IS DISTINCT FROM (" + value + ")::text") > 0;
    }

    private static void restore(Connection superuser, String table) throws SQLException {
        Sql.update(superuser, "DELETE FROM " + table);
        Sql.update(superuser, "INSERT INTO " + table + " SELECT * FROM copy_of_" + table);
    }
}
