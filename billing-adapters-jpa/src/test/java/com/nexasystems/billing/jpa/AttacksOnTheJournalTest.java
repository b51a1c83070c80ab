package com.nexasystems.billing.jpa;

import static com.nexasystems.billing.testkit.JournalSample.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.testkit.JournalSample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * What somebody tries who has the password of the role that the engine works as. Entries 1 to 3 are posted under one seal, and
 * 4 takes the first one back; a fourth invoice has a draft; nothing is posted until the day before all of them.
 */
@ExtendWith(TestDatabase.class)
class AttacksOnTheJournalTest {

    private static final String REFUSED = "what is in the books stays as it is";
    private static final String LINK = "b".repeat(64);

    private static JpaSettings settings;
    private static String before;
    private static Journal.End end;
    private static Draft draft;

    /**
     * Statements of one transaction.
     *
     * @param byTriggers whether it is refused to the owner of the tables, too
     * @param says       what PostgreSQL says to the role that owns nothing; to the owner it may say something else
     */
    record Attack(String name, boolean byTriggers, String says, List<String> statements) {

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void post() throws Exception {
        settings = TestDatabase.freshSchema();
        Ports ports = TestDatabase.open(settings).ports();
        Journal journal = ports.journal();
        ports.unitOfWork().run(() -> JournalSample.keep(journal, JournalSample.ingested("in_1", "10.00"),
                JournalSample.ingested("in_2", "20.00"), JournalSample.ingested("in_3", "30.00"),
                JournalSample.ingested("in_4", "40.00")));
        List<PostedEntry> posted = ports.unitOfWork().call(() -> JournalSample.post(journal, "in_1", "in_2", "in_3"));
        ports.unitOfWork().run(() -> JournalSample.reverse(journal, posted.get(0), DAY.plusDays(3)));
        ports.unitOfWork().run(() -> {
            end = journal.claimEnd();
            journal.setLock(new PeriodLock(Optional.of(DAY.minusDays(1)), Optional.empty()));
        });
        draft = journal.look("in_4").drafts().get(0);
        before = books();
    }

    static Stream<Attack> attacks() {
        return Stream.of(changes(), additions(), reversals(), seals(), evidence(), owners()).flatMap(List::stream);
    }

    private static List<Attack> changes() {
        return List.of(
                attack("change an amount", "permission denied", "UPDATE journal_posting SET amount = amount * 2"),
                attack("change a currency", "permission denied", "UPDATE journal_posting SET currency = 'USD'"),
                attack("change a date", "permission denied", "UPDATE journal_entry SET date = date + 31 WHERE sequence = 2"),
                attack("change the chain", "permission denied", "UPDATE journal_entry SET chain = '" + LINK + "'"),
                attack("change a seal", "permission denied", "UPDATE journal_seal SET chain = '" + LINK + "'"),
                attack("change nothing", "permission denied", "UPDATE journal_entry SET text = text WHERE false"),
                attack("remove an entry", "permission denied", "DELETE FROM journal_posting WHERE entry = 4",
                        "DELETE FROM journal_entry WHERE sequence = 4"),
                attack("remove postings", "permission denied", "DELETE FROM journal_posting"),
                attack("remove a seal", "permission denied", "DELETE FROM journal_seal"),
                attack("empty the journal", "permission denied", "TRUNCATE journal_entry CASCADE"),
                attack("empty the postings", "permission denied", "TRUNCATE journal_posting"),
                attack("empty all by what they refer to", "permission denied", "TRUNCATE ledger_evidence CASCADE"),
                attack("change instead of adding", "permission denied",
                        entry(4, "in_9", "invoice", DAY.toString(), "NULL", 2)
                        + " ON CONFLICT (sequence) DO UPDATE SET text = 'Nothing happened'"),
                attack("change by merging", "permission denied", """
                        MERGE INTO journal_posting p USING (SELECT 2::bigint AS entry) s ON p.entry = s.entry
                        WHEN MATCHED THEN UPDATE SET amount = p.amount * 2"""),
                attack("remove by merging", "permission denied", """
                        MERGE INTO journal_entry e USING (SELECT 4::bigint AS sequence) s ON e.sequence = s.sequence
                        WHEN MATCHED THEN DELETE"""),
                attack("change through a cursor", "permission denied",
                        "DECLARE c CURSOR FOR SELECT * FROM journal_posting FOR UPDATE", "FETCH c",
                        "UPDATE journal_posting SET amount = 1 WHERE CURRENT OF c"),
                attack("remove the lock", "permission denied", "DELETE FROM period_lock"),
                attack("empty the lock", "permission denied", "TRUNCATE period_lock"),
                attack("add another lock", "permission denied", "INSERT INTO period_lock VALUES (true)"));
    }

    private static List<Attack> additions() {
        return List.of(
                attack("add a posting to an old entry", "is sealed", posting(2, 3, "receivable", "", "CAD", "1.00")),
                attack("add a balanced pair to an old entry", "is sealed", posting(2, 3, "receivable", "", "CAD", "1.00"),
                        posting(2, 4, "revenue", "hosting", "CAD", "-1.00")),
                attack("add an entry that does not balance", "debits and credits", entry(5), posting(5, 1, "10.00"),
                        posting(5, 2, "-9.99"), seal(5, 5, LINK)),
                attack("add an entry that balances across currencies only", "debits and credits", entry(5),
                        posting(5, 1, "receivable", "", "CAD", "10.00"), posting(5, 2, "receivable", "", "USD", "-10.00"),
                        seal(5, 5, LINK)),
                attack("add an entry with one leg that says so", "check constraint",
                        entry(5, "in_4", "invoice", DAY.toString(), "NULL", 1), posting(5, 1, "10.00"), seal(5, 5, LINK)),
                attack("add an entry with one leg", "debits and credits", entry(5), posting(5, 1, "10.00"),
                        seal(5, 5, LINK)),
                attack("add an entry without legs", "debits and credits", entry(5), seal(5, 5, LINK)),
                attack("add an entry with more legs than it says", "debits and credits", entry(5), posting(5, 1, "10.00"),
                        posting(5, 2, "-10.00"), posting(5, 3, "10.00"), posting(5, 4, "-10.00"), seal(5, 5, LINK)),
                attack("add a leg of nothing", "check constraint", entry(5), posting(5, 1, "0")),
                attack("add a leg of what is no number", "check constraint", entry(5), posting(5, 1, "'NaN'")),
                attack("leave a number out", "do not continue", entry(6), posting(6, 1, "10.00"), posting(6, 2, "-10.00"),
                        seal(6, 6, LINK)),
                attack("leave a number out among others", "do not continue", entries(5, 7)),
                attack("use a number twice", "duplicate key", entry(4)),
                attack("add before the first", "check constraint", entry(0)),
                attack("add a posted fact again", "duplicate key",
                        entry(5, "in_2", "invoice", DAY.toString(), "NULL", 2)),
                attack("break the chain", "not linked", honest(LINK)),
                attack("add to a locked period", "nothing is posted until",
                        entry(5, "in_4", "invoice", DAY.minusDays(1).toString(), "NULL", 2)),
                attack("add to a locked period behind a lock of one's own", "nothing is posted until",
                        "CREATE TEMP TABLE period_lock (until date)", "INSERT INTO pg_temp.period_lock VALUES (NULL)",
                        entry(5, "in_4", "invoice", DAY.minusDays(1).toString(), "NULL", 2)),
                attack("add legs to an old entry behind seals of one's own", "is sealed",
                        "CREATE TEMP TABLE journal_seal (first bigint, last bigint, chain text)",
                        posting(2, 3, "1.00"), posting(2, 4, "-1.00")));
    }

    private static List<Attack> reversals() {
        return List.of(
                attack("reverse twice", "duplicate key", reversal("in_1", 1, 2)),
                attack("reverse what is not there", "foreign key", reversal("in_4", 0, 2)),
                attack("take back less than there was", "not the reversal", reversal("in_2", 2, 2), posting(5, 1, "1.00"),
                        posting(5, 2, "-1.00"), seal(5, 5, LINK)),
                attack("take back on other accounts", "not the reversal", reversal("in_2", 2, 2),
                        posting(5, 1, "receivable", "", "CAD", "-20.00"), posting(5, 2, "revenue", "maps", "CAD", "20.00"),
                        seal(5, 5, LINK)),
                attack("take back under the name of another invoice", "not the reversal", reversal("in_3", 2, 2),
                        posting(5, 1, "receivable", "", "CAD", "-20.00"),
                        posting(5, 2, "revenue", "hosting", "CAD", "20.00"),
                        seal(5, 5, LINK)),
                attack("call something a reversal that is none", "check constraint",
                        entry(5, "in_4", "reversal", DAY.toString(), "NULL", 2)));
    }

    private static List<Attack> seals() {
        return List.of(
                attack("add an entry without a seal", "has no seal", entry(5),
                        posting(5, 1, "1.00"), posting(5, 2, "-1.00")),
                attack("put the look at it off", "has no seal", "SET CONSTRAINTS ALL DEFERRED", entry(5),
                        posting(5, 1, "1.00"), posting(5, 2, "-1.00")),
                attack("have it looked at too early", "has no seal", "SET CONSTRAINTS ALL IMMEDIATE", entry(5)),
                attack("add legs after it was looked at", "is sealed", concat(honest(null), "SET CONSTRAINTS ALL IMMEDIATE",
                        "SET CONSTRAINTS ALL DEFERRED", posting(5, 3, "1.00"), posting(5, 4, "-1.00"))),
                attack("add an entry after the seal", "has no seal", concat(honest(null),
                        entry(6, "in_6", "invoice", DAY.toString(), "NULL", 2), posting(6, 1, "1.00"),
                        posting(6, 2, "-1.00"))),
                attack("seal what is sealed", "is not on what was posted", seal(2, 2, LINK)),
                attack("seal anew from the beginning", "duplicate key", seal(1, 2, LINK)),
                attack("seal what is not there", "foreign key", seal(5, 9, LINK)),
                attack("seal with another link", "is not on what was posted", concat(
                        honest(null).stream().limit(3).toList(), seal(5, 5, LINK))),
                attack("seal a part only", "has no seal", concat(entries(5, 6), seal(5, 5, LINK))));
    }

    private static List<Attack> evidence() {
        String ofPosted = " WHERE sha256 = (SELECT evidence FROM journal_entry WHERE sequence = 2)";
        return List.of(
                attack("remove the evidence of a posted entry", "foreign key", "DELETE FROM ledger_evidence" + ofPosted),
                attack("remove all evidence that has no draft", "foreign key", "DELETE FROM ledger_draft",
                        "DELETE FROM ledger_evidence"),
                attack("change evidence", "permission denied", "UPDATE ledger_evidence SET documents = ARRAY['\\x00'::bytea]"
                        + ofPosted),
                attack("change evidence instead of adding", "permission denied", "INSERT INTO ledger_evidence "
                        + "SELECT * FROM ledger_evidence ON CONFLICT (sha256) DO UPDATE SET fetched_at = now()"),
                attack("add evidence under another's digest", "check constraint", "INSERT INTO ledger_evidence VALUES ('"
                        + LINK + "', 'in_9', now(), ARRAY['invoice'], ARRAY['\\x00'::bytea])"),
                attack("post without evidence", "foreign key",
                        entry(5).replace("'" + draft.evidence() + "'", "'" + LINK + "'")));
    }

    private static List<Attack> owners() {
        return List.of(
                owners("switch the triggers off", "must be owner", "ALTER TABLE journal_entry DISABLE TRIGGER append_only"),
                owners("switch all triggers off", "must be owner", "ALTER TABLE journal_posting DISABLE TRIGGER ALL"),
                owners("drop a trigger", "must be owner", "DROP TRIGGER append_only ON journal_entry"),
                owners("drop a table", "must be owner", "DROP TABLE journal_posting"),
                owners("drop the schema", "must be owner", "DROP SCHEMA " + settings.schema() + " CASCADE"),
                owners("drop a constraint", "must be owner",
                        "ALTER TABLE journal_posting DROP CONSTRAINT journal_posting_pkey"),
                owners("change a column", "must be owner", "ALTER TABLE journal_posting ALTER amount TYPE text"),
                owners("give the table away", "must be owner", "ALTER TABLE journal_entry OWNER TO " + settings.user()),
                owners("write a rule", "must be owner",
                        "CREATE RULE nothing AS ON INSERT TO journal_posting DO INSTEAD NOTHING"),
                owners("add a trigger", "permission denied", "CREATE TRIGGER zz BEFORE INSERT ON journal_entry FOR EACH ROW "
                        + "EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
                owners("replace what triggers do", "permission denied", "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS "
                        + "trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"),
                owners("be a replica", "permission denied", "SET session_replication_role = replica"),
                owners("be somebody else", "permission denied", "SET ROLE postgres"),
                owners("take a right", "permission denied", "GRANT UPDATE ON journal_entry TO " + settings.user(),
                        "UPDATE journal_entry SET text = 'Nothing happened'"),
                owners("read entries from a file", "permission denied", "COPY journal_posting FROM '/etc/hostname'"),
                owners("say that migrations are to be made again", "permission denied",
                        "DELETE FROM flyway_schema_history"));
    }

    private static Attack attack(String name, String says, String... statements) {
        return new Attack(name, true, says, List.of(statements));
    }

    private static Attack attack(String name, String says, List<String> statements) {
        return new Attack(name, true, says, statements);
    }

    private static Attack owners(String name, String says, String... statements) {
        return new Attack(name, false, says, List.of(statements));
    }

    private static List<String> concat(List<String> statements, String... more) {
        return Stream.concat(statements.stream(), Stream.of(more)).toList();
    }

    private static String entry(long sequence) {
        return entry(sequence, "in_4", "invoice", DAY.toString(), "NULL", 2);
    }

    private static String entry(long sequence, String invoice, String kind, String day, String reverses, int postings) {
        return entry(sequence, invoice, kind, "", day, reverses, postings, LINK);
    }

    private static String entry(long sequence, String invoice, String kind, String fact, String day, String reverses,
                                int postings, String chain) {
        return ("INSERT INTO journal_entry (sequence, invoice, kind, fact, revision, date, party, text, evidence, reverses,"
                + " by_kind, by_name, posted_at, postings, chain) VALUES (%d, '%s', '%s', '%s', 1, '%s', 'cus_1', 'Invoice',"
                + " %s, %s, 'person', 'ada@example.com', '%s', %d, '%s')").formatted(sequence, invoice, kind, fact, day,
                reverses.equals("NULL") ? "'" + draft.evidence() + "'"
                        : "coalesce((SELECT evidence FROM journal_entry WHERE sequence = " + reverses + "), '"
                                + draft.evidence() + "')",
                reverses, JournalSample.NOW, postings, chain);
    }

    private static String reversal(String invoice, long reverses, int postings) {
        return entry(5, invoice, "reversal", "invoice//1", DAY.plusDays(9).toString(), Long.toString(reverses), postings,
                LINK);
    }

    private static List<String> entries(long... sequences) {
        var all = new ArrayList<String>();
        for (long sequence : sequences) {
            all.add(entry(sequence, "in_4" + sequence, "invoice", DAY.toString(), "NULL", 2));
            all.add(posting(sequence, 1, "1.00"));
            all.add(posting(sequence, 2, "-1.00"));
        }
        return all;
    }

    /** @param chain null for the right one */
    private static List<String> honest(String chain) {
        PostedEntry posted = JournalSample.entries(end, List.of(draft)).get(0);
        String link = chain == null ? posted.chain() : chain;
        var statements = new ArrayList<>(List.of(entry(5, "in_4", "invoice", "", DAY.toString(), "NULL", 2, link)));
        for (Posting posting : posted.entry().postings()) {
            statements.add(posting(5, statements.size(), posting.account().type().code(), posting.account().detail(), "CAD",
                    posting.amount().amount().toPlainString()));
        }
        statements.add(seal(5, 5, link));
        return statements;
    }

    private static String posting(long entry, int number, String amount) {
        return posting(entry, number, "receivable", "", "CAD", amount);
    }

    private static String posting(long entry, int number, String type, String detail, String currency, String amount) {
        return "INSERT INTO journal_posting (entry, number, account_type, account_detail, currency, amount) VALUES"
                + " (%d, %d, '%s', '%s', '%s', %s)".formatted(entry, number, type, detail, currency, amount);
    }

    private static String seal(long first, long last, String chain) {
        return ("INSERT INTO journal_seal (first, last, chain, by_kind, by_name, at)"
                + " VALUES (%d, %d, '%s', 'person', 'eve', now())").formatted(first, last, chain);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void is_refused_to_the_role_that_the_engine_works_as(Attack attack) throws Exception {
        try (Connection connection = connect(settings)) {
            assertThatThrownBy(() -> inOneTransaction(connection, attack.statements)).isInstanceOf(SQLException.class)
                    .hasMessageContaining(attack.says);
        }
        assertThat(books()).isEqualTo(before);
    }

    static Stream<Attack> attacksThatTriggersRefuse() {
        return attacks().filter(Attack::byTriggers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacksThatTriggersRefuse")
    void is_refused_even_to_a_superuser_who_leaves_the_triggers_alone(Attack attack) throws Exception {
        try (Connection connection = connect(TestDatabase.withOneRole(settings))) {
            assertThatThrownBy(() -> inOneTransaction(connection, attack.statements)).isInstanceOf(SQLException.class)
                    .message().satisfiesAnyOf(message -> assertThat(message).contains(attack.says),
                            message -> assertThat(message).contains(REFUSED),
                            message -> assertThat(message).contains("duplicate key"));
        }
        assertThat(books()).isEqualTo(before);
    }

    @Test
    void copying_rows_is_refused_as_well() throws Exception {
        try (Connection connection = connect(settings)) {
            assertThatThrownBy(() -> connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                    "COPY journal_posting FROM STDIN", new ByteArrayInputStream(
                            "2\t3\treceivable\t\tCAD\t1.00\n2\t4\treceivable\t\tCAD\t-1.00\n"
                                    .getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(SQLException.class).hasMessageContaining("is sealed");
        }
        assertThat(books()).isEqualTo(before);
    }

    @Test
    void an_honest_entry_is_taken() throws Exception {
        try (Connection connection = connect(settings); Statement statement = connection.createStatement()) {
            for (String sql : honest(null)) {
                statement.execute(sql);
            }
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            connection.rollback();
        }
    }

    /** Whoever looks from before an entry was posted does not see its seal. */
    @Test
    void somebody_who_looks_from_earlier_adds_nothing_to_a_later_entry() throws Exception {
        JpaSettings own = TestDatabase.freshSchema();
        Ports ports = TestDatabase.open(own).ports();
        ports.unitOfWork().run(() -> JournalSample.keep(ports.journal(), JournalSample.ingested("in_1", "10.00")));
        try (Connection early = connect(own); Statement statement = early.createStatement()) {
            early.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT * FROM journal_seal");
            ports.unitOfWork().run(() -> JournalSample.post(ports.journal(), "in_1"));
            assertThatThrownBy(() -> inOneTransaction(early, List.of(posting(1, 3, "1.00"), posting(1, 4, "-1.00"))))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(ports.journal().chain(0, 10)).allSatisfy(row -> assertThat(row.problem()).isEmpty());
    }

    @Test
    void protection_is_complete_with_an_owner_of_its_own_and_says_what_is_missing() throws Exception {
        JpaSettings own = TestDatabase.freshSchema();
        JpaPorts ports = TestDatabase.open(own);
        assertThat(ports.journalProtection()).isEqualTo(new JournalProtection(false, List.of()));
        assertThat(ports.journalProtection().isComplete()).isTrue();
        JpaSettings one = TestDatabase.withOneRole(own);
        assertThat(TestDatabase.open(one).journalProtection()).isEqualTo(new JournalProtection(true, List.of()));
        try (Connection owner = connect(one)) {
            inOneTransaction(owner, List.of("ALTER TABLE journal_entry DISABLE TRIGGER append_only",
                    "DROP TRIGGER always_there ON period_lock"));
        }
        assertThat(ports.journalProtection().off()).containsExactly("journal_entry.append_only", "period_lock.always_there");
    }

    @Test
    void rights_are_put_right_at_every_start_also_on_tables_that_are_new() throws Exception {
        JpaSettings own = TestDatabase.freshSchema();
        TestDatabase.open(own);
        try (Connection owner = connect(TestDatabase.withOneRole(own))) {
            inOneTransaction(owner, List.of("GRANT UPDATE, TRUNCATE ON journal_entry TO " + own.user(),
                    "REVOKE DELETE ON ledger_draft FROM " + own.user(), "CREATE TABLE later (n serial)"));
        }
        TestDatabase.open(own);
        try (Connection app = connect(own)) {
            inOneTransaction(app, List.of("INSERT INTO later DEFAULT VALUES", "UPDATE later SET n = 2",
                    "DELETE FROM ledger_draft", "DELETE FROM later"));
            assertThatThrownBy(() -> inOneTransaction(app, List.of("UPDATE journal_entry SET text = text")))
                    .hasMessageContaining("permission denied");
        }
    }

    private static void inOneTransaction(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } finally {
            connection.rollback();
        }
    }

    private static Connection connect(JpaSettings as) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", as.user());
        properties.setProperty("currentSchema", as.schema());
        Connection connection = DriverManager.getConnection(as.url(), properties);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Every row of the books, as text. */
    private static String books() throws SQLException {
        var all = new StringBuilder();
        try (Connection connection = connect(settings)) {
            for (String table : List.of("journal_entry", "journal_posting", "journal_seal", "ledger_evidence", "period_lock",
                    "ledger_draft")) {
                all.append(Sql.query(connection, "SELECT t::text FROM " + table + " t ORDER BY 1", row -> row.getString(1)));
            }
        }
        return all.toString();
    }
}
