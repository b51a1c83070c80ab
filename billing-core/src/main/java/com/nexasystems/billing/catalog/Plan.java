package com.nexasystems.billing.catalog;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a subscription is on.
 *
 * @param code      unique and stable
 * @param interval  how long a billing period is
 * @param inAdvance whether the flat price is billed when a period begins (else when it has ended). Usage is always
 *                  billed when it is known
 * @param active    whether new subscriptions may start on it
 * @param terms     what else a subscription to it is like
 * @param versions  at least one, by rising number and rising effective date
 */
public record Plan(PlanCode code, String name, Currency currency, Interval interval, boolean inAdvance, boolean active,
                   PlanTerms terms, List<PlanVersion> versions) {

    public Plan {
        InvalidValue.checkText("name", name, 255);
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new InvalidValue("versions", "a plan has at least one");
        }
        for (int i = 0; i < versions.size(); i++) {
            checkVersion(versions, i, currency);
        }
    }

    /** A plan with its first version. The flat price gives the currency. */
    public static Plan of(String code, Interval interval, boolean inAdvance, Money flatPrice, Instant effectiveFrom,
                          Charge... charges) {
        return new Plan(new PlanCode(code), code, flatPrice.currency(), interval, inAdvance, true,
                PlanTerms.PLAIN, List.of(new PlanVersion(1, effectiveFrom, flatPrice, List.of(charges))));
    }

    /** @throws InvalidValue if the plan had no price yet at that instant */
    public PlanVersion versionAt(Instant instant) {
        return versions.stream().filter(version -> !version.effectiveFrom().isAfter(instant))
                .max(Comparator.comparing(PlanVersion::effectiveFrom))
                .orElseThrow(() -> new InvalidValue("plan_code", code + " has no version in force at " + instant
                        + "; its first is in force from " + versions.get(0).effectiveFrom()));
    }

    /** The version that was published last; it may not be in force yet. */
    public PlanVersion latest() {
        return versions.get(versions.size() - 1);
    }

    /** How often usage is billed. */
    public Interval usageInterval() {
        return terms.usageMonthly() ? Interval.MONTHLY.orShorter(interval) : interval;
    }

    /** How often fixed charges are billed. */
    public Interval fixedChargeInterval() {
        return terms.fixedChargesMonthly() ? Interval.MONTHLY.orShorter(interval) : interval;
    }

    /** @throws InvalidValue if nobody may start on it: it is not active, or is there for comparison only */
    public Plan checkOpen() {
        if (!active) {
            throw new InvalidValue("plan_code", "is not active: " + code);
        }
        return checkBilled();
    }

    /** @throws InvalidValue if it is in shadow mode, so that nothing on it is billed */
    public Plan checkBilled() {
        if (terms.shadow()) {
            throw new InvalidValue("plan_code", "is in shadow mode, for comparison only: " + code);
        }
        return this;
    }

    public Plan on(PlanTerms newTerms) {
        return new Plan(code, name, currency, interval, inAdvance, active, newTerms, versions);
    }

    public Plan withVersion(PlanVersion version) {
        return new Plan(code, name, currency, interval, inAdvance, active, terms,
                Stream.concat(versions.stream(), Stream.of(version)).toList());
    }

    private static void checkVersion(List<PlanVersion> versions, int i, Currency currency) {
        PlanVersion version = versions.get(i);
        if (!version.flatPrice().currency().equals(currency)) {
            throw new InvalidValue("flat_price", "is in " + version.flatPrice().currency() + ", the plan is in " + currency);
        }
        if (version.number() != i + 1) {
            throw new InvalidValue("version", "expected number " + (i + 1) + ", found " + version.number());
        }
        if (i > 0 && !version.effectiveFrom().isAfter(versions.get(i - 1).effectiveFrom())) {
            throw new InvalidValue("effective_from", "must be after " + versions.get(i - 1).effectiveFrom()
                    + ", where the version before it begins: " + version.effectiveFrom());
        }
    }
}
