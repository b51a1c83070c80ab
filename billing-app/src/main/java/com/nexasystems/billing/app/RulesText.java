package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.BillerRules;
import java.time.Duration;
import java.util.Map;

/** A biller's rules as options write them. */
final class RulesText {

    private RulesText() {
    }

    static Map<String, Object> json(BillerRules rules) {
        return Json.object("rounding", Words.of(rules.rounding()), "mode", Words.of(rules.mode()),
                "tax", Words.of(rules.tax()), "proration", Words.of(rules.proration()), "quota", Words.of(rules.quota()),
                "usage_zone", rules.zone().getId(), "shift", shift(rules.shift()), "words", rules.toString());
    }

    static String options(BillerRules rules) {
        return "--rounding " + Words.of(rules.rounding()) + " --mode " + Words.of(rules.mode()) + " --tax "
                + Words.of(rules.tax()) + " --proration " + Words.of(rules.proration()) + " --quota "
                + Words.of(rules.quota()) + " --usage-zone " + rules.zone().getId() + " --shift " + shift(rules.shift());
    }

    private static String shift(Duration shift) {
        return shift.toHours() % 24 == 0 && !shift.isZero() ? shift.toDays() + "d" : shift.toHours() + "h";
    }
}
