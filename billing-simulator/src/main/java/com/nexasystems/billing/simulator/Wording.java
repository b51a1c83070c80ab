package com.nexasystems.billing.simulator;

import java.util.List;
import java.util.SplittableRandom;

/** The words of one company: no two companies call a thing the same. */
final class Wording {

    private static final List<String> PLANS = List.of("%s", "%s plan", "Cloud %s", "%s Hosting", "App %s");
    private static final List<String> FLAT = List.of("%s", "%s", "%s (monthly)", "1 × %s", "Subscription: %s");
    private static final List<String> PARTIAL = List.of("%s", "%s (partial month)", "%s, prorated");
    private static final List<String> OVERAGE = List.of("CPU overage", "Additional CPU usage",
            "Compute usage beyond quota", "Extra core-hours", "CPU hours above the included quota");
    private static final List<String> CURRENCIES = List.of("CAD", "CAD", "cad");
    private static final List<String> NUMBERS = List.of("INV-%06d", "2026-%05d", "NX%07d");

    private final String plan;
    private final String flat;
    private final String partial;
    private final String overage;
    private final String currency;
    private final String number;

    Wording(Seeds seeds) {
        SplittableRandom random = seeds.random("wording", 0);
        plan = Seeds.one(random, PLANS);
        flat = Seeds.one(random, FLAT);
        partial = Seeds.one(random, PARTIAL);
        overage = Seeds.one(random, OVERAGE);
        currency = Seeds.one(random, CURRENCIES);
        number = Seeds.one(random, NUMBERS);
    }

    String plan(String name) {
        return plan.formatted(name);
    }

    String flat(Deployment deployment, Term term) {
        String words = deployment.byYear() ? deployment.plan().name() : flat.formatted(deployment.plan().name());
        return term.partial() ? partial.formatted(words) : words;
    }

    String overage() {
        return overage;
    }

    String currency() {
        return currency;
    }

    String number(long count) {
        return number.formatted(count);
    }
}
