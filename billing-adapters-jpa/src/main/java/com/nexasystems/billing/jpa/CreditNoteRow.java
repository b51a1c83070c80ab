package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.CreditNote.Reason;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Credit notes with their items, and the taxes beside them, as rows. */
final class CreditNoteRow {

    static final Batch<CreditNote> BATCH = new Batch<CreditNote>()
            .uuid("id", note -> note.id().value())
            .uuid("invoice_id", note -> note.invoice().value())
            .uuid("service_id", note -> note.holder().service().value())
            .uuid("customer_id", note -> note.holder().customer().value())
            .text("number", CreditNote::number)
            .text("reason", note -> note.reason().code())
            .text("description", CreditNote::description)
            .date("issue_date", CreditNote::issueDate)
            .instant("issued_at", CreditNote::issuedAt)
            .text("currency", note -> note.currency().getCurrencyCode())
            .numerics("item_lines", note -> note.items().stream().map(item -> BigDecimal.valueOf(item.line())).toList())
            .numerics("item_amounts", note -> note.items().stream().map(item -> item.amount().amount()).toList())
            .numeric("discount", note -> note.discount().amount())
            .numeric("credit", note -> note.given().credit().amount())
            .numeric("refund", note -> note.given().refund().amount())
            .numeric("offset_amount", note -> note.given().offset().amount())
            .numeric("balance", note -> note.balance().amount())
            .numeric("withdrawn", note -> note.withdrawn().amount())
            .text("refund_status", note -> note.refund().map(RefundStatus::code).orElse(null));

    /** @param position among the taxes of the note */
    private record PlacedTax(CreditNoteId note, int position, TaxAmount tax) { }

    private static final Batch<PlacedTax> TAXES = new Batch<PlacedTax>()
            .uuid("credit_note_id", placed -> placed.note.value())
            .integer("position", PlacedTax::position)
            .text("code", placed -> placed.tax.code())
            .numeric("percent", placed -> placed.tax.percent())
            .numeric("base", placed -> placed.tax.base().amount())
            .numeric("amount", placed -> placed.tax.amount().amount())
            .numerics("lines", placed -> placed.tax.lines().stream().map(BigDecimal::valueOf).toList());

    private final CreditNoteId id;
    private final InvoiceId invoice;
    private final ServiceCustomer holder;
    private final String number;
    private final Reason reason;
    private final String description;
    private final LocalDate issueDate;
    private final Instant issuedAt;
    private final Currency currency;
    private final List<Item> items;
    private final Money discount;
    private final Given given;
    private final Money balance;
    private final Money withdrawn;
    private final Optional<RefundStatus> refund;

    private CreditNoteRow(ResultSet row) throws SQLException {
        id = new CreditNoteId(row.getObject("id", UUID.class));
        invoice = new InvoiceId(row.getObject("invoice_id", UUID.class));
        holder = new ServiceCustomer(new ServiceId(row.getObject("service_id", UUID.class)),
                new CustomerId(row.getObject("customer_id", UUID.class)));
        number = row.getString("number");
        reason = Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT));
        description = row.getString("description");
        issueDate = row.getObject("issue_date", LocalDate.class);
        issuedAt = Sql.instant(row, "issued_at");
        currency = Currency.getInstance(row.getString("currency"));
        items = items(row);
        discount = money(row, "discount");
        given = new Given(money(row, "credit"), money(row, "refund"), money(row, "offset_amount"));
        balance = money(row, "balance");
        withdrawn = money(row, "withdrawn");
        refund = Optional.ofNullable(row.getString("refund_status"))
                .map(status -> RefundStatus.valueOf(status.toUpperCase(Locale.ROOT)));
    }

    private List<Item> items(ResultSet row) throws SQLException {
        BigDecimal[] lines = numerics(row, "item_lines");
        BigDecimal[] amounts = numerics(row, "item_amounts");
        return IntStream.range(0, lines.length)
                .mapToObj(i -> new Item(lines[i].intValueExact(), new Money(currency, amounts[i]))).toList();
    }

    private Money money(ResultSet row, String column) throws SQLException {
        return new Money(currency, row.getBigDecimal(column));
    }

    private static BigDecimal[] numerics(ResultSet row, String column) throws SQLException {
        return (BigDecimal[]) row.getArray(column).getArray();
    }

    /** The notes that a condition selects, in its order. */
    static List<CreditNote> read(Connection connection, String condition, Object... parameters) throws SQLException {
        List<CreditNoteRow> rows = Sql.query(connection, "SELECT * FROM credit_note " + condition, CreditNoteRow::new,
                parameters);
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<CreditNoteId, List<PlacedTax>> taxes = taxes(connection, rows);
        return rows.stream().map(row -> row.toDomain(taxes.getOrDefault(row.id, List.of()).stream().map(PlacedTax::tax)
                .toList())).toList();
    }

    private static Map<CreditNoteId, List<PlacedTax>> taxes(Connection connection, List<CreditNoteRow> rows)
            throws SQLException {
        Map<UUID, Currency> currencies = rows.stream().collect(Collectors.toMap(row -> row.id.value(), row -> row.currency));
        return Sql.query(connection, """
                SELECT * FROM credit_note_tax WHERE credit_note_id = ANY (?::uuid[]) ORDER BY credit_note_id, position
                """, row -> {
                    UUID note = row.getObject("credit_note_id", UUID.class);
                    Currency currency = currencies.get(note);
                    return new PlacedTax(new CreditNoteId(note), row.getInt("position"), new TaxAmount(row.getString("code"),
                            row.getBigDecimal("percent"), new Money(currency, row.getBigDecimal("base")),
                            new Money(currency, row.getBigDecimal("amount")),
                            Stream.of(numerics(row, "lines")).map(BigDecimal::intValueExact).toList()));
                }, Sql.arrayLiteral(currencies.keySet().iterator())).stream()
                .collect(Collectors.groupingBy(PlacedTax::note));
    }

    static void insertTaxes(Connection connection, List<CreditNote> notes) throws SQLException {
        var placed = new ArrayList<PlacedTax>();
        for (CreditNote note : notes) {
            for (int i = 0; i < note.taxes().size(); i++) {
                placed.add(new PlacedTax(note.id(), i, note.taxes().get(i)));
            }
        }
        TAXES.update(connection, """
                INSERT INTO credit_note_tax (%s) SELECT * FROM %s
                """.formatted(TAXES.names(), TAXES.rows()), placed);
    }

    private CreditNote toDomain(List<TaxAmount> taxes) {
        return new CreditNote(id, invoice, holder, number, reason, description, issueDate, issuedAt, items, discount, taxes,
                given, balance, withdrawn, refund);
    }
}
