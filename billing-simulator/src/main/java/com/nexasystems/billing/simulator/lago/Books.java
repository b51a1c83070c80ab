package com.nexasystems.billing.simulator.lago;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Invoices, payments and credit notes as Lago writes them. Under the lock of whoever owns it. */
final class Books {

    private static final String SUCCEEDED = "succeeded";
    private static final String PENDING = "pending";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<String, Map<String, Object>> invoices = new LinkedHashMap<>();
    private final Map<String, NewInvoice> orders = new LinkedHashMap<>();
    private final List<Map<String, Object>> payments = new ArrayList<>();
    private final List<Map<String, Object>> notes = new ArrayList<>();
    private long made;

    Map<String, Object> invoice(String id) {
        return invoices.get(id);
    }

    /** Newest first. */
    List<Map<String, Object>> invoices() {
        var newest = new ArrayList<>(invoices.values());
        Collections.reverse(newest);
        newest.sort(Comparator.comparing((Map<String, Object> invoice) -> text(invoice, "issuing_date")).reversed());
        return newest;
    }

    List<Map<String, Object>> payments() {
        return payments;
    }

    List<Map<String, Object>> notes() {
        return notes;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> owner, String name) {
        return (List<Map<String, Object>>) owner.get(name);
    }

    static String text(Map<String, Object> owner, String name) {
        return String.valueOf(owner.get(name));
    }

    static long number(Map<String, Object> owner, String name) {
        return ((Number) owner.get(name)).longValue();
    }

    private String id(String kind) {
        made++;
        return String.format("%s-0000-4000-8000-%012x", kind, made);
    }

    String issue(NewInvoice order) {
        String id = id("1a900000");
        var figures = new Figures(order);
        long gross = figures.subTotal() + figures.taxes();
        long total = gross - order.creditNotes - order.prepaid;
        boolean draft = "draft".equals(order.status);
        String made = order.issued.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).toString();
        Map<String, Object> invoice = Json.object("lago_id", id, "sequential_id", invoices.size() + 1, "number",
                draft ? "" : String.format("LAG-1234-%03d-%03d", 1, invoices.size() + 1), "issuing_date",
                order.issued.toString(), "payment_due_date", order.issued.plusDays(30).toString(), "net_payment_term", 30,
                "invoice_type", order.type, "status", order.status, "payment_status", PENDING, "payment_dispute_lost_at",
                null, "payment_overdue", false, "currency", order.currency, "fees_amount_cents", figures.fees(),
                "taxes_amount_cents", figures.taxes(), "progressive_billing_credit_amount_cents", order.progressive,
                "coupons_amount_cents", order.coupons, "credit_notes_amount_cents", order.creditNotes,
                "sub_total_excluding_taxes_amount_cents", figures.subTotal(), "sub_total_including_taxes_amount_cents",
                gross, "total_amount_cents", total, "total_due_amount_cents", total, "total_paid_amount_cents", 0L,
                "total_offsetted_credit_note_amount_cents", 0L, "prepaid_credit_amount_cents", order.prepaid,
                "prepaid_granted_credit_amount_cents", null, "prepaid_purchased_credit_amount_cents", null,
                "version_number", 4, "self_billed", false, "created_at", made, "updated_at", made, "voided_at", null,
                "customer", customer(order), "fees", fees(order, figures, id), "applied_taxes", taxes(order, figures, id),
                "metadata", List.of(), "credits", List.of());
        invoices.put(id, invoice);
        orders.put(id, order);
        settle(invoice);
        return id;
    }

    private static Map<String, Object> customer(NewInvoice order) {
        return Json.object("lago_id", String.format("c0000000-0000-4000-8000-%012x",
                        Integer.toUnsignedLong(order.customer.hashCode())), "external_id", order.customer, "name",
                "The " + order.customer, "legal_name", order.customer + " Ltd.", "country", order.country, "state",
                order.region, "currency", order.currency);
    }

    private List<Map<String, Object>> fees(NewInvoice order, Figures figures, String invoice) {
        var fees = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < order.fees.size(); i++) {
            NewInvoice.Fee fee = order.fees.get(i);
            long taxes = Figures.rounded(figures.taxes(i));
            fees.add(Json.object("lago_id", id("fee00000"), "lago_invoice_id", invoice, "item",
                    Json.object("type", fee.type(), "code", fee.code(), "name", fee.name(), "description", null,
                            "invoice_display_name", fee.name()),
                    "amount_cents", fee.amount(), "amount_currency", order.currency, "taxes_amount_cents", taxes,
                    "total_amount_cents", fee.amount() + taxes, "units", "1.0", "description", null,
                    "precise_coupons_amount_cents", figures.off(i).toPlainString(),
                    "sub_total_excluding_taxes_amount_cents", Figures.rounded(figures.net(i)), "payment_status", PENDING,
                    "created_at", order.issued + "T12:00:00Z", "succeeded_at", null, "failed_at", null, "refunded_at",
                    null));
        }
        return fees;
    }

    private List<Map<String, Object>> taxes(NewInvoice order, Figures figures, String invoice) {
        var taxes = new ArrayList<Map<String, Object>>();
        order.taxes.entrySet().stream()
                .filter(tax -> order.fees.stream().anyMatch(fee -> fee.taxes().contains(tax.getKey())))
                .forEach(tax -> taxes.add(Json.object("lago_id", id("7a900000"), "lago_invoice_id", invoice, "tax_name",
                        tax.getKey(), "tax_code", tax.getKey(), "tax_rate", tax.getValue(), "amount_cents",
                        Figures.rounded(figures.tax(tax)), "amount_currency", order.currency, "fees_amount_cents",
                        Figures.rounded(figures.base(tax.getKey())))));
        return taxes;
    }

    /** @param paid the invoices that it is for, in full if there are several */
    String pay(List<String> paid, long amount, Instant at, boolean byHand) {
        String id = id("9a900000");
        payments.add(0, Json.object("lago_id", id, "invoice_ids", paid, "lago_payable_id", paid.get(0), "payable_type",
                paid.size() > 1 ? "PaymentRequest" : "Invoice", "amount_cents", amount, "amount_currency",
                invoice(paid.get(0)).get("currency"), "status", SUCCEEDED, "payment_status", SUCCEEDED, "type",
                byHand ? "manual" : "provider", "reference", byHand ? "wire" : null, "created_at", at.toString()));
        paid.forEach(invoice -> {
            long part = paid.size() > 1 ? number(invoice(invoice), "total_due_amount_cents") : amount;
            invoice(invoice).merge("total_paid_amount_cents", part, (before, more) -> (Long) before + (Long) more);
            settle(invoice(invoice));
        });
        return id;
    }

    private static void settle(Map<String, Object> invoice) {
        long due = number(invoice, "total_amount_cents") - number(invoice, "total_paid_amount_cents")
                - number(invoice, "total_offsetted_credit_note_amount_cents");
        invoice.put("total_due_amount_cents", due);
        invoice.put("payment_status", due == 0 && "finalized".equals(invoice.get("status")) ? SUCCEEDED : PENDING);
    }

    /** What a fee's place in the invoice says is given back, before coupons; the rest of the total is credited. */
    String credit(String id, LocalDate issued, Map<Integer, Long> items, long mostRefund, long mostOffset) {
        NewInvoice order = orders.get(id);
        var figures = new Figures(order);
        BigDecimal net = items.keySet().stream().map(i -> share(figures, order, i, items.get(i)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        long before = items.values().stream().mapToLong(Long::longValue).sum();
        List<Map<String, Object>> taxes = taxes(order, figures, items);
        long tax = taxes.stream().mapToLong(each -> number(each, "amount_cents")).sum();
        long total = Figures.rounded(net) + tax;
        long refund = Math.min(mostRefund, total);
        long offset = Math.min(mostOffset, total - refund);
        Map<String, Object> invoice = invoice(id);
        Map<String, Object> note = Json.object("lago_id", id("c4000000"), "number", text(invoice, "number") + "-CN00"
                        + (notes.size() + 1), "lago_invoice_id", id, "invoice_number", invoice.get("number"), "issuing_date",
                issued.toString(), "credit_status", total - refund - offset > 0 ? "available" : null, "refund_status",
                refund > 0 ? PENDING : null, "reason", "other", "currency", order.currency, "total_amount_cents", total,
                "taxes_amount_cents", tax, "sub_total_excluding_taxes_amount_cents", total - tax, "balance_amount_cents",
                total - refund - offset, "credit_amount_cents", total - refund - offset, "refund_amount_cents", refund,
                "offset_amount_cents", offset, "coupons_adjustment_amount_cents",
                Figures.rounded(BigDecimal.valueOf(before).subtract(net)), "created_at", issued + "T12:00:00Z", "updated_at",
                issued + "T12:00:00Z", "self_billed", false, "items", items(invoice, items), "applied_taxes", taxes);
        notes.add(0, note);
        invoice.merge("total_offsetted_credit_note_amount_cents", offset, (all, more) -> (Long) all + (Long) more);
        settle(invoice);
        return text(note, "lago_id");
    }

    private static BigDecimal share(Figures figures, NewInvoice order, int fee, long amount) {
        long whole = order.fees.get(fee).amount();
        return whole == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(amount).multiply(figures.net(fee))
                .divide(BigDecimal.valueOf(whole), 20, RoundingMode.HALF_UP);
    }

    private List<Map<String, Object>> taxes(NewInvoice order, Figures figures, Map<Integer, Long> items) {
        var taxes = new ArrayList<Map<String, Object>>();
        order.taxes.forEach((code, rate) -> {
            List<Integer> on = items.keySet().stream().filter(i -> order.fees.get(i).taxes().contains(code)).toList();
            BigDecimal base = on.stream().map(i -> share(figures, order, i, items.get(i)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (!on.isEmpty()) {
                taxes.add(Json.object("lago_id", id("7b900000"), "tax_name", code, "tax_code", code, "tax_rate", rate,
                        "amount_cents", Figures.rounded(base.multiply(rate).divide(HUNDRED)), "amount_currency",
                        order.currency, "base_amount_cents", Figures.rounded(base)));
            }
        });
        return taxes;
    }

    private List<Map<String, Object>> items(Map<String, Object> invoice, Map<Integer, Long> items) {
        var all = new ArrayList<Map<String, Object>>();
        items.forEach((fee, amount) -> all.add(Json.object("lago_id", id("17e00000"), "amount_cents", amount,
                "amount_currency", invoice.get("currency"), "fee", list(invoice, "fees").get(fee))));
        return all;
    }
}
