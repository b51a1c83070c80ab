package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.BillingTerms;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

final class MemoryBillingTerms implements BillingTerms {

    private final Memory memory;
    private final Map<ServiceCustomer, Terms> terms = new HashMap<>();

    MemoryBillingTerms(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void set(ServiceCustomer holder, Terms chosen) {
        memory.run(() -> memory.put(terms, holder, chosen));
    }

    @Override
    public Map<ServiceCustomer, Terms> of(Collection<ServiceCustomer> holders) {
        return memory.call(() -> holders.stream().distinct().filter(terms::containsKey)
                .collect(Collectors.toMap(Function.identity(), terms::get)));
    }

    @Override
    public Optional<Integer> shortestGrace() {
        return memory.call(() -> terms.values().stream().flatMap(each -> each.graceDays().stream())
                .min(Integer::compareTo));
    }
}
