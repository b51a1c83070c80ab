package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.SubscriptionState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /customers}. */
final class CustomerRoutes {

    private static final String ONE = "/customers/{external_id}";

    private final Billing billing;
    private final Directory directory;
    private final CustomerStore store;

    CustomerRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.store = new CustomerStore(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/customers", this::save), Route.get("/customers", this::list),
                Route.get(ONE, this::one), Route.delete(ONE, this::remove));
    }

    private Answer save(Call call) {
        Fields fields = call.body("customer");
        String externalId = fields.mandatory("external_id");
        fields.check();
        store.find(call.serviceId(), externalId).ifPresent(known -> call.before(store.json(known)));
        Known saved = store.save(call, externalId, fields);
        call.audit("customer.saved", "customer " + saved.customer().id());
        return Answer.ok(Json.object("customer", store.json(saved)));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Map<String, List<String>> wanted = new HashMap<>();
        call.nested("metadata").forEach((key, value) -> wanted.put(Metadata.attribute(key), List.of(value)));
        Map.of("currencies", "currency", "countries", "country", "states", "state", "zipcodes", "zipcode")
                .forEach((parameter, attribute) -> {
                    if (!call.queries(parameter).isEmpty()) {
                        wanted.put(attribute, call.queries(parameter));
                    }
                });
        Page<Entry> page = directory.list(call.serviceId(), Kind.CUSTOMER,
                new EntryQuery(call.query("search_term"), wanted), request);
        Map<CustomerId, Known> known = store.byId(call.serviceId(),
                page.items().stream().map(CustomerStore::id).toList());
        Map<CustomerId, Json> shown = store.all(page.items().stream()
                .map(entry -> new Known(entry, known.get(CustomerStore.id(entry)).customer())).toList());
        return Answer.ok(Pages.of("customers", page, request, entry -> shown.get(CustomerStore.id(entry))));
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object("customer", store.json(store.one(call, call.path("external_id")))));
    }

    /** Ends what runs of the customer, unless the service knows the same customer by another id; what was billed stays. */
    private Answer remove(Call call) {
        Known known = store.one(call, call.path("external_id"));
        directory.remove(call.serviceId(), Kind.CUSTOMER, known.entry().code(), call.now());
        if (!isKnownOtherwise(known.entry())) {
            endAll(call, known);
        }
        call.audit("customer.removed", "customer " + known.customer().id());
        return Answer.ok(Json.object("customer", store.json(known)));
    }

    private boolean isKnownOtherwise(Entry removed) {
        return directory.findSubject(removed.service(), Kind.CUSTOMER, removed.subject())
                .filter(entry -> !entry.id().equals(removed.id()))
                .flatMap(entry -> directory.find(removed.service(), Kind.CUSTOMER, entry.id())).isPresent();
    }

    private void endAll(Call call, Known known) {
        var open = SubscriptionSearch.of(call.serviceId()).of(known.customer().id())
                .in(EnumSet.complementOf(EnumSet.of(SubscriptionState.TERMINATED)));
        Page<Subscription> page;
        do {
            page = billing.ports().subscriptions().search(open, PageRequest.first(PageRequest.LARGEST));
            page.items().forEach(each -> billing.terminations().terminate(call.serviceId(), each.id().toString()));
            billing.billNow().bill(page.items().stream().map(Subscription::id).toList());
        } while (page.total() > page.items().size());
    }
}
