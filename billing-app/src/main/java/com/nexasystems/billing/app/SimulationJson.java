package com.nexasystems.billing.app;

import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.SimulatedCustomer;
import com.nexasystems.billing.rating.SimulationReport;
import com.nexasystems.billing.rating.SimulationReport.Group;
import java.util.List;
import java.util.Map;

/** A simulation as JSON; every decimal is a text. */
final class SimulationJson {

    private SimulationJson() {
    }

    static Map<String, Object> of(SimulationReport report, Ranking ranking, DayRange days) {
        Map<String, Object> json = Json.object("plan_code", report.plan().value(), "from", days.first().toString(),
                "to", days.last().toString(), "currency", report.prices().total().before().currency().getCurrencyCode(),
                "customers", report.customers(), "subscriptions", report.subscriptions(), "periods", report.periods(),
                "cut_periods", report.cutPeriods());
        json.putAll(change(report.prices().total()));
        json.put("parts", report.prices().parts().entrySet().stream().map(part -> {
            Map<String, Object> one = Json.object("kind", part.getKey().isPresent() ? "charge" : "flat",
                    "charge_code", part.getKey().orElse(null));
            one.putAll(change(part.getValue()));
            return one;
        }).toList());
        json.put("pays_less", group(report.paysLess()));
        json.put("pays_more", group(report.paysMore()));
        json.put("pays_the_same", group(report.paysTheSame()));
        json.put("winners", customers(ranking.winners()));
        json.put("losers", customers(ranking.losers()));
        return json;
    }

    private static Map<String, Object> change(PriceChange change) {
        return Json.object("before", InvoiceJson.amount(change.before()), "after", InvoiceJson.amount(change.after()),
                "difference", InvoiceJson.amount(change.difference()),
                "exact_before", InvoiceJson.plain(change.exactBefore().value()),
                "exact_after", InvoiceJson.plain(change.exactAfter().value()),
                "exact_difference", InvoiceJson.plain(change.exactDifference().value()));
    }

    private static Map<String, Object> group(Group group) {
        return Json.object("customers", group.customers(), "difference", InvoiceJson.amount(group.difference()));
    }

    private static List<Map<String, Object>> customers(List<SimulatedCustomer> customers) {
        return customers.stream().map(customer -> {
            Map<String, Object> one = Json.object("customer_id", customer.customer().id().toString(),
                    "customer", customer.customer().name(), "subscriptions", customer.subscriptions(),
                    "periods", customer.periods());
            one.putAll(change(customer.prices().total()));
            return one;
        }).toList();
    }
}
