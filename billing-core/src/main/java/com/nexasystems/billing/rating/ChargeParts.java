package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.usage.UsageSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the usage of a charge falls apart into parts that are priced by themselves. */
final class ChargeParts {

    private static final Comparator<List<String>> IN_ORDER = (left, right) -> {
        int order = 0;
        for (int i = 0; order == 0 && i < left.size(); i++) {
            order = left.get(i).compareTo(right.get(i));
        }
        return order;
    };

    private final Charge charge;
    private final Metric metric;
    private final List<String> properties;

    ChargeParts(Charge charge, Metric metric) {
        this.charge = charge;
        this.metric = metric;
        this.properties = Stream.concat(charge.terms().groupBy().stream(), charge.terms().filters().stream()
                .flatMap(filter -> Stream.concat(filter.values().keySet().stream(), filter.groupBy().stream())))
                .distinct().sorted().toList();
    }

    /**
     * A part, and what prices it.
     *
     * @param slice which usage it is; empty for all
     */
    record Part(ChargePart name, Quota quota, ChargeModel model, Optional<UsageSlice> slice) { }

    /** The properties that decide in which part a record is. */
    List<String> properties() {
        return properties;
    }

    /**
     * The parts: of each filter in the plan's order, then of what matches none; of each, the groups in the order of their
     * values. Usage that is not grouped is a part also when there is none, and so is the rest of a charge without any.
     *
     * @param combinations the values of the {@link #properties} that there are
     */
    List<Part> of(List<List<String>> combinations) {
        if (charge.terms().isUndivided()) {
            return List.of(new Part(ChargePart.WHOLE, charge.quota(), charge.model(), Optional.empty()));
        }
        Map<Optional<ChargeFilter>, List<List<String>>> byFilter = combinations.stream()
                .collect(Collectors.groupingBy(this::filterOf));
        var parts = new ArrayList<Part>();
        for (ChargeFilter filter : charge.terms().filters()) {
            parts.addAll(groups(Optional.of(filter.name()), filter.groupBy(), filter.quota(), filter.model(),
                    byFilter.getOrDefault(Optional.of(filter), List.of())));
        }
        parts.addAll(groups(Optional.empty(), charge.terms().groupBy(), charge.quota(), charge.model(),
                byFilter.getOrDefault(Optional.<ChargeFilter>empty(), List.of())));
        return parts.isEmpty() ? List.of(part(ChargePart.WHOLE, charge.quota(), charge.model(), Set.of())) : parts;
    }

    private List<Part> groups(Optional<String> filter, List<String> groupBy, Quota quota, ChargeModel model,
                              List<List<String>> combinations) {
        if (groupBy.isEmpty()) {
            return List.of(part(new ChargePart(filter, Map.of()), quota, model, new HashSet<>(combinations)));
        }
        var groups = new TreeMap<List<String>, Set<List<String>>>(IN_ORDER);
        for (List<String> combination : combinations) {
            groups.computeIfAbsent(groupBy.stream().map(property -> value(combination, property)).toList(),
                    group -> new LinkedHashSet<>()).add(combination);
        }
        return groups.entrySet().stream()
                .map(group -> part(new ChargePart(filter, named(groupBy, group.getKey())), quota, model, group.getValue()))
                .toList();
    }

    private Part part(ChargePart name, Quota quota, ChargeModel model, Set<List<String>> values) {
        return new Part(name, quota, model, Optional.of(new UsageSlice(properties, values)));
    }

    private static Map<String, String> named(List<String> properties, List<String> values) {
        var named = new HashMap<String, String>();
        for (int i = 0; i < properties.size(); i++) {
            named.put(properties.get(i), values.get(i));
        }
        return named;
    }

    /** Of those that match: the one with the most properties; then the one that spells out more values; then the first. */
    private Optional<ChargeFilter> filterOf(List<String> combination) {
        Optional<ChargeFilter> best = Optional.empty();
        for (ChargeFilter filter : charge.terms().filters()) {
            if (matches(filter, combination) && best.map(before -> isMoreSpecific(filter, before)).orElse(true)) {
                best = Optional.of(filter);
            }
        }
        return best;
    }

    private static boolean isMoreSpecific(ChargeFilter filter, ChargeFilter other) {
        int more = filter.values().size() - other.values().size();
        return more > 0 || more == 0 && speltOut(filter) > speltOut(other);
    }

    private static long speltOut(ChargeFilter filter) {
        return filter.values().values().stream().filter(values -> !values.isEmpty()).count();
    }

    private boolean matches(ChargeFilter filter, List<String> combination) {
        return filter.values().entrySet().stream()
                .allMatch(wanted -> matches(wanted.getKey(), wanted.getValue(), value(combination, wanted.getKey())));
    }

    /** No value wanted stands for any that the metric declares; where it declares none, for any that is there. */
    private boolean matches(String property, List<String> wanted, String value) {
        List<String> known = wanted.isEmpty() ? metric.filters().getOrDefault(property, List.of()) : wanted;
        return known.isEmpty() ? !value.isEmpty() : known.contains(value);
    }

    private String value(List<String> combination, String property) {
        return combination.get(properties.indexOf(property));
    }
}
