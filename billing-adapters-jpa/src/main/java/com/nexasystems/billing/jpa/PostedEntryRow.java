package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** A posted entry, as a row of {@code journal_entry} and those of its postings. */
final class PostedEntryRow {

    static final Batch<PostedEntry> BATCH = ActorColumns.in(DraftRow.entry(new Batch<PostedEntry>()
            .bigint("sequence", PostedEntry::sequence), PostedEntry::entry)
            .text("evidence", PostedEntry::evidence)
            .bigint("reverses", entry -> entry.reverses().orElse(null)), "by", PostedEntry::by)
            .instant("posted_at", PostedEntry::at)
            .integer("postings", entry -> entry.entry().postings().size())
            .text("chain", PostedEntry::chain);

    /** Amounts as text: what somebody has made of them may be no number that Java knows. */
    static final String SELECT = """
            SELECT e.*, p.* FROM journal_entry e CROSS JOIN LATERAL (
                SELECT array_agg(number::text ORDER BY number) AS numbers,
                       array_agg(account_type::text ORDER BY number) AS account_types,
                       array_agg(account_detail ORDER BY number) AS account_details,
                       array_agg(currency::text ORDER BY number) AS currencies,
                       array_agg(amount::text ORDER BY number) AS amounts
                FROM journal_posting WHERE entry = e.sequence) p
            """;

    private PostedEntryRow() {
    }

    static PostedEntry read(ResultSet row) throws SQLException {
        ChainRow read = chainRow(row);
        return read.entry().orElseThrow(() -> new IllegalStateException("posted entry " + read.sequence()
                + " cannot be read, somebody has changed it: " + read.problem().orElseThrow()));
    }

    /** Whatever somebody has made of the row, it is answered. */
    static ChainRow chainRow(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        try {
            return new ChainRow(sequence, Optional.of(entry(sequence, row)), Optional.empty());
        } catch (RuntimeException | SQLException e) {
            return new ChainRow(sequence, Optional.empty(), Optional.of(Optional.ofNullable(e.getMessage())
                    .orElse(e.getClass().getSimpleName())));
        }
    }

    private static PostedEntry entry(long sequence, ResultSet row) throws SQLException {
        List<Posting> postings = postings(row);
        present(row, "date");
        var entry = new PostedEntry(sequence, DraftRow.entry(row, postings), present(row, "evidence"),
                Optional.ofNullable(row.getObject("reverses", Long.class)),
                new Actor(present(row, "by_kind"), present(row, "by_name")), Sql.instant(row, "posted_at"),
                present(row, "chain"));
        check(entry.entry().postings().equals(postings), "its postings are not in their order");
        return entry;
    }

    /** What no digest is made of, but is written with each posting, has to be as it was written. */
    private static List<Posting> postings(ResultSet row) throws SQLException {
        String[] numbers = Sql.texts(row, "numbers");
        check(numbers != null && numbers.length == row.getInt("postings"), "it has not as many postings as it says");
        String[] types = Sql.texts(row, "account_types");
        String[] details = Sql.texts(row, "account_details");
        String[] currencies = Sql.texts(row, "currencies");
        String[] amounts = Sql.texts(row, "amounts");
        return IntStream.range(0, numbers.length).mapToObj(i -> {
            check(numbers[i].equals(Integer.toString(i + 1)), "a posting has the number " + numbers[i]);
            Posting posting = PostingRow.posting(types[i], details[i], currencies[i], new BigDecimal(amounts[i]));
            check(posting.amount().amount().toPlainString().equals(amounts[i]), "an amount is written " + amounts[i]);
            return posting;
        }).toList();
    }

    /** Of a column that has no null, as long as nobody has taken that from it. */
    static String present(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column + " is missing");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
