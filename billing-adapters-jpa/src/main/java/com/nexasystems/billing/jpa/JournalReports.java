package com.nexasystems.billing.jpa;

import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.MonthlyBalance;
import com.nexasystems.billing.ledger.Journal.OpenItem;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Adds up the postings of the journal, of the drafts, or of both: one statement each. */
final class JournalReports {

    private static final int PAGE = 500;

    private static final String POSTED = """
            SELECT e.date, e.party, e.invoice, p.account_type, p.account_detail, p.currency::text AS currency, p.amount
            FROM journal_posting p JOIN journal_entry e ON e.sequence = p.entry
            """;

    private static final String DRAFTS = """
            SELECT d.date, d.party, d.invoice, p.type::account_type AS account_type, p.detail COLLATE "C" AS account_detail,
                   p.currency, p.amount
            FROM ledger_draft d CROSS JOIN unnest(d.account_types, d.account_details, d.currencies, d.amounts)
                AS p(type, detail, currency, amount)
            """;

    private static final String SUMS = """
            coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS debit,
            coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS credit
            """;

    private JournalReports() {
    }

    /** The postings, as {@code legs} in a FROM clause. */
    private static String legs(Scope scope) {
        return "(" + switch (scope) {
            case POSTED -> POSTED;
            case DRAFTS -> DRAFTS;
            case BOTH -> POSTED + " UNION ALL " + DRAFTS;
        } + ") legs";
    }

    static List<Balance> balances(Connection connection, Optional<LocalDate> until, Scope scope) throws SQLException {
        return Sql.query(connection, """
                SELECT account_type, account_detail, currency, %s FROM %s
                WHERE date <= coalesce(?::date, 'infinity')
                GROUP BY account_type, account_detail, currency
                ORDER BY account_type, account_detail COLLATE "C", currency COLLATE "C"
                """.formatted(SUMS, legs(scope)), JournalReports::balance, until.orElse(null));
    }

    static List<MonthlyBalance> monthly(Connection connection, LedgerAccount.Type type, LocalDate from, LocalDate until,
                                        Scope scope) throws SQLException {
        return Sql.query(connection, """
                SELECT date_trunc('month', date)::date AS month, account_type, account_detail, currency, %s FROM %s
                WHERE account_type = ?::account_type AND date BETWEEN ? AND ?
                GROUP BY 1, account_type, account_detail, currency
                ORDER BY 1, account_detail COLLATE "C", currency COLLATE "C"
                """.formatted(SUMS, legs(scope)),
                row -> new MonthlyBalance(YearMonth.from(Sql.day(row, "month")), balance(row)), type.code(), from, until);
    }

    private static Balance balance(ResultSet row) throws SQLException {
        Currency currency = Sql.currency(row);
        return new Balance(PostingRow.account(row.getString("account_type"), row.getString("account_detail")),
                new Money(currency, row.getBigDecimal("debit")), new Money(currency, row.getBigDecimal("credit")));
    }

    /** Reads a page at a time from the database, too. */
    static void openItems(Connection connection, LocalDate until, Scope scope, Consumer<List<OpenItem>> pages)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT o.*, i.* FROM (
                    SELECT party AS debtor, invoice AS open_invoice, currency AS open_currency, sum(amount) AS open
                    FROM %s WHERE account_type = 'receivable' AND date <= ?
                    GROUP BY party, invoice, currency HAVING sum(amount) <> 0) o
                    LEFT JOIN ledger_invoice i ON i.invoice = o.open_invoice
                ORDER BY o.debtor COLLATE "C", o.open_invoice COLLATE "C", o.open_currency COLLATE "C"
                """.formatted(legs(scope)))) {
            statement.setObject(1, until);
            statement.setFetchSize(PAGE);
            try (ResultSet rows = statement.executeQuery()) {
                giveOut(rows, pages);
            }
        }
    }

    private static void giveOut(ResultSet rows, Consumer<List<OpenItem>> pages) throws SQLException {
        var page = new ArrayList<OpenItem>();
        while (rows.next()) {
            page.add(openItem(rows));
            if (page.size() == PAGE) {
                pages.accept(List.copyOf(page));
                page.clear();
            }
        }
        if (!page.isEmpty()) {
            pages.accept(List.copyOf(page));
        }
    }

    private static OpenItem openItem(ResultSet row) throws SQLException {
        BigDecimal open = row.getBigDecimal("open");
        return new OpenItem(row.getString("open_invoice"), IngestedInvoiceRow.document(row), row.getString("debtor"),
                new Money(Currency.getInstance(row.getString("open_currency")), open));
    }
}
