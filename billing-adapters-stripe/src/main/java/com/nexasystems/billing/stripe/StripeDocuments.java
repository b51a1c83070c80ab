package com.nexasystems.billing.stripe;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.stripe.StripeCalls.Page;
import com.stripe.model.CreditNote;
import com.stripe.model.CreditNoteLineItem;
import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeObject;
import com.stripe.param.CreditNoteLineItemListParams;
import com.stripe.param.CreditNoteListParams;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoicePaymentListParams.Payment.Type;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.RefundListParams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks Stripe for all that has to do with an invoice, and keeps each answer as it came.
 *
 * <p>Named {@code invoice}, {@code lines-1}, {@code payments-1}, {@code credit-notes-1}, {@code credit-note-lines-cn_1-1},
 * {@code refunds-pi_1-1} and {@code shares-pi_1-1}; the last number counts the pages. Lines stand in a document of their own
 * only if the first ten of them, which come with what they are of, are not all. The shares say which invoices a payment has
 * paid, and are asked for if something of it was refunded.
 */
final class StripeDocuments {

    private static final long PAGE = 100;
    private static final String RATES = "total_taxes.tax_rate_details.tax_rate";

    private final StripeCalls calls;

    StripeDocuments(StripeCalls calls) {
        this.calls = calls;
    }

    /**
     * @return empty if there is no such invoice
     * @throws PortFailure if something of it could not be had
     */
    Optional<List<Document>> of(String id) {
        return invoice(id).map(invoice -> {
            var documents = new ArrayList<Document>();
            documents.add(document("invoice", invoice));
            if (invoice.getLines() == null || !Boolean.FALSE.equals(invoice.getLines().getHasMore())) {
                lines(id, documents);
            }
            if (!"draft".equals(invoice.getStatus())) {
                settlement(id, documents);
            }
            return documents;
        });
    }

    private Optional<Invoice> invoice(String id) {
        return calls.retrieve("invoice " + id, id, stripe -> {
            Invoice invoice = stripe.invoices().retrieve(id, InvoiceRetrieveParams.builder().addExpand(RATES).build());
            if (!id.equals(invoice.getId())) {
                throw new IllegalStateException("another invoice than that asked for");
            }
            return Optional.of(invoice);
        });
    }

    private void lines(String id, List<Document> documents) {
        this.<InvoiceLineItem>all("lines", "lines of " + id, documents, (stripe, after) -> stripe.invoices().lineItems()
                .list(id, InvoiceLineItemListParams.builder().setLimit(PAGE).setStartingAfter(after.orElse(null)).build()));
    }

    private void settlement(String id, List<Document> documents) {
        List<InvoicePayment> payments = all("payments", "payments of " + id, documents, (stripe, after) ->
                stripe.invoicePayments().list(InvoicePaymentListParams.builder().setInvoice(id).setLimit(PAGE)
                        .setStartingAfter(after.orElse(null)).build()));
        List<CreditNote> notes = all("credit-notes", "credit notes of " + id, documents, (stripe, after) ->
                stripe.creditNotes().list(CreditNoteListParams.builder().setInvoice(id).setLimit(PAGE)
                        .addExpand("data." + RATES).addExpand("data.customer_balance_transaction")
                        .setStartingAfter(after.orElse(null)).build()));
        notes.stream().filter(note -> note.getLines() == null || !Boolean.FALSE.equals(note.getLines().getHasMore()))
                .forEach(note -> noteLines(note.getId(), documents));
        payments.stream().filter(payment -> "paid".equals(payment.getStatus())).map(InvoicePayment::getPayment)
                .flatMap(payment -> StripePaid.of(payment).stream()).distinct().forEach(paid -> refunds(paid, documents));
    }

    private void noteLines(String note, List<Document> documents) {
        this.<CreditNoteLineItem>all("credit-note-lines-" + note, "lines of credit note " + note, documents,
                (stripe, after) -> stripe.creditNotes().lineItems().list(note, CreditNoteLineItemListParams.builder()
                        .setLimit(PAGE).setStartingAfter(after.orElse(null)).build()));
    }

    private void refunds(StripePaid paid, List<Document> documents) {
        List<Refund> refunds = all("refunds-" + paid.id(), "refunds of " + paid.id(), documents, (stripe, after) ->
                stripe.refunds().list(refundsOf(paid).setLimit(PAGE).setStartingAfter(after.orElse(null)).build()));
        if (!refunds.isEmpty() && !paid.isCharge()) {
            this.<InvoicePayment>all("shares-" + paid.id(), "invoices paid by " + paid.id(), documents, (stripe, after) ->
                    stripe.invoicePayments().list(InvoicePaymentListParams.builder().setPayment(
                            InvoicePaymentListParams.Payment.builder().setType(Type.PAYMENT_INTENT)
                                    .setPaymentIntent(paid.id()).build()).setLimit(PAGE)
                            .setStartingAfter(after.orElse(null)).build()));
        }
    }

    private static RefundListParams.Builder refundsOf(StripePaid paid) {
        RefundListParams.Builder params = RefundListParams.builder();
        return paid.isCharge() ? params.setCharge(paid.id()) : params.setPaymentIntent(paid.id());
    }

    private <T extends HasId> List<T> all(String name, String what, List<Document> documents, Page<T> page) {
        var pages = new ArrayList<StripeCollection<T>>();
        calls.pages(what, page, next -> next, pages::add);
        for (int i = 0; i < pages.size(); i++) {
            documents.add(document(name + "-" + (i + 1), pages.get(i)));
        }
        return pages.stream().flatMap(next -> next.getData().stream()).toList();
    }

    private static Document document(String name, StripeObject answer) {
        return new Document(name, answer.getLastResponse().body().getBytes(StandardCharsets.UTF_8));
    }
}
