package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.tax.TaxTarget;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The customers of services, by their external ids. */
final class CustomerStore {

    private final Billing billing;
    private final Directory directory;
    private final TaxCodes taxes;

    CustomerStore(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.taxes = new TaxCodes(billing);
    }

    /** A customer, and what the service calls it. */
    record Known(Entry entry, Customer customer) {

        ServiceCustomer holder() {
            return new ServiceCustomer(entry.service(), customer.id());
        }

        TaxTarget target() {
            return TaxTarget.customer(entry.service(), customer.id());
        }
    }

    Optional<Known> find(ServiceId service, String externalId) {
        return directory.find(service, Kind.CUSTOMER, externalId).map(this::known);
    }

    Known one(Call call, String externalId) {
        return find(call.serviceId(), externalId).orElseThrow(() -> ApiError.notFound("customer"));
    }

    /**
     * Whose things a list is of.
     *
     * @param customer empty if it is of everybody
     * @param isNobody whether somebody is named who is not there: such a list is empty
     */
    record Asked(Optional<CustomerId> customer, boolean isNobody) { }

    /** By the path, which leads nowhere if nobody is there, or by a parameter. */
    Asked asked(Call call) {
        Optional<String> path = Optional.ofNullable(call.path("external_id"));
        if (path.isPresent()) {
            return new Asked(Optional.of(one(call, path.get()).customer().id()), false);
        }
        Optional<String> named = call.query("external_customer_id");
        Optional<CustomerId> customer = named.flatMap(id -> find(call.serviceId(), id)).map(known -> known.customer().id());
        return new Asked(customer, named.isPresent() && customer.isEmpty());
    }

    private Known known(Entry entry) {
        return new Known(entry, billing.ports().customers().find(id(entry)).orElseThrow());
    }

    static CustomerId id(Entry entry) {
        return new CustomerId(UUID.fromString(entry.subject()));
    }

    /** As invoices show them: by id, under the name that the service gave last. */
    Map<CustomerId, Known> byId(ServiceId service, Collection<CustomerId> ids) {
        Map<CustomerId, Customer> customers = billing.ports().customers().findAll(ids);
        Map<String, Entry> entries = directory.findSubjects(service, Kind.CUSTOMER,
                ids.stream().map(CustomerId::toString).distinct().toList());
        Map<CustomerId, Known> known = new HashMap<>();
        customers.forEach((id, customer) -> known.put(id, new Known(Optional.ofNullable(entries.get(id.toString()))
                .orElseGet(() -> unnamed(service, customer)), customer)));
        return known;
    }

    /** A customer whom the service knows by a link, and has written nothing of over the API. */
    private Entry unnamed(ServiceId service, Customer customer) {
        return Entry.of(Uuids.of(customer.id().value(), "customer of " + service), service, Kind.CUSTOMER,
                customer.id().toString(), customer.id().toString(), billing.clock().instant(),
                Map.of("name", customer.name()));
    }

    /** Creates or changes. What decides invoices is written through to the customer, whom other services may share. */
    Known save(Call call, String externalId, Fields fields) {
        Optional<Entry> before = directory.find(call.serviceId(), Kind.CUSTOMER, externalId);
        Map<String, String> attributes = new TreeMap<>(before.map(Entry::attributes).orElse(Map.of()));
        CustomerJson.read(fields, attributes);
        fields.check();
        Customer customer = before.map(entry -> billing.ports().customers().find(id(entry)).orElseThrow())
                .orElseGet(() -> resolve(call.serviceId(), externalId, attributes));
        Customer written = CustomerJson.apply(customer, fields, attributes);
        if (!written.equals(customer)) {
            billing.ports().customers().update(written);
        }
        Entry entry = before.map(known -> known.with(attributes, call.now())).orElseGet(() -> added(call, externalId,
                customer.id(), attributes));
        if (before.isPresent()) {
            directory.update(entry);
        }
        saveTerms(new ServiceCustomer(call.serviceId(), customer.id()), fields);
        var known = new Known(entry, written);
        taxes.put(known.target(), fields);
        return known;
    }

    private Customer resolve(ServiceId service, String externalId, Map<String, String> written) {
        return billing.customers().resolve(service, new Account(externalId, Optional.ofNullable(written.get("name")),
                Optional.ofNullable(written.get("legal_name")), Optional.empty(),
                Optional.ofNullable(written.get("email"))));
    }

    private Entry added(Call call, String externalId, CustomerId id, Map<String, String> attributes) {
        return directory.add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.CUSTOMER, externalId,
                        id.toString(), call.now(), attributes))
                .orElseThrow(() -> ApiError.invalid("external_id", "value_already_exist"));
    }

    private void saveTerms(ServiceCustomer holder, Fields fields) {
        Optional<Fields> configuration = fields.object("billing_configuration");
        boolean grace = configuration.filter(object -> object.has("invoice_grace_period")).isPresent();
        if (!grace && !fields.has("net_payment_term")) {
            return;
        }
        BillingTerms.Terms before = terms(holder);
        Optional<Integer> days = grace ? configuration.flatMap(object -> object.integer("invoice_grace_period", 0, 365))
                .map(Long::intValue) : before.graceDays();
        Optional<Integer> net = fields.has("net_payment_term")
                ? fields.integer("net_payment_term", 0, 3650).map(Long::intValue) : before.netPaymentDays();
        fields.check();
        billing.ports().billingTerms().set(holder, new BillingTerms.Terms(days, net));
    }

    BillingTerms.Terms terms(ServiceCustomer holder) {
        return billing.ports().billingTerms().of(List.of(holder)).getOrDefault(holder, BillingTerms.Terms.OF_THE_HOUSE);
    }

    Json json(Known known) {
        return json(known, terms(known.holder())).with("taxes", taxes.shown(known.target()));
    }

    private static Json json(Known known, BillingTerms.Terms terms) {
        return CustomerJson.of(known.entry, known.customer, terms);
    }

    /** Of a list, looked up once for all. */
    Map<CustomerId, Json> all(Collection<Known> known) {
        Map<ServiceCustomer, BillingTerms.Terms> terms = billing.ports().billingTerms()
                .of(known.stream().map(Known::holder).toList());
        Map<TaxTarget, List<Json>> own = taxes.shown(known.stream().map(Known::target).toList());
        Map<CustomerId, Json> all = new HashMap<>();
        known.forEach(each -> all.put(each.customer.id(), json(each, terms.getOrDefault(each.holder(),
                BillingTerms.Terms.OF_THE_HOUSE)).with("taxes", own.getOrDefault(each.target(), List.of()))));
        return all;
    }
}
