package com.nexasystems.billing.simulator.stripe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The invoices that were put there, and what they answer. Written as JSON only when asked for: there may be many. */
final class Invoices {

    private static final String RATES = "total_taxes.tax_rate_details.tax_rate";
    private static final int DEEPEST = 4;
    private static final Set<String> OF_INVOICES = Set.of(RATES, "payments");
    private static final Set<String> OF_NOTES = Set.of(RATES, "customer_balance_transaction");
    private static final Set<String> OF_LINES = Set.of("taxes.tax_rate_details.tax_rate");

    private final Map<String, StripeInvoice> invoices = new HashMap<>();
    /** In the order of their making. */
    private final TreeMap<Place, StripeInvoice> inOrder = new TreeMap<>();
    private final Map<String, Set<String>> byPayment = new HashMap<>();
    private final Map<String, String> byNote = new HashMap<>();

    private record Place(long created, String id) implements Comparable<Place> {

        static Place of(StripeInvoice invoice) {
            return new Place(InvoiceJson.created(invoice), invoice.id);
        }

        @Override
        public int compareTo(Place other) {
            return created == other.created ? id.compareTo(other.id) : Long.compare(created, other.created);
        }
    }

    void put(StripeInvoice told) {
        StripeInvoice invoice = told.copy();
        Optional.ofNullable(invoices.put(invoice.id, invoice)).ifPresent(before -> inOrder.remove(Place.of(before)));
        inOrder.put(Place.of(invoice), invoice);
        invoice.payments().forEach(payment -> byPayment.computeIfAbsent(payment.of(), of -> new LinkedHashSet<>())
                .add(invoice.id));
        for (int i = 0; i < invoice.creditNotes().size(); i++) {
            byNote.put(invoice.named("cn", i), invoice.id);
        }
    }

    Map<String, Object> json(String id) {
        return new InvoiceJson(get(id), true).invoice();
    }

    /** Empty if it is not about them. */
    Optional<Map<String, Object>> answer(Request request) {
        String[] path = request.path().replaceFirst("^/v1/", "").split("/");
        String id = path.length > 1 ? path[1] : "";
        boolean lines = path.length > 2 && "lines".equals(path[2]);
        if (!request.hasRight() || !"GET".equals(request.method())) {
            return Optional.empty();
        }
        return switch (path[0]) {
            case "invoices" -> Optional.of(ofInvoices(request, id, lines));
            case "invoice_payments" -> Optional.of(payments(request));
            case "credit_notes" -> Optional.of(lines ? noteLines(request, id) : notes(request));
            case "refunds" -> refunds(request);
            default -> Optional.empty();
        };
    }

    private Map<String, Object> ofInvoices(Request request, String id, boolean lines) {
        if (id.isEmpty()) {
            return list(request);
        }
        StripeInvoice invoice = get(id);
        if (lines) {
            return Things.page(request, json(request, invoice, OF_LINES, "data.").lines());
        }
        InvoiceJson json = json(request, invoice, OF_INVOICES, "");
        Map<String, Object> answer = json.invoice();
        if (expanded(request).anyMatch("payments"::equals)) {
            answer.put("payments", Things.page(Request.of("GET", "/v1/invoice_payments", "", ""), json.payments()));
        }
        return answer;
    }

    private Map<String, Object> list(Request request) {
        request.allow("created", "limit", "starting_after", "expand");
        check(request, OF_INVOICES, "data.");
        var since = new Place(request.whole("created[gte]").orElse(Long.MIN_VALUE), "");
        NavigableMap<Place, StripeInvoice> older = request.param("starting_after").map(this::get)
                .map(cursor -> inOrder.headMap(Place.of(cursor), false)).orElse(inOrder);
        // One more than fit on the largest page: whether there are any is all that is asked of the rest.
        List<StripeInvoice> newest = older.descendingMap().entrySet().stream()
                .takeWhile(entry -> entry.getKey().compareTo(since) >= 0).map(Map.Entry::getValue)
                .limit(Things.LARGEST_PAGE + 1).toList();
        return Things.page(request.without("starting_after"), newest, invoice -> invoice.id,
                invoice -> new InvoiceJson(invoice, expandsRates(request)).invoice());
    }

    private Map<String, Object> payments(Request request) {
        request.allow("invoice", "payment", "status", "limit", "starting_after", "expand");
        Optional<String> of = request.param("payment[payment_intent]").or(() -> request.param("payment[payment_record]"));
        Stream<String> ids = of.map(payment -> byPayment.getOrDefault(payment, Set.of()).stream())
                .orElseGet(() -> Stream.of(request.mandatory("invoice")));
        return Things.page(request, ids.flatMap(id -> json(request, get(id), Set.of(), "data.").payments().stream())
                .filter(payment -> of.isEmpty() || Things.object(payment, "payment").containsValue(of.get())).toList());
    }

    private Map<String, Object> notes(Request request) {
        request.allow("invoice", "customer", "limit", "starting_after", "expand");
        List<Map<String, Object>> notes = new ArrayList<>(
                json(request, get(request.mandatory("invoice")), OF_NOTES, "data.").creditNotes());
        if (expanded(request).noneMatch("data.customer_balance_transaction"::equals)) {
            notes.forEach(note -> note.computeIfPresent("customer_balance_transaction",
                    (name, transaction) -> transaction instanceof Map<?, ?> full ? full.get("id") : transaction));
        }
        return Things.page(request, notes);
    }

    private Map<String, Object> noteLines(Request request, String id) {
        StripeInvoice invoice = Optional.ofNullable(byNote.get(id)).map(this::get)
                .orElseThrow(() -> Refused.missing(404, "credit_note", id, "id"));
        int number = Integer.parseInt(id.substring(id.lastIndexOf('_') + 1));
        return Things.page(request, json(request, invoice, OF_LINES, "data.").creditNoteLines(number));
    }

    /** Empty if it was no invoice that was paid. */
    private Optional<Map<String, Object>> refunds(Request request) {
        String of = request.param("payment_intent").orElse(request.text("charge"));
        return Optional.ofNullable(byPayment.get(of)).map(ids -> Things.page(request, ids.stream()
                .flatMap(id -> json(request, get(id), Set.of(), "data.").refunds(of).stream()).toList()));
    }

    private StripeInvoice get(String id) {
        return Optional.ofNullable(invoices.get(id)).orElseThrow(() -> Refused.missing(404, "invoice", id, "invoice"));
    }

    private static InvoiceJson json(Request request, StripeInvoice invoice, Set<String> expandable, String prefix) {
        check(request, expandable, prefix);
        return new InvoiceJson(invoice, expandsRates(request));
    }

    private static Stream<String> expanded(Request request) {
        return request.params().entrySet().stream().filter(entry -> entry.getKey().startsWith("expand["))
                .map(Map.Entry::getValue);
    }

    private static boolean expandsRates(Request request) {
        return expanded(request).anyMatch(path -> path.endsWith("tax_rate_details.tax_rate"));
    }

    private static void check(Request request, Set<String> expandable, String prefix) {
        expanded(request).forEach(path -> {
            if (path.split("\\.").length > DEEPEST) {
                throw Refused.parameter("expand", "You cannot expand more than 4 levels of a property. Property: " + path);
            }
            if (!path.startsWith(prefix) || !expandable.contains(path.substring(prefix.length()))) {
                throw Refused.parameter("expand", "This property cannot be expanded (" + path + ").");
            }
        });
    }
}
