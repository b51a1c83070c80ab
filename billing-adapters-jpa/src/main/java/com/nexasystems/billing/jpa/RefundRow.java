package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.payment.Refund.Status;
import com.nexasystems.billing.payment.RefundId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Refunds as rows. */
final class RefundRow {

    static final Batch<Refund> BATCH = new Batch<Refund>()
            .uuid("id", refund -> refund.id().value())
            .uuid("payment_id", refund -> refund.payment().value())
            .uuid("service_id", refund -> refund.service().value())
            .uuid("credit_note_id", refund -> refund.note().map(CreditNoteId::value).orElse(null))
            .text("reference", Refund::reference)
            .text("currency", refund -> refund.amount().currency().getCurrencyCode())
            .numeric("amount", refund -> refund.amount().amount())
            .text("status", refund -> refund.status().code())
            .text("provider_id", refund -> refund.providerId().orElse(null))
            .text("failure", refund -> refund.failure().orElse(null))
            .instant("next_at", refund -> refund.nextAt().orElse(null))
            .instant("created_at", Refund::createdAt);

    private RefundRow() {
    }

    static Refund read(ResultSet row) throws SQLException {
        return new Refund(new RefundId(Sql.uuid(row, "id")), new PaymentId(Sql.uuid(row, "payment_id")),
                new ServiceId(Sql.uuid(row, "service_id")),
                Optional.ofNullable(row.getObject("credit_note_id", UUID.class)).map(CreditNoteId::new),
                row.getString("reference"), new Money(Sql.currency(row), row.getBigDecimal("amount")),
                Status.valueOf(PaymentRow.upper(row, "status")), Sql.textIfAny(row, "provider_id"),
                Sql.textIfAny(row, "failure"), Sql.instantIfAny(row, "next_at"), Sql.instant(row, "created_at"));
    }
}
