package com.nexasystems.billing.jpa;

import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** An {@link InvoiceSearch} as conditions on {@code invoice i}. */
final class InvoiceConditions {

    private static final String IS_SETTLED = "(i.status = 'paid' OR i.status = 'finalised' AND i.payable <= i.paid)";

    private static final String IS_OVERDUE = """
            (i.status = 'finalised' AND i.issue_date + coalesce((SELECT t.net_payment_days FROM billing_terms t
             WHERE t.service_id = i.service_id AND t.customer_id = i.customer_id), 0) < :overdueOn AND NOT\s"""
            + IS_SETTLED + ")";

    private static final String HAS_FAILED = """
            (i.status = 'uncollectible' OR i.status = 'finalised' AND EXISTS (SELECT 1 FROM collection c
             WHERE c.invoice_id = i.id AND c.state = 'failed'))""";

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    InvoiceConditions(InvoiceSearch search) {
        and("i.service_id = :service", "service", search.service().value());
        search.customer().ifPresent(customer -> and("i.customer_id = :customer", "customer", customer.value()));
        and("i.status = ANY (:statuses)", "statuses",
                search.statuses().stream().map(InvoiceStatus::code).toArray(String[]::new));
        if (search.kinds().size() < InvoiceReason.Kind.values().length) {
            and("i.kind = ANY (:kinds)", "kinds",
                    search.kinds().stream().map(InvoiceReason.Kind::code).toArray(String[]::new));
        }
        search.settled().ifPresent(is -> conditions.add(is ? IS_SETTLED : "NOT " + IS_SETTLED));
        search.failed().ifPresent(is -> conditions.add(is ? HAS_FAILED : "NOT " + HAS_FAILED));
        search.overdue().ifPresent(overdue -> and(overdue.is() ? IS_OVERDUE : "NOT " + IS_OVERDUE, "overdueOn",
                overdue.on()));
        search.issuedFrom().ifPresent(day -> and("i.issue_date >= :issuedFrom", "issuedFrom", day));
        search.issuedUntil().ifPresent(day -> and("i.issue_date <= :issuedUntil", "issuedUntil", day));
        search.least().ifPresent(least -> and("i.total >= :least", "least", least));
        search.most().ifPresent(most -> and("i.total <= :mostTotal", "mostTotal", most));
        search.currency().ifPresent(currency -> and("i.currency = :currency", "currency", currency.getCurrencyCode()));
        search.text().ifPresent(text -> and("(strpos(lower(i.customer_name), :text) > 0"
                + " OR strpos(lower(i.number), :text) > 0)", "text", text.toLowerCase(Locale.ROOT)));
        search.ids().ifPresent(ids -> and("i.id = ANY (:among)", "among",
                ids.stream().map(InvoiceId::value).toArray(UUID[]::new)));
    }

    private void and(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
    }

    String sql() {
        return "WHERE " + String.join(" AND ", conditions);
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
