package com.nexasystems.billing.simulator.stripe;

import com.nexasystems.billing.simulator.stripe.InvoiceSums.NoteSums;
import com.nexasystems.billing.simulator.stripe.InvoiceSums.TaxShare;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Credited;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.CreditNote;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Payment;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Rate;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Refund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An invoice and what belongs to it, as JSON objects of API version 2026-07-29.dahlia. */
final class InvoiceJson {

    private static final int LINES_INSIDE = 10;
    private static final String DISCOUNT = "di_1";

    private final StripeInvoice invoice;
    private final InvoiceSums sums;
    private final boolean expandsRates;

    InvoiceJson(StripeInvoice invoice, boolean expandsRates) {
        this.invoice = invoice;
        this.sums = new InvoiceSums(invoice);
        this.expandsRates = expandsRates;
    }

    Map<String, Object> invoice() {
        Map<String, Object> json = Json.object("id", invoice.id, "object", "invoice", "livemode", false,
                "created", created(invoice), "currency", invoice.currency, "customer", invoice.customer,
                "customer_name", invoice.customerName, "customer_email", "billing@example.com", "customer_address",
                address(), "billing_reason", "manual", "collection_method", "charge_automatically", "number",
                invoice.draft ? null : "N-" + invoice.id.substring(3), "status", status(), "description", null,
                "status_transitions", transitions(), "due_date", seconds(invoice.dueAt), "metadata", Map.of(),
                "effective_at", seconds(invoice.draft ? invoice.effectiveAt
                        : invoice.effectiveAt.or(() -> Optional.of(invoice.finalizedAt))),
                "latest_revision", invoice.revisedBy.isEmpty() ? null : invoice.revisedBy, "from_invoice",
                invoice.revises.isEmpty() ? null : Json.object("action", "revision", "invoice", invoice.revises),
                "on_behalf_of", null, "payments", null, "shipping_cost", null, "amount_shipping", 0L);
        amounts(json);
        json.put("lines", inside("/v1/invoices/" + invoice.id + "/lines", lines()));
        return changed("invoice.", json);
    }

    static long created(StripeInvoice invoice) {
        return invoice.finalizedAt.getEpochSecond();
    }

    private void amounts(Map<String, Object> json) {
        json.putAll(Json.object("starting_balance", invoice.startingBalance, "ending_balance",
                invoice.draft ? null : sums.endingBalance, "subtotal", sums.subtotal, "subtotal_excluding_tax",
                sums.subtotalExcludingTax, "total", sums.total, "total_excluding_tax", sums.excludingTax, "total_taxes",
                taxes(InvoiceSums.byRate(sums.taxesOfLines), expandsRates), "amount_due", sums.due, "amount_paid", sums.paid,
                "amount_remaining", sums.remaining(), "amount_overpaid", sums.overpaid, "amount_paid_off_stripe",
                sums.paidOffStripe, "pre_payment_credit_notes_amount", sums.prePayment,
                "post_payment_credit_notes_amount", sums.postPayment, "total_discount_amounts",
                discounts(invoice.lines.stream().mapToLong(Line::discount).sum()), "total_pretax_credit_amounts",
                List.of()));
    }

    private String status() {
        if (invoice.draft) {
            return "draft";
        }
        if (invoice.voidedAt.isPresent()) {
            return "void";
        }
        if (sums.remaining() == 0) {
            return "paid";
        }
        return invoice.givenUpAt.isPresent() ? "uncollectible" : "open";
    }

    private Map<String, Object> transitions() {
        return Json.object("finalized_at", invoice.draft ? null : invoice.finalizedAt.getEpochSecond(), "paid_at",
                "paid".equals(status()) ? seconds(sums.paidAt) : null, "voided_at", seconds(invoice.voidedAt),
                "marked_uncollectible_at", seconds(invoice.givenUpAt));
    }

    private Object address() {
        return invoice.country.isEmpty() ? null : Json.object("city", null, "country", invoice.country, "line1", null,
                "postal_code", null, "state", invoice.state.isEmpty() ? null : invoice.state);
    }

    List<Map<String, Object>> lines() {
        return IntStream.range(0, invoice.lines.size()).mapToObj(this::line).toList();
    }

    private Map<String, Object> line(int number) {
        Line line = invoice.lines.get(number);
        long at = invoice.finalizedAt.getEpochSecond();
        return changed("lines." + number + ".", Json.object("id", invoice.named("il", number), "object", "line_item",
                "amount", line.amount(), "subtotal", line.amount(), "currency", invoice.currency, "description",
                line.description(), "discountable", !line.proration(), "discount_amounts", discounts(line.discount()),
                "discounts", List.of(), "invoice", invoice.id, "livemode", false, "metadata", Map.of(), "parent",
                parent(line, number), "period", Json.object("start", at, "end", at), "pretax_credit_amounts", List.of(),
                "pricing", Json.object("type", "price_details", "price_details", Json.object("price", line.price(),
                        "product", "prod_" + line.price()), "unit_amount_decimal", String.valueOf(line.amount())),
                "quantity", 1L, "quantity_decimal", "1", "taxes", taxes(sums.taxesOfLines.get(number), expandsRates)));
    }

    private Map<String, Object> parent(Line line, int number) {
        Object credited = line.credited().isEmpty() ? null
                : Json.object("invoice", "in_credited", "invoice_line_items", line.credited());
        return Json.object("type", "subscription_item_details", "invoice_item_details", null, "subscription_item_details",
                Json.object("invoice_item", null, "proration", line.proration(), "proration_details",
                        Json.object("credited_items", credited), "subscription", "sub_1", "subscription_item",
                        "si_" + number));
    }

    /** Newest first. */
    List<Map<String, Object>> payments() {
        List<Payment> payments = invoice.payments();
        return IntStream.range(0, payments.size()).map(i -> payments.size() - 1 - i)
                .filter(i -> !payments.get(i).kind().isEmpty()).mapToObj(i -> payment(i, payments.get(i))).toList();
    }

    private Map<String, Object> payment(int number, Payment payment) {
        boolean paid = "paid".equals(payment.status());
        Long at = payment.at().getEpochSecond();
        return changed("payments." + number + ".", Json.object("id", invoice.named("inpay", number), "object",
                "invoice_payment", "amount_paid", paid ? payment.amount() : null, "amount_requested", payment.amount(),
                "created", invoice.finalizedAt.getEpochSecond(), "currency", invoice.currency, "invoice", invoice.id,
                "is_default", number == 0, "livemode", false, "payment", Json.object("type", payment.kind(), payment.kind(),
                        payment.of()), "status", payment.status(), "status_transitions", Json.object("paid_at",
                        paid ? at : null, "canceled_at", "canceled".equals(payment.status()) ? at : null)));
    }

    /** Newest first. */
    List<Map<String, Object>> creditNotes() {
        List<CreditNote> notes = invoice.creditNotes();
        return IntStream.range(0, notes.size()).map(i -> notes.size() - 1 - i)
                .mapToObj(i -> creditNote(i, notes.get(i), sums.notes.get(i))).toList();
    }

    private Map<String, Object> creditNote(int number, CreditNote note, NoteSums figures) {
        String id = invoice.named("cn", number);
        Map<String, Object> json = Json.object("id", id, "object", "credit_note", "amount", figures.total(),
                "amount_shipping", 0L, "created", note.at().getEpochSecond(), "effective_at",
                note.at().getEpochSecond(), "currency", invoice.currency, "customer", invoice.customer, "invoice", invoice.id,
                "livemode", false, "number", "CN-" + id.substring(3), "out_of_band_amount", note.outside() == 0 ? null : note.outside(),
                "pre_payment_amount", figures.prePayment(), "post_payment_amount", figures.postPayment(), "shipping_cost",
                null, "status", note.isVoid() ? "void" : "issued", "type", type(figures), "voided_at",
                note.isVoid() ? note.at().getEpochSecond() : null, "pretax_credit_amounts", List.of());
        json.putAll(Json.object("subtotal", figures.subtotal(), "total", figures.total(), "total_excluding_tax",
                figures.excludingTax(), "total_taxes", taxes(InvoiceSums.byRate(figures.taxes()), expandsRates), "refunds",
                note.refunds().entrySet().stream().map(entry -> Json.object("amount_refunded", entry.getValue(), "refund",
                        invoice.named("re", entry.getKey()), "type", "refund")).toList(), "customer_balance_transaction",
                figures.toBalance() == 0 ? null : Json.object("id", invoice.named("cbtxn", number), "object",
                        "customer_balance_transaction", "amount", -figures.toBalance(), "currency", invoice.currency, "type",
                        "credit_note"), "lines", inside("/v1/credit_notes/" + id + "/lines", creditNoteLines(number))));
        return changed("credit_notes." + number + ".", json);
    }

    private static String type(NoteSums figures) {
        if (figures.postPayment() == 0) {
            return "pre_payment";
        }
        return figures.prePayment() == 0 ? "post_payment" : "mixed";
    }

    List<Map<String, Object>> creditNoteLines(int number) {
        List<Credited> lines = invoice.creditNotes().get(number).lines();
        List<List<TaxShare>> taxes = sums.notes.get(number).taxes();
        return IntStream.range(0, lines.size()).mapToObj(i -> {
            Credited line = lines.get(i);
            return changed("credit_note_lines." + number + "." + i + ".", Json.object("id",
                    invoice.named("cnli", number, i), "object", "credit_note_line_item", "amount", line.amount(),
                    "description", line.description(), "discount_amount", line.discount(), "discount_amounts",
                    discounts(line.discount()), "invoice_line_item",
                    line.line() < 0 ? null : invoice.named("il", line.line()), "livemode", false,
                    "pretax_credit_amounts", List.of(), "quantity", 1L, "taxes", taxes(taxes.get(i), expandsRates), "type",
                    line.line() < 0 ? "custom_line_item" : "invoice_line_item"));
        }).toList();
    }

    /** Those of a payment intent or charge; newest first. */
    List<Map<String, Object>> refunds(String of) {
        return IntStream.range(0, invoice.refunds.size()).map(i -> invoice.refunds.size() - 1 - i)
                .filter(i -> of.equals(paymentOf(invoice.refunds.get(i)).of())).mapToObj(this::refund).toList();
    }

    private Payment paymentOf(Refund refund) {
        return invoice.payments().get(refund.payment());
    }

    private Map<String, Object> refund(int number) {
        Refund refund = invoice.refunds.get(number);
        Payment payment = paymentOf(refund);
        return changed("refunds." + number + ".", Json.object("id", invoice.named("re", number), "object", "refund",
                "amount", refund.amount(), "created", refund.at().getEpochSecond(), "currency", invoice.currency,
                "metadata", Map.of(), "payment_intent",
                "payment_intent".equals(payment.kind()) ? payment.of() : null, "charge",
                "charge".equals(payment.kind()) ? payment.of() : "ch_of_" + payment.of(), "status", refund.status()));
    }

    private static List<Map<String, Object>> discounts(long amount) {
        return amount == 0 ? List.of() : List.of(Json.object("amount", amount, "discount", DISCOUNT));
    }

    private static List<Map<String, Object>> taxes(List<TaxShare> shares, boolean expanded) {
        return shares.stream().map(share -> Json.object("amount", share.amount(), "tax_behavior",
                share.rate().inclusive() ? "inclusive" : "exclusive", "tax_rate_details",
                Json.object("tax_rate", expanded ? rate(share.rate()) : share.rate().id()), "taxability_reason",
                "not_available", "taxable_amount", share.base(), "type", "tax_rate_details")).toList();
    }

    private static Map<String, Object> rate(Rate rate) {
        return Json.object("id", rate.id(), "object", "tax_rate", "active", true, "country", null, "display_name",
                rate.name(), "effective_percentage", new BigDecimal(rate.percent()), "inclusive", rate.inclusive(),
                "jurisdiction", null, "percentage", new BigDecimal(rate.percent()), "livemode", false);
    }

    private static Map<String, Object> inside(String url, List<Map<String, Object>> all) {
        return Json.object("object", "list", "url", url, "has_more", all.size() > LINES_INSIDE, "total_count",
                (long) all.size(), "data", all.subList(0, Math.min(LINES_INSIDE, all.size())));
    }

    private static Long seconds(Optional<Instant> at) {
        return at.map(Instant::getEpochSecond).orElse(null);
    }

    private Map<String, Object> changed(String prefix, Map<String, Object> json) {
        invoice.changed.forEach((path, value) -> {
            if (path.startsWith(prefix)) {
                change(json, path.substring(prefix.length()), value);
            }
        });
        return json;
    }

    private static void change(Map<String, Object> json, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            json.put(path, value);
            return;
        }
        var within = new LinkedHashMap<String, Object>();
        if (json.get(path.substring(0, dot)) instanceof Map<?, ?> present) {
            present.forEach((name, old) -> within.put(String.valueOf(name), old));
        }
        change(within, path.substring(dot + 1), value);
        json.put(path.substring(0, dot), within);
    }
}
