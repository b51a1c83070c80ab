package com.nexasystems.billing.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Checks a law on many generated cases. A case is made from its seed alone: a failure names the seed,
 * {@code -Dbilling.seed=…} runs that one again, and {@code -Dbilling.cases=300} runs 300 % of the usual number.
 */
public final class Cases {

    private static final Long ONLY = Long.getLong("billing.seed");
    private static final long PERCENT = Long.getLong("billing.cases", 100);

    private Cases() {
    }

    /** One case. May throw whatever its assertions throw. */
    @FunctionalInterface
    public interface Law {
        void holdsFor(SplittableRandom random) throws Exception;
    }

    public static void check(int usualNumber, Law law) {
        if (ONLY != null) {
            check(ONLY, law);
            return;
        }
        long number = Math.max(1, usualNumber * PERCENT / 100);
        for (long seed = 0; seed < number; seed++) {
            check(seed, law);
        }
    }

    private static void check(long seed, Law law) {
        try {
            law.holdsFor(new SplittableRandom(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + " (-Dbilling.seed=" + seed + " runs it again): " + e.getMessage(), e);
        }
    }

    public static <T> T oneOf(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public static <T> T oneOf(SplittableRandom random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public static boolean chance(SplittableRandom random, int percent) {
        return random.nextInt(100) < percent;
    }

    /** The same elements in another order. */
    public static <T> List<T> shuffled(SplittableRandom random, List<T> list) {
        var shuffled = new ArrayList<>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }
}
