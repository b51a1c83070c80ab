package com.nexasystems.billing.jpa;

import com.nexasystems.billing.invoicing.Credit;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.money.Money;
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
@Table(name = "invoice_credit")
@IdClass(InvoiceCreditRow.Key.class)
class InvoiceCreditRow {

    /** @param position among the credits of the invoice */
    private record Placed(Invoice invoice, int position, Credit part) { }

    private static final Batch<Placed> BATCH = new Batch<Placed>()
            .uuid("subject_id", placed -> placed.invoice.reason().subject())
            .uuid("invoice_id", placed -> placed.invoice.id().value())
            .integer("position", Placed::position)
            .text("kind", placed -> placed.part.kind().name())
            .uuid("source", placed -> placed.part.source())
            .numeric("amount", placed -> placed.part.amount().amount());

    /** What identifies a row. */
    record Key(UUID subjectId, UUID invoiceId, int position) implements Serializable { }

    @Id
    UUID subjectId;
    @Id
    UUID invoiceId;
    @Id
    int position;
    String kind;
    UUID source;
    BigDecimal amount;

    static void insert(Connection connection, List<Invoice> invoices) throws SQLException {
        BATCH.copy(connection, "invoice_credit", invoices.stream().flatMap(InvoiceCreditRow::placed).toList());
    }

    private static Stream<Placed> placed(Invoice invoice) {
        return IntStream.range(0, invoice.credits().size())
                .mapToObj(i -> new Placed(invoice, i, invoice.credits().get(i)));
    }

    Credit toDomain(Currency currency) {
        return new Credit(Credit.Kind.valueOf(kind), source, new Money(currency, amount));
    }
}
