package com.nexasystems.billing.jpa;

import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A posting of a posted entry, as a row of {@code journal_posting}.
 *
 * @param number counted from 1
 */
record PostingRow(long entry, int number, Posting posting) {

    static final Batch<PostingRow> BATCH = new Batch<PostingRow>()
            .bigint("entry", PostingRow::entry)
            .integer("number", PostingRow::number)
            .text("account_type", row -> row.posting.account().type().code())
            .text("account_detail", row -> row.posting.account().detail())
            .text("currency", row -> row.posting.amount().currency().getCurrencyCode())
            .numeric("amount", row -> row.posting.amount().amount());

    static Stream<PostingRow> of(PostedEntry entry) {
        List<Posting> postings = entry.entry().postings();
        return IntStream.range(0, postings.size())
                .mapToObj(i -> new PostingRow(entry.sequence(), i + 1, postings.get(i)));
    }

    static Posting posting(String type, String detail, String currency, BigDecimal amount) {
        return new Posting(account(type, detail), new Money(Currency.getInstance(currency), amount));
    }

    static LedgerAccount account(String type, String detail) {
        return LedgerAccount.ofCode(detail.isEmpty() ? type : type + ":" + detail);
    }
}
