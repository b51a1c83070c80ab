package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.ChartOfAccounts;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.money.Money;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The posted entries as CSV, a row for each posting. A page of them is read when the one before has been sent, so that it
 * takes the memory of one page, and holds no connection to the database meanwhile, however slowly it is taken.
 */
final class JournalCsv extends InputStream {

    private static final int PAGE = 500;
    private static final String HEADER = Csv.row("sequence", "entry", "date", "text", "customer", "account", "number",
            "currency", "debit", "credit", "reverses", "posted_by", "posted_at", "evidence", "chain", "problem");

    private final Journal journal;
    private final ChartOfAccounts chart;
    private byte[] bytes;
    private int at;
    private long sequence;

    /** @throws PortFailure if the journal cannot be read, as reading does */
    JournalCsv(Journal journal, ChartOfAccounts chart) {
        this.journal = journal;
        this.chart = chart;
        this.bytes = (HEADER + page()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean isAtEnd() {
        if (at == bytes.length) {
            bytes = page().getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        return bytes.length == 0;
    }

    private String page() {
        List<ChainRow> page = journal.chain(sequence, PAGE);
        sequence = page.isEmpty() ? sequence : page.get(page.size() - 1).sequence();
        return page.stream().map(this::rows).collect(Collectors.joining());
    }

    private String rows(ChainRow row) {
        return row.entry().map(this::rows).orElseGet(() -> Csv.row(row.sequence(), "", "", "", "", "", "", "", "", "", "",
                "", "", "", "", row.problem().orElse("")));
    }

    private String rows(PostedEntry posted) {
        return posted.entry().postings().stream().map(posting -> row(posted, posting)).collect(Collectors.joining());
    }

    private String row(PostedEntry posted, Posting posting) {
        Money amount = posting.amount();
        return Csv.row(posted.sequence(), posted.entry().key(), posted.entry().date(), posted.entry().text(),
                posted.entry().party(), posting.account(), chart.numberOf(posting.account()),
                amount.currency().getCurrencyCode(), amount.isNegative() ? "" : amount,
                amount.isNegative() ? amount.negated() : "",
                posted.reverses().<Object>map(reversed -> reversed).orElse(""), posted.by().name(), posted.at(),
                posted.evidence(), posted.chain(), "");
    }
}
