package com.nexasystems.billing.jpa;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.wallet.Credits;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Source;
import com.nexasystems.billing.wallet.WalletTransaction.Status;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** How a transaction of a wallet is kept: itself, and a row for each of its sources. */
final class WalletTransactionRow {

    static final Batch<WalletTransaction> BATCH = new Batch<WalletTransaction>()
            .uuid("id", transaction -> transaction.id().value())
            .uuid("wallet_id", transaction -> transaction.wallet().value())
            .text("kind", transaction -> transaction.kind().code())
            .text("status", transaction -> transaction.status().code())
            .numeric("units", transaction -> transaction.credits().units())
            .numeric("worth", transaction -> transaction.credits().worth().amount())
            .numeric("left_units", transaction -> transaction.left().units())
            .numeric("left_worth", transaction -> transaction.left().worth().amount())
            .instant("expires_at", transaction -> transaction.expiresAt().orElse(null))
            .uuid("invoice_id", transaction -> transaction.invoice().orElse(null))
            .instant("at", WalletTransaction::at)
            .instant("settled_at", transaction -> transaction.settledAt().orElse(null));

    static final Batch<SourceRow> SOURCES = new Batch<SourceRow>()
            .uuid("transaction_id", row -> row.transaction.value())
            .integer("position", SourceRow::position)
            .uuid("top_up_id", row -> row.source.topUp().value())
            .numeric("units", row -> row.source.credits().units())
            .numeric("worth", row -> row.source.credits().worth().amount());

    /** Everything that {@link #read} reads, of the transactions that a condition on {@code t} and {@code w} selects. */
    static final String SELECT = """
            SELECT t.*, w.currency, s.top_up_ids, s.source_units, s.source_worths
            FROM wallet_transaction t JOIN wallet w ON w.id = t.wallet_id
            CROSS JOIN LATERAL (
                SELECT array_agg(top_up_id ORDER BY position) AS top_up_ids,
                       array_agg(units ORDER BY position) AS source_units,
                       array_agg(worth ORDER BY position) AS source_worths
                FROM wallet_transaction_source WHERE transaction_id = t.id) s
            WHERE\s""";

    record SourceRow(TransactionId transaction, int position, Source source) { }

    private WalletTransactionRow() {
    }

    static List<SourceRow> sources(Collection<WalletTransaction> transactions) {
        return transactions.stream().flatMap(transaction -> IntStream.range(0, transaction.sources().size())
                .mapToObj(i -> new SourceRow(transaction.id(), i, transaction.sources().get(i)))).toList();
    }

    static WalletTransaction read(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new WalletTransaction(new TransactionId(row.getObject("id", UUID.class)),
                new WalletId(row.getObject("wallet_id", UUID.class)),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                credits(currency, row.getBigDecimal("units"), row.getBigDecimal("worth")),
                credits(currency, row.getBigDecimal("left_units"), row.getBigDecimal("left_worth")),
                Optional.ofNullable(Sql.instant(row, "expires_at")),
                Optional.ofNullable(row.getObject("invoice_id", UUID.class)), sources(currency, row),
                Sql.instant(row, "at"), Optional.ofNullable(Sql.instant(row, "settled_at")));
    }

    private static List<Source> sources(Currency currency, ResultSet row) throws SQLException {
        Array ids = row.getArray("top_up_ids");
        if (ids == null) {
            return List.of();
        }
        UUID[] topUps = (UUID[]) ids.getArray();
        BigDecimal[] units = (BigDecimal[]) row.getArray("source_units").getArray();
        BigDecimal[] worths = (BigDecimal[]) row.getArray("source_worths").getArray();
        var sources = new ArrayList<Source>(topUps.length);
        for (int i = 0; i < topUps.length; i++) {
            sources.add(new Source(new TransactionId(topUps[i]), credits(currency, units[i], worths[i])));
        }
        return sources;
    }

    private static Credits credits(Currency currency, BigDecimal units, BigDecimal worth) {
        return new Credits(units, new Money(currency, worth));
    }
}
