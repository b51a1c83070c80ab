package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxTarget;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

final class MemoryServiceTaxes implements ServiceTaxes {

    private final Memory memory;
    private final Map<Key, ServiceTax> taxes = new HashMap<>();
    private final Map<TaxTarget, List<String>> put = new HashMap<>();

    private record Key(ServiceId service, String code) { }

    MemoryServiceTaxes(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(ServiceTax tax) {
        return memory.call(() -> {
            if (taxes.containsKey(key(tax))) {
                return false;
            }
            memory.put(taxes, key(tax), tax);
            return true;
        });
    }

    @Override
    public void update(ServiceTax tax) {
        memory.run(() -> {
            if (taxes.containsKey(key(tax))) {
                memory.put(taxes, key(tax), tax);
            }
        });
    }

    @Override
    public void remove(ServiceId service, String code) {
        memory.run(() -> {
            memory.remove(taxes, new Key(service, code));
            Map.copyOf(put).forEach((target, codes) -> {
                if (target.service().equals(service) && codes.contains(code)) {
                    replace(target, codes.stream().filter(other -> !other.equals(code)).toList());
                }
            });
        });
    }

    @Override
    public Map<ServiceId, List<ServiceTax>> of(Collection<ServiceId> services) {
        Set<ServiceId> wanted = new HashSet<>(services);
        return memory.call(() -> taxes.values().stream().filter(tax -> wanted.contains(tax.service()))
                .sorted(Comparator.comparing(ServiceTax::code)).collect(Collectors.groupingBy(ServiceTax::service)));
    }

    @Override
    public boolean put(TaxTarget target, List<String> codes) {
        return memory.call(() -> {
            if (!codes.stream().allMatch(code -> taxes.containsKey(new Key(target.service(), code)))) {
                return false;
            }
            replace(target, codes.stream().distinct().toList());
            return true;
        });
    }

    private void replace(TaxTarget target, List<String> codes) {
        if (codes.isEmpty()) {
            memory.remove(put, target);
        } else {
            memory.put(put, target, codes);
        }
    }

    @Override
    public Map<TaxTarget, List<String>> on(Collection<TaxTarget> targets) {
        return memory.call(() -> targets.stream().distinct().filter(put::containsKey)
                .collect(Collectors.toMap(Function.identity(), put::get)));
    }

    private static Key key(ServiceTax tax) {
        return new Key(tax.service(), tax.code());
    }
}
