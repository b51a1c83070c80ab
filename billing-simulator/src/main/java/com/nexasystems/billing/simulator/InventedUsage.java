package com.nexasystems.billing.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Servers that are always busy, busy by day, busy by night, busy at times, or idle. */
final class InventedUsage implements UsagePattern {

    private static final int HOURS = 24;
    private static final int MILLI = 1_000;
    private static final int MORNING = 12;
    private static final int EVENING = 23;
    private static final int NIGHT = 4;
    private static final int GAP_PER_MILLE = 5;
    private static final int BUSY_PER_MILLE = 120;
    private static final int SELDOM_PER_MILLE = 10;

    @Override
    public long[] hours(SplittableRandom random, Instant from, int days) {
        int kind = random.nextInt(20);
        int load = 200 + random.nextInt(700);
        boolean fine = random.nextBoolean();
        long[] hours = new long[days * HOURS];
        Arrays.setAll(hours, hour -> busy(kind, hour % HOURS, random) ? micros(load, fine, random)
                : quiet(kind, random));
        return hours;
    }

    private static boolean busy(int kind, int hourOfDay, SplittableRandom random) {
        if (kind < 9) {
            return !Seeds.perMille(random, GAP_PER_MILLE);
        }
        if (kind < 13) {
            return hourOfDay >= MORNING && hourOfDay < EVENING;
        }
        if (kind < 16) {
            return hourOfDay < NIGHT;
        }
        return Seeds.perMille(random, kind < 19 ? BUSY_PER_MILLE : SELDOM_PER_MILLE);
    }

    /** Some meters give thousandths of hours, others millionths. */
    private static long micros(int load, boolean fine, SplittableRandom random) {
        long milli = load + random.nextInt(100);
        return milli * MILLI + (fine ? random.nextInt(MILLI) : 0);
    }

    /** By day and at times: records of nothing. By night and idle: no records. */
    private static long quiet(int kind, SplittableRandom random) {
        boolean recorded = kind < 13 || kind >= 16 && kind < 19 && random.nextBoolean();
        return recorded ? 0 : NONE;
    }
}
