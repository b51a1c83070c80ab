package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** {@code /fees}: single lines of invoices. */
final class FeeRoutes {

    private final Billing billing;
    private final FeeJson json;
    private final CustomerStore customers;

    FeeRoutes(Billing billing) {
        this.billing = billing;
        this.json = new FeeJson(billing);
        this.customers = new CustomerStore(billing);
    }

    List<Route> routes() {
        return List.of(Route.get("/fees/{id}", this::one));
    }

    private Answer one(Call call) {
        UUID fee = Uuids.parse(call.path("id")).orElseThrow(() -> ApiError.notFound("fee"));
        Invoice invoice = billing.ports().invoices().search(InvoiceSearch.of(call.serviceId())
                        .among(Set.copyOf(FeeJson.invoices(fee))), PageRequest.first(1)).items().stream().findFirst()
                .orElseThrow(() -> ApiError.notFound("fee"));
        int line = FeeJson.line(invoice, fee).orElseThrow(() -> ApiError.notFound("fee"));
        Known customer = customers.byId(call.serviceId(), List.of(invoice.customer())).get(invoice.customer());
        return Answer.ok(Json.object("fee", json.of(call.service(), invoice, line, customer,
                PaymentState.of(billing.ports().payments(), List.of(invoice)).get(invoice))));
    }
}
