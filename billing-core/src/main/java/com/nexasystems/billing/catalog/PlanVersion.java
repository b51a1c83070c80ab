package com.nexasystems.billing.catalog;

import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The prices of a plan from some instant on.
 *
 * @param number        1 for the first version, then rising by one
 * @param effectiveFrom periods that begin at or after it are priced by this version, until the next version's. To the
 *                      microsecond
 * @param flatPrice     of one whole billing period, not negative
 * @param charges       no two with the same code
 * @param fixedCharges  no two with the same code, nor with that of a charge
 * @param commitment    what a whole period comes to at least, flat price and all charges together, before tax
 * @param thresholds    rising; at most one is recurring
 */
public record PlanVersion(int number, Instant effectiveFrom, Money flatPrice, List<Charge> charges,
                          List<FixedCharge> fixedCharges, Optional<Money> commitment, List<UsageThreshold> thresholds) {

    public PlanVersion {
        effectiveFrom = InvalidValue.checkInstant("effective_from", effectiveFrom);
        if (flatPrice.isNegative()) {
            throw new InvalidValue("flat_price", "must not be negative: " + flatPrice);
        }
        charges = List.copyOf(charges);
        fixedCharges = List.copyOf(fixedCharges);
        thresholds = List.copyOf(thresholds);
        checkCodes(charges, fixedCharges);
        checkAmounts(flatPrice, commitment, thresholds);
    }

    /** A flat price and charges, and nothing else. */
    public PlanVersion(int number, Instant effectiveFrom, Money flatPrice, List<Charge> charges) {
        this(number, effectiveFrom, flatPrice, charges, List.of(), Optional.empty(), List.of());
    }

    /** Whether usage is looked at as it comes in: because of what is billed by then, or to tell how much of a quota is used. */
    public boolean isWatched() {
        return isBilledAsUsed() || charges.stream().anyMatch(Charge::hasQuota);
    }

    /** Whether usage of a period that goes on is billed: it has charges in advance, or thresholds. */
    public boolean isBilledAsUsed() {
        return !thresholds.isEmpty() || charges.stream().anyMatch(charge -> charge.terms().inAdvance());
    }

    /** The same version with those of its charges alone that have a quota, to see how much of it is used. */
    public PlanVersion quotas() {
        return new PlanVersion(number, effectiveFrom, flatPrice, charges.stream().filter(Charge::hasQuota).toList());
    }

    /**
     * The thresholds that usage has reached since it was last billed. The recurring one counts from the largest of the
     * others: it is reached each time as much more has been used.
     *
     * @param billed usage of the subscription that has been billed, since its start
     * @param used   all its usage since then, billed or not
     */
    public List<UsageThreshold> reached(Money billed, Money used) {
        Money last = thresholds.stream().filter(threshold -> !threshold.recurring()).map(UsageThreshold::amount)
                .max(Money::compareTo).orElse(Money.zero(flatPrice.currency()));
        return thresholds.stream().filter(threshold -> threshold.recurring()
                ? times(threshold, used.minus(last)).compareTo(times(threshold, billed.minus(last))) > 0
                : billed.compareTo(threshold.amount()) < 0 && threshold.amount().compareTo(used) <= 0).toList();
    }

    private static BigDecimal times(UsageThreshold threshold, Money beyond) {
        return beyond.isNegative() ? BigDecimal.ZERO
                : beyond.amount().divideToIntegralValue(threshold.amount().amount());
    }

    /** The version after this one, with another price and other charges. */
    public PlanVersion next(Instant newEffectiveFrom, Money newFlatPrice, List<Charge> newCharges) {
        return new PlanVersion(number + 1, newEffectiveFrom, newFlatPrice, newCharges, fixedCharges, commitment, thresholds);
    }

    /**
     * The version after this one of a customer's edition, when its plan gets a new one: what this one has otherwise than the
     * plan's version before stays, and all else is as in the plan's new version.
     */
    PlanVersion following(PlanVersion before, PlanVersion after) {
        return new PlanVersion(number + 1, after.effectiveFrom, own(flatPrice, before.flatPrice, after.flatPrice),
                own(charges, before.charges, after.charges, Charge::code),
                own(fixedCharges, before.fixedCharges, after.fixedCharges, FixedCharge::code),
                own(commitment, before.commitment, after.commitment), own(thresholds, before.thresholds, after.thresholds));
    }

    private static <T> T own(T mine, T before, T after) {
        return mine.equals(before) ? after : mine;
    }

    private static <T> List<T> own(List<T> mine, List<T> before, List<T> after, Function<T, String> code) {
        Map<String, T> kept = mine.stream().filter(one -> !before.contains(one))
                .collect(Collectors.toMap(code, Function.identity()));
        return after.stream().map(one -> kept.getOrDefault(code.apply(one), one)).toList();
    }

    private static void checkCodes(List<Charge> charges, List<FixedCharge> fixedCharges) {
        var codes = new HashSet<String>();
        Stream.concat(charges.stream().map(Charge::code), fixedCharges.stream().map(FixedCharge::code)).forEach(code -> {
            if (!codes.add(code)) {
                throw new InvalidValue("charges", "two charges have the code " + code);
            }
        });
    }

    private static void checkAmounts(Money flatPrice, Optional<Money> commitment, List<UsageThreshold> thresholds) {
        commitment.filter(Money::isNegative).ifPresent(amount -> {
            throw new InvalidValue("minimum_commitment", "must not be negative: " + amount);
        });
        Stream.concat(commitment.stream(), thresholds.stream().map(UsageThreshold::amount))
                .filter(amount -> !amount.currency().equals(flatPrice.currency())).findFirst().ifPresent(amount -> {
                    throw new CurrencyMismatchException(flatPrice.currency(), amount.currency());
                });
        List<Money> fixed = thresholds.stream().filter(t -> !t.recurring()).map(UsageThreshold::amount).toList();
        if (thresholds.size() - fixed.size() > 1) {
            throw new InvalidValue("usage_thresholds", "at most one is recurring");
        }
        for (int i = 1; i < fixed.size(); i++) {
            if (fixed.get(i).compareTo(fixed.get(i - 1)) <= 0) {
                throw new InvalidValue("usage_thresholds", "must rise: " + fixed.get(i) + " follows " + fixed.get(i - 1));
            }
        }
    }
}
