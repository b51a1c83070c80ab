package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payment.Method;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Refund;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Payments in Lago's shape, and what is ours of them: how far they were applied, why they were declined, what went back. */
final class PaymentJson {

    private final Billing billing;
    private final CustomerStore customers;
    private final Optional<String> provider;

    /** @param provider the name of the one that collects now */
    PaymentJson(Billing billing, Optional<String> provider) {
        this.billing = billing;
        this.customers = new CustomerStore(billing);
        this.provider = provider;
    }

    Json one(ServiceId service, Payment payment) {
        return all(service, List.of(payment)).get(payment);
    }

    Map<Payment, Json> all(ServiceId service, List<Payment> payments) {
        Map<CustomerId, Known> known = customers.byId(service,
                payments.stream().map(payment -> payment.holder().customer()).distinct().toList());
        Map<PaymentId, List<Refund>> refunds = billing.ports().payments().refundsOfAll(
                payments.stream().map(Payment::id).toList());
        return payments.stream().collect(Collectors.toMap(payment -> payment, payment -> json(payment,
                known.get(payment.holder().customer()), refunds.getOrDefault(payment.id(), List.of()))));
    }

    private Json json(Payment payment, Known customer, List<Refund> refunds) {
        boolean collected = payment.method() == Method.PROVIDER;
        String named = collected ? provider.orElse(null) : null;
        return Json.object("lago_id", payment.id().value(), "lago_customer_id", customer.entry().id(),
                "external_customer_id", customer.entry().code(), "invoice_ids", List.of(payment.invoice().value()),
                "lago_payable_id", payment.invoice().value(), "payable_type", "Invoice",
                "amount_cents", Cents.of(payment.amount()), "amount_currency", payment.amount().currency().getCurrencyCode(),
                "status", payment.status().code(), "payment_status", status(payment), "type", payment.method().code(),
                "reference", payment.method() == Method.MANUAL ? payment.called().orElse(null) : payment.reference(),
                "payment_provider_code", named, "payment_provider_type", named,
                "external_payment_id", payment.charge().orElse(null), "provider_payment_id", payment.charge().orElse(null),
                "provider_customer_id", payment.account().orElse(null), "next_action", null,
                "created_at", Times.of(payment.createdAt()), "updated_at", Times.of(payment.changedAt()),
                "number", payment.number(), "applied_amount_cents", Cents.of(payment.applied()),
                "refusal", payment.refusal().map(refusal -> Json.object("code", refusal.code(), "message", refusal.message()))
                        .orElse(null), "dispute", payment.dispute().map(Payment.Dispute::code).orElse(null),
                "refunds", refunds.stream().map(PaymentJson::refund).toList());
    }

    private static String status(Payment payment) {
        return switch (payment.status()) {
            case ASKED -> "pending";
            case PROCESSING -> "processing";
            case SUCCEEDED -> "succeeded";
            case DECLINED -> "failed";
        };
    }

    private static Json refund(Refund refund) {
        return Json.object("lago_id", refund.id().value(),
                "lago_credit_note_id", refund.note().map(note -> note.value()).orElse(null),
                "amount_cents", Cents.of(refund.amount()), "amount_currency", refund.amount().currency().getCurrencyCode(),
                "status", refund.status().code(), "reference", refund.reference(),
                "provider_refund_id", refund.providerId().orElse(null), "failure", refund.failure().orElse(null),
                "created_at", Times.of(refund.createdAt()));
    }

    /** How far an invoice is collected, with its attempts, the first one first. */
    Json collection(ServiceId service, Invoice invoice) {
        Optional<InvoiceCollection> known = billing.ports().payments().collection(invoice.id());
        List<Payment> payments = billing.ports().payments().of(invoice.id());
        Map<Payment, Json> shown = all(service, payments);
        return Json.object("lago_invoice_id", invoice.id().value(),
                "state", known.map(found -> found.state().code()).orElse("none"),
                "declined", known.map(InvoiceCollection::declined).orElse(0),
                "first_declined_at", Times.of(known.flatMap(InvoiceCollection::dunningFrom)),
                "next_attempt_at", Times.of(known.flatMap(InvoiceCollection::nextAt)),
                "open_attempt", payments.stream().map(Payment::status).anyMatch(Status::isOpen),
                "payments", payments.stream().map(shown::get).toList());
    }
}
