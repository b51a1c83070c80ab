package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The price list. */
final class Plans {

    private static final List<String> NAMES = List.of("Starter", "Basic", "Plus", "Business", "Pro", "Enterprise", "Legacy");
    private static final List<Integer> DOLLARS = List.of(5, 9, 19, 39, 79, 199, 15);
    private static final List<Integer> CENTS = List.of(0, 49, 90, 95, 99);
    private static final List<Integer> QUOTAS = List.of(40, 100, 250, 600, 1_200, 4_000, 150);
    private static final int MONTHS_PER_YEAR = 12;
    private static final int FREE_MONTHS = 2;

    private Plans() { }

    /** The last one is no longer sold. */
    static List<Plan> of(Seeds seeds, Wording wording) {
        List<Plan> plans = new ArrayList<>();
        for (int index = 0; index < NAMES.size(); index++) {
            plans.add(plan(index, seeds, wording));
        }
        return List.copyOf(plans);
    }

    private static Plan plan(int index, Seeds seeds, Wording wording) {
        SplittableRandom random = seeds.random("plan", index);
        BigDecimal cents = BigDecimal.valueOf(Seeds.one(random, CENTS), 2);
        BigDecimal monthly = BigDecimal.valueOf(DOLLARS.get(index) + random.nextInt(3)).add(cents);
        BigDecimal old = monthly.subtract(BigDecimal.valueOf(1L + random.nextInt(1 + DOLLARS.get(index) / 5)));
        int quota = QUOTAS.get(index) + 10 * random.nextInt(5);
        return new Plan(index, seeds.id("plan", index), wording.plan(NAMES.get(index)), monthly, year(monthly), old,
                year(old), quota, index < NAMES.size() - 1);
    }

    private static BigDecimal year(BigDecimal monthly) {
        return monthly.multiply(BigDecimal.valueOf(MONTHS_PER_YEAR - FREE_MONTHS));
    }
}
