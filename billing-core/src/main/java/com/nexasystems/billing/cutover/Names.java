package com.nexasystems.billing.cutover;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a service calls the things that are billed for it from a cut-over on: customers by the application's ids, plans and
 * metrics by their codes without the service's. A name that the service has given is left as it is.
 */
final class Names {

    private final Services services;
    private final Plans plans;
    private final Directory directory;
    private final Ids ids;

    Names(Services services, Plans plans, Directory directory, Ids ids) {
        this.services = services;
        this.plans = plans;
        this.directory = directory;
        this.ids = ids;
    }

    /** @param customers by the application's id */
    void give(ServiceId service, Collection<Plan> live, Map<String, Customer> customers, Instant at) {
        Service owner = services.find(service).orElseThrow();
        live.forEach(plan -> add(service, Kind.PLAN, own(owner, plan.code().value()), plan.code().value(),
                Map.of("name", plan.name()), at));
        metrics(live).forEach(code -> add(service, Kind.METRIC, own(owner, code), code, Map.of("name", own(owner, code)), at));
        Map<String, Entry> known = directory.findAll(service, Kind.CUSTOMER, customers.keySet());
        customers.forEach((user, customer) -> {
            if (!known.containsKey(user)) {
                CustomerId id = customer.id();
                add(service, Kind.CUSTOMER, user, id.toString(), Map.of("name", customer.name()), at);
            }
        });
    }

    /** Those that were given at that instant. */
    void takeBack(ServiceId service, Collection<Plan> live, Collection<String> users, Instant given, Instant now) {
        Service owner = services.find(service).orElseThrow();
        live.forEach(plan -> remove(service, Kind.PLAN, own(owner, plan.code().value()), given, now));
        metrics(live).forEach(code -> remove(service, Kind.METRIC, own(owner, code), given, now));
        directory.findAll(service, Kind.CUSTOMER, users).values().stream().filter(entry -> entry.createdAt().equals(given))
                .forEach(entry -> directory.remove(service, Kind.CUSTOMER, entry.code(), now));
    }

    private static Stream<String> metrics(Collection<Plan> live) {
        return live.stream().flatMap(plan -> plan.latest().charges().stream()).map(Charge::metric)
                .map(code -> code.value()).distinct();
    }

    private static String own(Service owner, String code) {
        String prefix = owner.code() + ":";
        return code.startsWith(prefix) ? code.substring(prefix.length()) : code;
    }

    private void add(ServiceId service, Kind kind, String code, String subject, Map<String, String> attributes, Instant at) {
        directory.add(Entry.of(ids.next(), service, kind, code, subject, at, attributes));
    }

    private void remove(ServiceId service, Kind kind, String code, Instant given, Instant now) {
        directory.find(service, kind, code).filter(entry -> entry.createdAt().equals(given))
                .ifPresent(entry -> directory.remove(service, kind, code, now));
    }

    Plan plan(PlanCode code) {
        return plans.find(code).orElseThrow();
    }
}
