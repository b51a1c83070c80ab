package com.nexasystems.billing.jpa;

import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.Posting;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A draft with its postings, as a row of {@code ledger_draft}. */
final class DraftRow {

    static final Batch<Draft> BATCH = entry(new Batch<Draft>(), Draft::entry)
            .text("evidence", Draft::evidence)
            .texts("account_types", draft -> each(draft, posting -> posting.account().type().code()))
            .texts("account_details", draft -> each(draft, posting -> posting.account().detail()))
            .texts("currencies", draft -> each(draft, posting -> posting.amount().currency().getCurrencyCode()))
            .numerics("amounts", draft -> each(draft, posting -> posting.amount().amount()));

    static final Batch<EntryKey> KEYS = key(new Batch<EntryKey>(), Function.identity());

    private DraftRow() {
    }

    static <T> Batch<T> key(Batch<T> batch, Function<T, EntryKey> key) {
        return batch.text("invoice", row -> key.apply(row).invoice())
                .text("kind", row -> key.apply(row).kind().code())
                .text("fact", row -> key.apply(row).fact())
                .integer("revision", row -> key.apply(row).revision());
    }

    /** The columns that drafts and posted entries have in common. */
    static <T> Batch<T> entry(Batch<T> batch, Function<T, JournalEntry> entry) {
        return key(batch, row -> entry.apply(row).key())
                .date("date", row -> entry.apply(row).date())
                .text("party", row -> entry.apply(row).party())
                .text("text", row -> entry.apply(row).text());
    }

    private static <V> List<V> each(Draft draft, Function<Posting, V> value) {
        return draft.entry().postings().stream().map(value).toList();
    }

    static Draft read(ResultSet row) throws SQLException {
        String[] types = Sql.texts(row, "account_types");
        String[] details = Sql.texts(row, "account_details");
        String[] currencies = Sql.texts(row, "currencies");
        BigDecimal[] amounts = (BigDecimal[]) row.getArray("amounts").getArray();
        return new Draft(entry(row, IntStream.range(0, types.length)
                .mapToObj(i -> PostingRow.posting(types[i], details[i], currencies[i], amounts[i])).toList()),
                row.getString("evidence"));
    }

    static JournalEntry entry(ResultSet row, List<Posting> postings) throws SQLException {
        return new JournalEntry(new EntryKey(row.getString("invoice"), EntryKey.Kind.ofCode(row.getString("kind")),
                row.getString("fact"), row.getInt("revision")), Sql.day(row, "date"), row.getString("party"),
                row.getString("text"), postings);
    }
}
