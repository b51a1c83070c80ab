package com.nexasystems.billing.simulator.lago;

import com.nexasystems.billing.simulator.lago.Server.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What is asked where. */
final class Routes {

    private static final String ROOT = "/api/v1/";
    private static final String STATUS = "status";
    private static final Set<String> VISIBLE = Set.of("draft", "finalized", "voided", "failed", "pending");
    private static final Set<String> LEFT_OUT_IN_LISTS = Set.of("fees", "credits");

    private Routes() {
    }

    static Reply answer(Books books, String path, Map<String, String> query) {
        return switch (path) {
            case ROOT + "invoices" -> page("invoices", books.invoices().stream().filter(Routes::isVisible)
                    .filter(inState(query)).filter(since(query)).map(Routes::shortened).toList(), query);
            case ROOT + "payments" -> page("payments", books.payments().stream().filter(payment ->
                    !query.containsKey("invoice_id")
                            || ((List<?>) payment.get("invoice_ids")).contains(query.get("invoice_id"))).toList(), query);
            case ROOT + "credit_notes" -> page("credit_notes", books.notes().stream()
                    .filter(note -> isAskedFor(books, note, query)).toList(), query);
            default -> path.startsWith(ROOT + "invoices/")
                    ? invoice(books.invoice(path.substring((ROOT + "invoices/").length())))
                    : Reply.error(404, "Not Found", "resource_not_found");
        };
    }

    private static Reply invoice(Map<String, Object> invoice) {
        return invoice == null || !isVisible(invoice) ? Reply.error(404, "Not Found", "invoice_not_found")
                : new Reply(200, Json.text(Json.object("invoice", invoice)));
    }

    private static boolean isVisible(Map<String, Object> invoice) {
        return VISIBLE.contains(Books.text(invoice, STATUS));
    }

    private static Predicate<Map<String, Object>> since(Map<String, String> query) {
        String since = query.getOrDefault("issuing_date_from", "");
        return invoice -> Books.text(invoice, "issuing_date").compareTo(since) >= 0;
    }

    private static Predicate<Map<String, Object>> inState(Map<String, String> query) {
        return invoice -> !query.containsKey("status[]")
                || List.of(query.get("status[]").split(",")).contains(Books.text(invoice, STATUS));
    }

    private static boolean isAskedFor(Books books, Map<String, Object> note, Map<String, String> query) {
        Object customer = books.invoice(Books.text(note, "lago_invoice_id")).get("customer");
        return (!query.containsKey("external_customer_id")
                || query.get("external_customer_id").equals(((Map<?, ?>) customer).get("external_id")))
                && (!query.containsKey("invoice_number")
                || query.get("invoice_number").equals(note.get("invoice_number")));
    }

    private static Map<String, Object> shortened(Map<String, Object> invoice) {
        var shortened = new LinkedHashMap<>(invoice);
        shortened.keySet().removeAll(LEFT_OUT_IN_LISTS);
        return shortened;
    }

    static Map<String, Object> withoutNulls(Map<String, Object> invoice) {
        var there = new LinkedHashMap<>(invoice);
        there.values().removeIf(value -> value == null);
        return there;
    }

    private static Reply page(String name, List<Map<String, Object>> all, Map<String, String> query) {
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        int size = Integer.parseInt(query.getOrDefault("per_page", "100"));
        int pages = (all.size() + size - 1) / size;
        List<Map<String, Object>> shown = all.stream().skip((page - 1L) * size).limit(size).toList();
        Map<String, Object> meta = Json.object("current_page", all.isEmpty() ? 0 : page, "next_page",
                page < pages ? page + 1 : null, "prev_page", page > 1 ? page - 1 : null, "total_pages", pages,
                "total_count", all.size());
        return new Reply(200, Json.text(Json.object(name, shown, "meta", meta)));
    }
}
