package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import java.util.List;

/** Invoices and credit notes as PDF. */
final class DocumentRoutes {

    private static final String PDF = "application/pdf";

    private final Billing billing;
    private final CustomerStore customers;

    DocumentRoutes(Billing billing) {
        this.billing = billing;
        this.customers = new CustomerStore(billing);
    }

    List<Route> routes() {
        return List.of(Route.get("/invoices/{id}/pdf", this::invoice),
                Route.get("/credit_notes/{id}/pdf", this::creditNote));
    }

    Answer invoice(Call call) {
        Invoice invoice = InvoiceRoutes.find(billing, call, call.path("id"));
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw ApiError.notFound("invoice");
        }
        Known customer = customers.byId(call.serviceId(), List.of(invoice.customer())).get(invoice.customer());
        byte[] pdf = Pdf.of(DocumentModel.of(call.service(), customer.customer(), invoice,
                customers.terms(customer.holder()).netPaymentDays().orElse(0), isExplained(call)));
        return Answer.file(pdf, PDF, invoice.number().orElseThrow() + ".pdf");
    }

    private Answer creditNote(Call call) {
        CreditNote note = CreditNoteRoutes.find(billing, call, call.path("id"));
        Invoice invoice = billing.ports().invoices().find(note.invoice()).orElseThrow();
        Known customer = customers.byId(call.serviceId(), List.of(invoice.customer())).get(invoice.customer());
        byte[] pdf = Pdf.of(DocumentModel.of(call.service(), customer.customer(), invoice, note, isExplained(call)));
        return Answer.file(pdf, PDF, note.number() + ".pdf");
    }

    private static boolean isExplained(Call call) {
        Fields parameters = call.parameters();
        boolean explained = parameters.flag("explain").orElse(false);
        parameters.check();
        return explained;
    }
}
