package com.nexasystems.billing.reference;

import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Volume;
import java.math.BigDecimal;
import java.util.List;

/** What usage costs, read off the price list unit by unit, package by package and event by event. */
public final class NaivePrices {

    private static final Fraction HUNDRED = Fraction.of(100);

    private NaivePrices() {
    }

    /**
     * @param units  beyond the quota
     * @param events how many
     * @param values of the events, where their sum is the units
     * @param amount that came with the events
     * @param slice  divides the units and all bounds of tiers; tiers are priced slice by slice
     */
    public record Usage(Fraction units, long events, List<Fraction> values, Fraction amount, Fraction slice) { }

    public static Fraction price(ChargeModel model, Usage usage) {
        if (model instanceof Standard standard) {
            return usage.units().times(of(standard.price())).over(of(standard.batch()));
        }
        if (model instanceof PackageModel packages) {
            return packages(packages, usage.units());
        }
        if (model instanceof Graduated graduated) {
            return graduated(graduated.tiers().list(), of(graduated.batch()), usage);
        }
        if (model instanceof GraduatedPercentage graduated) {
            return graduated(graduated.tiers().list(), HUNDRED, usage);
        }
        if (model instanceof Volume volume) {
            Tier tier = tierOf(usage.units(), volume.tiers().list());
            return usage.units().times(of(tier.price())).over(of(volume.batch())).plus(of(tier.flat()));
        }
        if (model instanceof Percentage percentage) {
            return percentage.minimum().isPresent() || percentage.maximum().isPresent()
                    ? clamped(percentage, usage.values()) : percentage(percentage, usage);
        }
        return usage.units().signum() == 0 ? Fraction.ZERO : usage.amount();
    }

    private static Fraction packages(PackageModel model, Fraction units) {
        Fraction price = Fraction.ZERO;
        for (Fraction left = units.minus(of(model.freeUnits())); left.signum() > 0; left = left.minus(of(model.size()))) {
            price = price.plus(of(model.price()));
        }
        return price;
    }

    /** Every slice at the price of the tier it lies in, and the flat fee of each tier that a slice lies in. */
    private static Fraction graduated(List<Tier> tiers, Fraction batch, Usage usage) {
        Tier current = tiers.get(0);
        Fraction price = of(current.flat());
        for (Fraction end = usage.slice(); end.compareTo(usage.units()) <= 0; end = end.plus(usage.slice())) {
            Tier tier = tierOf(end, tiers);
            if (tier != current) {
                price = price.plus(flatsBetween(current, tier, tiers));
                current = tier;
            }
            price = price.plus(usage.slice().times(of(tier.price())).over(batch));
        }
        return price;
    }

    private static Fraction flatsBetween(Tier left, Tier reached, List<Tier> tiers) {
        return tiers.subList(tiers.indexOf(left) + 1, tiers.indexOf(reached) + 1).stream()
                .map(tier -> of(tier.flat())).reduce(Fraction.ZERO, Fraction::plus);
    }

    private static Tier tierOf(Fraction units, List<Tier> tiers) {
        return tiers.stream().filter(tier -> tier.upTo().map(bound -> units.compareTo(of(bound)) <= 0).orElse(true))
                .findFirst().orElseThrow();
    }

    private static Fraction percentage(Percentage model, Usage usage) {
        if (usage.units().signum() == 0) {
            return Fraction.ZERO;
        }
        Fraction freeAmount = of(model.freeAmount());
        boolean limited = freeAmount.signum() > 0;
        boolean free = limited || model.freeEvents() > 0;
        if (usage.values().isEmpty() || !free) {
            return altogether(model, usage);
        }
        Fraction running = Fraction.ZERO;
        Fraction price = Fraction.ZERO;
        int seen = 0;
        for (Fraction value : usage.values()) {
            running = running.plus(value);
            free = free && (model.freeEvents() == 0 || seen < model.freeEvents());
            seen++;
            if (free && (!limited || running.compareTo(freeAmount) < 0)) {
                continue;
            }
            Fraction paid = free ? running.minus(freeAmount) : value;
            free = false;
            price = price.plus(share(model, paid)).plus(of(model.fixedFee()));
        }
        return price;
    }

    /** Of a maximum or a level, which is no sum of events, only the fees of events can be free. */
    private static Fraction altogether(Percentage model, Usage usage) {
        Fraction feesDue = Fraction.of(Math.max(0, usage.events() - model.freeEvents()));
        return share(model, usage.units()).plus(feesDue.times(of(model.fixedFee())));
    }

    private static Fraction clamped(Percentage model, List<Fraction> values) {
        Fraction allowance = of(model.freeAmount());
        int events = allowance.signum() > 0 ? 0 : model.freeEvents();
        Fraction price = Fraction.ZERO;
        for (Fraction value : values) {
            if (events > 0) {
                events--;
            } else if (allowance.compareTo(value) > 0) {
                allowance = allowance.minus(value);
            } else {
                Fraction one = share(model, value.minus(allowance)).plus(of(model.fixedFee()));
                allowance = Fraction.ZERO;
                Fraction atMost = model.maximum().map(NaivePrices::of).map(one::min).orElse(one);
                price = price.plus(model.minimum().map(NaivePrices::of).map(atMost::max).orElse(atMost));
            }
        }
        return price;
    }

    private static Fraction share(Percentage model, Fraction amount) {
        return amount.times(of(model.rate())).over(HUNDRED);
    }

    private static Fraction of(BigDecimal decimal) {
        return Fraction.of(decimal);
    }
}
