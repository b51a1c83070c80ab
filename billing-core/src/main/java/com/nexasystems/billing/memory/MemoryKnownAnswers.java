package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.KnownAnswers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class MemoryKnownAnswers implements KnownAnswers {

    private final Memory memory;
    private final Map<Key, Claim> claims = new HashMap<>();

    private record Key(String caller, String key) { }

    private record Claim(Instant at, Optional<KnownAnswer> answer) { }

    MemoryKnownAnswers(Memory memory) {
        this.memory = memory;
    }

    @Override
    public Optional<KnownAnswer> claim(String caller, String key, Instant now) {
        return memory.call(() -> {
            Claim known = claims.get(new Key(caller, key));
            if (known == null) {
                memory.put(claims, new Key(caller, key), new Claim(now, Optional.empty()));
                return Optional.empty();
            }
            return known.answer;
        });
    }

    @Override
    public void keep(String caller, String key, KnownAnswer answer) {
        memory.run(() -> memory.put(claims, new Key(caller, key),
                new Claim(claims.get(new Key(caller, key)).at, Optional.of(answer))));
    }

    @Override
    public int forget(Instant olderThan) {
        return memory.call(() -> {
            List<Key> old = claims.entrySet().stream().filter(claim -> claim.getValue().at.isBefore(olderThan))
                    .map(Map.Entry::getKey).toList();
            old.forEach(key -> memory.remove(claims, key));
            return old.size();
        });
    }
}
