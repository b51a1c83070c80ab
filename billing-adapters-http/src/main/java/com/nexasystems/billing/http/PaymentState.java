package com.nexasystems.billing.http;

import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payments;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an invoice stands with its payer.
 *
 * @param status        Lago's word: {@code pending}, {@code succeeded} or {@code failed}
 * @param disputeLostAt when a payment of it was taken back by the payer's bank
 */
record PaymentState(String status, Optional<Instant> disputeLostAt) {

    /** Looked up once for all. */
    static Map<Invoice, PaymentState> of(Payments payments, Collection<Invoice> invoices) {
        List<InvoiceId> ids = invoices.stream().map(Invoice::id).toList();
        Map<InvoiceId, InvoiceCollection> collections = payments.collections(ids);
        Map<InvoiceId, List<Payment>> all = payments.ofAll(ids);
        Map<Invoice, PaymentState> states = new HashMap<>();
        invoices.forEach(invoice -> states.put(invoice, new PaymentState(status(invoice,
                Optional.ofNullable(collections.get(invoice.id()))), all.getOrDefault(invoice.id(), List.of()).stream()
                .filter(payment -> payment.dispute().equals(Optional.of(Payment.Dispute.LOST))).map(Payment::changedAt)
                .max(Instant::compareTo))));
        return states;
    }

    /** Of one that is not collected. */
    static PaymentState of(Invoice invoice) {
        return new PaymentState(status(invoice, Optional.empty()), Optional.empty());
    }

    private static String status(Invoice invoice, Optional<InvoiceCollection> collection) {
        boolean failed = collection.filter(known -> known.state() == InvoiceCollection.State.FAILED).isPresent();
        return switch (invoice.status()) {
            case PAID -> "succeeded";
            case UNCOLLECTIBLE -> "failed";
            case FINALISED -> invoice.payable().isZero() ? "succeeded" : failed ? "failed" : "pending";
            case DRAFT, VOID, REGROUPED -> "pending";
        };
    }
}
