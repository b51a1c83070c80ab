package com.nexasystems.billing.memory;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class MemoryPlans implements Plans {

    private final Memory memory;
    private final Map<PlanCode, Plan> byCode = new TreeMap<>();

    MemoryPlans(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(Plan plan) {
        return memory.call(() -> {
            if (byCode.containsKey(plan.code())) {
                return false;
            }
            memory.put(byCode, plan.code(), plan);
            return true;
        });
    }

    @Override
    public boolean publish(PlanCode code, PlanVersion version) {
        return memory.call(() -> {
            Plan plan = byCode.get(code);
            if (plan.versions().stream().anyMatch(other -> other.number() == version.number())) {
                return false;
            }
            memory.put(byCode, code, plan.withVersion(version));
            return true;
        });
    }

    @Override
    public Optional<Plan> find(PlanCode code) {
        return memory.call(() -> Optional.ofNullable(byCode.get(code)));
    }

    @Override
    public void setShadow(Collection<PlanCode> plans, boolean shadow) {
        memory.run(() -> plans.stream().filter(byCode::containsKey).map(byCode::get)
                .forEach(plan -> memory.put(byCode, plan.code(), plan.on(plan.terms().inShadow(shadow)))));
    }

    @Override
    public List<Plan> all() {
        return memory.call(() -> List.copyOf(byCode.values()));
    }

    void remove(PlanCode code) {
        memory.remove(byCode, code);
    }
}
