package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.AccountLink;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

final class MemoryCustomers implements Customers {

    private final Memory memory;
    private final Map<CustomerId, Customer> byId = new LinkedHashMap<>();
    private final Map<String, CustomerId> byEmail = new HashMap<>();
    private final Map<ExternalId, AccountLink> links = new HashMap<>();

    private record ExternalId(ServiceId service, String id) { }

    MemoryCustomers(Memory memory) {
        this.memory = memory;
    }

    @Override
    public List<Customer> link(ServiceId service, List<Candidate> candidates) {
        return memory.call(() -> candidates.stream().map(candidate -> link(service, candidate)).toList());
    }

    private Customer link(ServiceId service, Candidate candidate) {
        var externalId = new ExternalId(service, candidate.externalId());
        AccountLink link = links.get(externalId);
        if (link != null) {
            return byId.get(link.customer());
        }
        Customer customer = candidate.customer().email().map(byEmail::get).map(byId::get)
                .orElseGet(() -> added(candidate.customer()));
        memory.put(links, externalId, new AccountLink(service, candidate.externalId(), customer.id()));
        return customer;
    }

    private Customer added(Customer customer) {
        memory.put(byId, customer.id(), customer);
        customer.email().ifPresent(email -> memory.put(byEmail, email, customer.id()));
        return customer;
    }

    @Override
    public void update(Customer customer) {
        memory.run(() -> {
            Customer before = byId.get(customer.id());
            before.email().filter(email -> customer.id().equals(byEmail.get(email)))
                    .ifPresent(email -> memory.remove(byEmail, email));
            added(customer);
        });
    }

    @Override
    public Optional<Customer> find(CustomerId id) {
        return memory.call(() -> Optional.ofNullable(byId.get(id)));
    }

    @Override
    public Map<CustomerId, Customer> findAll(Collection<CustomerId> ids) {
        return memory.call(() -> new HashSet<>(ids).stream().filter(byId::containsKey)
                .collect(Collectors.toMap(Function.identity(), byId::get)));
    }

    @Override
    public Map<String, Customer> findLinked(ServiceId service, Collection<String> externalIds) {
        return memory.call(() -> new HashSet<>(externalIds).stream()
                .filter(id -> links.containsKey(new ExternalId(service, id))).collect(Collectors.toMap(Function.identity(),
                        id -> byId.get(links.get(new ExternalId(service, id)).customer()))));
    }

    @Override
    public Optional<Customer> findLinked(ServiceId service, String externalId) {
        return memory.call(() -> Optional.ofNullable(links.get(new ExternalId(service, externalId)))
                .map(link -> byId.get(link.customer())));
    }

    void unlink(ServiceId service, String externalId) {
        memory.remove(links, new ExternalId(service, externalId));
    }

    boolean isLinked(CustomerId customer) {
        return links.values().stream().anyMatch(link -> link.customer().equals(customer));
    }

    void remove(CustomerId id) {
        byId.get(id).email().filter(email -> id.equals(byEmail.get(email))).ifPresent(email -> memory.remove(byEmail, email));
        memory.remove(byId, id);
    }
}
