package com.nexasystems.billing.simulator;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** All that chance decides. Each purpose has numbers of its own, so that one more draw somewhere moves nothing else. */
final class Seeds {

    private final long seed;

    Seeds(long seed) {
        this.seed = mix(seed);
    }

    SplittableRandom random(String purpose, long index) {
        return new SplittableRandom(mix(mix(seed ^ purpose.hashCode()) + index));
    }

    /** Looks like a random UUID. */
    String id(String purpose, long index) {
        long high = mix(mix(seed + purpose.hashCode()) ^ index);
        long low = mix(high + index);
        return new UUID(high & 0xFFFFFFFFFFFF0FFFL | 0x4000L, low & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L).toString();
    }

    static <T> T one(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static boolean perMille(SplittableRandom random, int share) {
        return random.nextInt(1000) < share;
    }

    static <T> void shuffle(List<T> list, SplittableRandom random) {
        for (int last = list.size() - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            T moved = list.get(last);
            list.set(last, list.get(other));
            list.set(other, moved);
        }
    }

    /** The finisher of SplitMix64. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
