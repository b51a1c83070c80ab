package com.nexasystems.billing.memory;

import com.nexasystems.billing.cutover.CutOvers;
import com.nexasystems.billing.cutover.Flip;
import com.nexasystems.billing.identity.ServiceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class MemoryCutOvers implements CutOvers {

    private final Memory memory;
    private final Map<UUID, Flip> flips = new LinkedHashMap<>();

    MemoryCutOvers(Memory memory) {
        this.memory = memory;
    }

    /** Whoever is in a unit of work has the one memory to himself. */
    @Override
    public void claim(ServiceId service) {
        memory.run(() -> { });
    }

    @Override
    public void add(Flip flip) {
        memory.run(() -> memory.put(flips, flip.id(), flip));
    }

    @Override
    public void update(Flip flip) {
        memory.run(() -> {
            Flip before = flips.get(flip.id());
            memory.put(flips, flip.id(), new Flip(before.id(), before.service(), before.user(), before.since(),
                    before.subscriptions(), before.by(), before.at(), flip.reverted()));
        });
    }

    @Override
    public List<Flip> of(ServiceId service) {
        return memory.call(() -> flips.values().stream().filter(flip -> flip.service().equals(service)).toList());
    }
}
