package com.nexasystems.billing.jpa;

import com.nexasystems.billing.invoicing.Discount;
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
@Table(name = "invoice_discount")
@IdClass(InvoiceDiscountRow.Key.class)
class InvoiceDiscountRow {

    /** @param position among the discounts of the invoice */
    private record Placed(Invoice invoice, int position, Discount part) { }

    private static final Batch<Placed> BATCH = new Batch<Placed>()
            .uuid("subject_id", placed -> placed.invoice.reason().subject())
            .uuid("invoice_id", placed -> placed.invoice.id().value())
            .integer("position", Placed::position)
            .uuid("applied_coupon", placed -> placed.part.appliedCoupon())
            .text("code", placed -> placed.part.code())
            .numeric("amount", placed -> placed.part.amount().amount())
            .numerics("shares", placed -> placed.part.shares().stream().map(Money::amount).toList());

    /** What identifies a row. */
    record Key(UUID subjectId, UUID invoiceId, int position) implements Serializable { }

    @Id
    UUID subjectId;
    @Id
    UUID invoiceId;
    @Id
    int position;
    UUID appliedCoupon;
    String code;
    BigDecimal amount;
    BigDecimal[] shares;

    static void insert(Connection connection, List<Invoice> invoices) throws SQLException {
        BATCH.copy(connection, "invoice_discount", invoices.stream().flatMap(InvoiceDiscountRow::placed).toList());
    }

    private static Stream<Placed> placed(Invoice invoice) {
        return IntStream.range(0, invoice.discounts().size())
                .mapToObj(i -> new Placed(invoice, i, invoice.discounts().get(i)));
    }

    Discount toDomain(Currency currency) {
        return new Discount(appliedCoupon, code, new Money(currency, amount),
                Stream.of(shares).map(share -> new Money(currency, share)).toList());
    }
}
