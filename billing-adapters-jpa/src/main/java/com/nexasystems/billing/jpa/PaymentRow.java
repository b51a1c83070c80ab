package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payment.Dispute;
import com.nexasystems.billing.payment.Payment.Method;
import com.nexasystems.billing.payment.Payment.Refusal;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.payment.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/** Payments as rows. */
final class PaymentRow {

    static final Batch<Payment> BATCH = new Batch<Payment>()
            .uuid("id", payment -> payment.id().value())
            .uuid("invoice_id", payment -> payment.invoice().value())
            .uuid("service_id", payment -> payment.holder().service().value())
            .uuid("customer_id", payment -> payment.holder().customer().value())
            .integer("number", Payment::number)
            .text("method", payment -> payment.method().code())
            .text("reference", Payment::reference)
            .text("account", payment -> payment.account().orElse(null))
            .text("means", payment -> payment.means().orElse(null))
            .text("currency", payment -> payment.amount().currency().getCurrencyCode())
            .numeric("amount", payment -> payment.amount().amount())
            .text("status", payment -> payment.status().code())
            .text("charge", payment -> payment.charge().orElse(null))
            .numeric("applied", payment -> payment.applied().amount())
            .text("refusal_code", payment -> payment.refusal().map(Refusal::code).orElse(null))
            .text("refusal_message", payment -> payment.refusal().map(Refusal::message).orElse(null))
            .text("dispute", payment -> payment.dispute().map(Dispute::code).orElse(null))
            .instant("created_at", Payment::createdAt)
            .instant("changed_at", Payment::changedAt);

    private PaymentRow() {
    }

    static Payment read(ResultSet row) throws SQLException {
        Currency currency = Sql.currency(row);
        return new Payment(new PaymentId(Sql.uuid(row, "id")), new InvoiceId(Sql.uuid(row, "invoice_id")), holder(row),
                row.getInt("number"), Method.valueOf(upper(row, "method")), row.getString("reference"),
                Sql.textIfAny(row, "account"), Sql.textIfAny(row, "means"),
                new Money(currency, row.getBigDecimal("amount")), Status.valueOf(upper(row, "status")),
                Sql.textIfAny(row, "charge"), new Money(currency, row.getBigDecimal("applied")), refusal(row),
                Sql.textIfAny(row, "dispute").map(code -> Dispute.valueOf(code.toUpperCase(Locale.ROOT))),
                Sql.instant(row, "created_at"), Sql.instant(row, "changed_at"));
    }

    static ServiceCustomer holder(ResultSet row) throws SQLException {
        return new ServiceCustomer(new ServiceId(Sql.uuid(row, "service_id")), new CustomerId(Sql.uuid(row, "customer_id")));
    }

    static String upper(ResultSet row, String column) throws SQLException {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }

    private static Optional<Refusal> refusal(ResultSet row) throws SQLException {
        String message = row.getString("refusal_message");
        return Sql.textIfAny(row, "refusal_code").map(code -> new Refusal(code, message));
    }
}
