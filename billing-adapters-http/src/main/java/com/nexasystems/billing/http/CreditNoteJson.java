package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.tax.TaxAmount;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A credit note. */
final class CreditNoteJson {

    private final Billing billing;
    private final CustomerStore customers;
    private final FeeJson fees;
    private final TaxCodes taxes;

    CreditNoteJson(Billing billing) {
        this.billing = billing;
        this.customers = new CustomerStore(billing);
        this.fees = new FeeJson(billing);
        this.taxes = new TaxCodes(billing);
    }

    Json of(Call call, CreditNote note) {
        Invoice invoice = billing.ports().invoices().find(note.invoice()).orElseThrow();
        Known customer = customers.byId(call.serviceId(), List.of(invoice.customer())).get(invoice.customer());
        PaymentState paid = PaymentState.of(billing.ports().payments(), List.of(invoice)).get(invoice);
        Map<String, String> metadata = billing.ports().directory().find(call.serviceId(), Kind.CREDIT_NOTE,
                note.id().toString()).map(Metadata::object).orElse(Map.of());
        String digits = note.number().replaceAll(".*[^0-9]", "");
        return Json.object("lago_id", note.id().value(), "billing_entity_code", "default",
                "sequential_id", digits.isEmpty() ? 0 : Long.parseLong(digits), "number", note.number(),
                "lago_invoice_id", invoice.id().value(), "invoice_number", invoice.number().orElse(""),
                "purchase_order_number", null, "issuing_date", note.issueDate().toString(),
                "credit_status", note.creditStatus().map(CreditNote.CreditStatus::code).orElse(null),
                "refund_status", note.refund().map(CreditNote.RefundStatus::code).orElse(null),
                "reason", note.reason().code(), "description", note.description(),
                "currency", note.currency().getCurrencyCode(), "total_amount_cents", Cents.of(note.total()),
                "precise_total_amount_cents", String.valueOf(Cents.of(note.total())),
                "taxes_amount_cents", Cents.of(note.tax()),
                "precise_taxes_amount_cents", String.valueOf(Cents.of(note.tax())),
                "taxes_rate", InvoiceJson.rate(note.taxes()),
                "sub_total_excluding_taxes_amount_cents", Cents.of(note.subtotal()),
                "balance_amount_cents", Cents.of(note.balance()), "credit_amount_cents", Cents.of(note.given().credit()),
                "refund_amount_cents", Cents.of(note.given().refund()),
                "offset_amount_cents", Cents.of(note.given().offset()),
                "coupons_adjustment_amount_cents", Cents.of(note.discount()),
                "created_at", Times.of(note.issuedAt()), "updated_at", Times.of(note.issuedAt()),
                "file_url", call.origin() + "/credit_notes/" + note.id() + "/pdf", "xml_url", null, "self_billed", false,
                "items", note.items().stream().map(item -> Json.object("lago_id", Uuids.of(note.id().value(),
                                "item " + item.line()), "amount_cents", Cents.of(item.amount()),
                        "precise_amount_cents", String.valueOf(Cents.of(item.amount())),
                        "amount_currency", note.currency().getCurrencyCode(),
                        "fee", fees.of(call.service(), invoice, item.line(), customer, paid))).toList(),
                "applied_taxes", taxes(note), "customer", customers.json(customer), "metadata", metadata,
                "error_details", List.of());
    }

    private List<Json> taxes(CreditNote note) {
        Function<TaxAmount, Json> named = taxes.charged(note.holder().service(), note.taxes());
        return note.taxes().stream().map(tax -> Json.object("lago_id",
                Uuids.of(note.id().value(), "tax " + tax.code() + tax.lines()), "lago_credit_note_id", note.id().value())
                .withAll(named.apply(tax)).with("amount_cents", Cents.of(tax.amount()))
                .with("amount_currency", note.currency().getCurrencyCode()).with("base_amount_cents", Cents.of(tax.base()))
                .with("created_at", Times.of(note.issuedAt()))).toList();
    }
}
