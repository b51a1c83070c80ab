package com.nexasystems.billing.http;

import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** A biller's rules as the API reads and writes them. */
final class BillerRulesJson {

    private static final Duration LONGEST_SHIFT = Duration.ofDays(7);

    private BillerRulesJson() {
    }

    static Json of(BillerRules rules) {
        return Json.object("rounding", ShadowFields.word(rules.rounding()), "mode", ShadowFields.word(rules.mode()),
                "tax", ShadowFields.word(rules.tax()), "proration", ShadowFields.word(rules.proration()),
                "quota", ShadowFields.word(rules.quota()), "zone", rules.zone().getId(), "shift", rules.shift().toString(),
                "words", rules.toString());
    }

    /** All of them have to be said but the shift: what is adopted is a whole. */
    static BillerRules read(Fields fields) {
        Map<String, RoundingMode> modes = ShadowFields.words(RoundingMode.class);
        modes.remove(ShadowFields.word(RoundingMode.UNNECESSARY));
        Rounding rounding = word(fields, "rounding", ShadowFields.words(Rounding.class), Rounding.NONE);
        RoundingMode mode = word(fields, "mode", modes, RoundingMode.HALF_UP);
        TaxRule tax = word(fields, "tax", ShadowFields.words(TaxRule.class), TaxRule.EXCLUDED);
        ProrationRule proration = word(fields, "proration", ShadowFields.words(ProrationRule.class), ProrationRule.NONE);
        QuotaRule quota = word(fields, "quota", ShadowFields.words(QuotaRule.class), QuotaRule.BEYOND);
        return new BillerRules(rounding, mode, tax, proration, quota, zone(fields), shift(fields));
    }

    private static <T> T word(Fields fields, String name, Map<String, T> words, T otherwise) {
        Optional<T> chosen = fields.choice(name, words);
        mandatory(fields, name, chosen);
        return chosen.orElse(otherwise);
    }

    private static void mandatory(Fields fields, String name, Optional<?> value) {
        if (value.isEmpty() && !fields.hasProblem(name)) {
            fields.problem(name, "value_is_mandatory");
        }
    }

    private static ZoneId zone(Fields fields) {
        Optional<ZoneId> zone = ShadowFields.zone(fields, "zone");
        mandatory(fields, "zone", zone);
        return zone.orElse(ZoneOffset.UTC);
    }

    private static Duration shift(Fields fields) {
        Optional<String> text = fields.text("shift").filter(found -> !found.isEmpty());
        Optional<Duration> shift = text.flatMap(BillerRulesJson::duration);
        if (text.isPresent() && shift.isEmpty()) {
            fields.problem("shift", "value_is_invalid", "is no time in whole seconds such as PT1H or -P1D, at most a week");
        }
        return shift.orElse(Duration.ZERO);
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(shift -> shift.getNano() == 0
                    && shift.compareTo(LONGEST_SHIFT) <= 0 && shift.compareTo(LONGEST_SHIFT.negated()) >= 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
