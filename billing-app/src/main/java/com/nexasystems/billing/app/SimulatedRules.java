package com.nexasystems.billing.app;

import com.nexasystems.billing.simulator.BillerRules;
import java.util.ArrayList;
import java.util.List;

/** The rules of an invented company in the words of those that are found. */
final class SimulatedRules {

    private SimulatedRules() {
    }

    static String words(BillerRules rules) {
        List<String> parts = new ArrayList<>(List.of("rounded on " + (rules.level() == BillerRules.RoundingLevel.LINE
                        ? "each line " : "the total ") + rules.mode(), rules.proration() == BillerRules.ProrationRule.NONE
                        ? "not prorated" : "prorated " + Words.of(rules.proration()).replace('_', ' '),
                "tax " + Words.of(rules.tax())));
        if (rules.quota() != BillerRules.QuotaRule.EXACT) {
            parts.add("quota " + Words.of(rules.quota()).replace('_', ' '));
        }
        parts.add(rules.zone().getId());
        if (!rules.usageShift().isZero()) {
            parts.add("usage shifted by " + rules.usageShift().toString().substring(2));
        }
        parts.add(Words.of(rules.anchor()));
        return String.join(", ", parts);
    }
}
