package com.nexasystems.billing.jpa;

import com.nexasystems.billing.invoicing.Invoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which invoices, from where, in which order, and at most how many. */
final class InvoiceFilter {

    private static final String PLACE = "(i.due, i.subject_id, i.kind_rank)";
    private static final String AFTER = PLACE + " > (:afterDue, :afterSubscription, :afterKind)";

    private final List<String> conditions = new ArrayList<>(List.of("true"));
    private final Map<String, Object> parameters = new HashMap<>();
    private String order;

    InvoiceFilter(int limit) {
        parameters.put("most", limit);
    }

    void and(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
    }

    void byDueDate(Optional<Invoice> after) {
        order = "i.due, i.subject_id, i.kind_rank";
        after.ifPresent(last -> after(AFTER, last));
    }

    void largestFirst(Optional<Invoice> after) {
        order = "i.total DESC, i.due, i.subject_id, i.kind_rank";
        after.ifPresent(last -> {
            after("(i.total < :afterTotal OR i.total = :afterTotal AND " + AFTER + ")", last);
            parameters.put("afterTotal", last.total().amount());
        });
    }

    private void after(String condition, Invoice last) {
        and(condition, "afterDue", last.due());
        parameters.put("afterSubscription", last.reason().subject());
        parameters.put("afterKind", last.reason().kind().ordinal());
    }

    String sql() {
        return "WHERE " + String.join(" AND ", conditions) + " ORDER BY " + order + " LIMIT :most";
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
