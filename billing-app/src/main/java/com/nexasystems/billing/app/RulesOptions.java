package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** A biller's rules as options; what is left out stays as it is. */
final class RulesOptions {

    @Option(names = "--rounding", paramLabel = "WHAT", description = "What is rounded to the minor unit: none, line or"
            + " total.")
    private Optional<String> rounding = Optional.empty();

    @Option(names = "--mode", paramLabel = "MODE", description = "half_up, half_even, half_down, up or down.")
    private Optional<String> mode = Optional.empty();

    @Option(names = "--tax", paramLabel = "WHERE", description = "Whether subtotals hold it: excluded, included or"
            + " included_after_rounding.")
    private Optional<String> tax = Optional.empty();

    @Option(names = "--proration", paramLabel = "HOW", description = "Of a part of a period: none, by_day or by_second.")
    private Optional<String> proration = Optional.empty();

    @Option(names = "--quota", paramLabel = "HOW", description = "beyond, all_once_exceeded, a_second_early, a_second_late,"
            + " an_hour_early or an_hour_late.")
    private Optional<String> quota = Optional.empty();

    @Option(names = "--usage-zone", paramLabel = "ZONE", description = "At whose midnights the usage of a period begins.")
    private Optional<String> zone = Optional.empty();

    @Option(names = "--shift", paramLabel = "TIME", description = "How much later than that, such as 1h, -1h or 1d.")
    private Optional<String> shift = Optional.empty();

    boolean areGiven() {
        return Stream.of(rounding, mode, tax, proration, quota, zone, shift).anyMatch(Optional::isPresent);
    }

    BillerRules on(BillerRules rules) {
        return rules.rounding(rounding.map(text -> OptionText.oneOf("--rounding", Rounding.class, text))
                        .orElse(rules.rounding()), mode.map(RulesOptions::mode).orElse(rules.mode()))
                .with(tax.map(text -> OptionText.oneOf("--tax", TaxRule.class, text)).orElse(rules.tax()))
                .with(proration.map(text -> OptionText.oneOf("--proration", ProrationRule.class, text))
                        .orElse(rules.proration()))
                .with(quota.map(text -> OptionText.oneOf("--quota", QuotaRule.class, text)).orElse(rules.quota()))
                .in(zone.map(text -> OptionText.zone("--usage-zone", text)).orElse(rules.zone()),
                        shift.map(text -> OptionText.shift("--shift", text)).orElse(rules.shift()));
    }

    private static RoundingMode mode(String text) {
        RoundingMode chosen = OptionText.oneOf("--mode", RoundingMode.class, text);
        if (chosen == RoundingMode.UNNECESSARY) {
            throw new InvalidValue("--mode", "rounds nothing; use --rounding none: " + text);
        }
        return chosen;
    }
}
