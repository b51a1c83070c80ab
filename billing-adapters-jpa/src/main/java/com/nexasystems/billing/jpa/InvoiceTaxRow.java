package com.nexasystems.billing.jpa;

import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.TaxAmount;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@Entity
@Table(name = "invoice_tax")
@IdClass(InvoiceTaxRow.Key.class)
class InvoiceTaxRow {

    /**
     * @param id       of the invoice, which takes a while to work out
     * @param position among the taxes of the invoice
     */
    private record Placed(Invoice invoice, UUID id, int position, TaxAmount tax) { }

    private static final Batch<Placed> BATCH = new Batch<Placed>()
            .uuid("subject_id", placed -> placed.invoice.reason().subject())
            .uuid("invoice_id", Placed::id)
            .integer("position", Placed::position)
            .text("code", placed -> placed.tax.code())
            .numeric("percent", placed -> placed.tax.percent())
            .numeric("base", placed -> placed.tax.base().amount())
            .numeric("amount", placed -> placed.tax.amount().amount())
            .numerics("lines", placed -> placed.tax.lines().stream().map(BigDecimal::valueOf).toList());

    /** What identifies a row. */
    record Key(UUID subjectId, UUID invoiceId, int position) implements Serializable { }

    @Id
    UUID subjectId;
    @Id
    UUID invoiceId;
    @Id
    int position;
    String code;
    BigDecimal percent;
    BigDecimal base;
    BigDecimal amount;
    BigDecimal[] lines;

    static void insert(Connection connection, List<Invoice> invoices) throws SQLException {
        BATCH.copy(connection, "invoice_tax", invoices.stream().flatMap(InvoiceTaxRow::placed).toList());
    }

    private static Stream<Placed> placed(Invoice invoice) {
        UUID id = invoice.id().value();
        return IntStream.range(0, invoice.taxes().size()).mapToObj(i -> new Placed(invoice, id, i, invoice.taxes().get(i)));
    }

    TaxAmount toDomain(Currency currency) {
        return new TaxAmount(code, percent, new Money(currency, base), new Money(currency, amount),
                Stream.of(lines).map(BigDecimal::intValueExact).toList());
    }
}
