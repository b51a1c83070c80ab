package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tiers that cover every quantity once: bounds rise, and only the last tier is open. A quantity on a bound belongs to
 * the tier that ends there; 10.5 with a bound at 10 is half a unit into the next.
 */
public record Tiers(List<Tier> list) {

    static final String PRORATED = ", prorated";

    public Tiers {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new InvalidValue("tiers", "at least one is needed");
        }
        BigDecimal below = BigDecimal.ZERO;
        for (int i = 0; i < list.size(); i++) {
            Optional<BigDecimal> bound = list.get(i).upTo();
            boolean last = i == list.size() - 1;
            if (last != bound.isEmpty()) {
                throw new InvalidValue("tiers[" + i + "].up_to", last
                        ? "the last tier must be open (null), else usage above it has no price"
                        : "only the last tier may be open");
            }
            if (!last && bound.get().compareTo(below) <= 0) {
                throw new InvalidValue("tiers[" + i + "].up_to", "must be above " + below.toPlainString()
                        + ", where the tier before it ends: " + bound.get().toPlainString());
            }
            below = bound.orElse(below);
        }
    }

    public static Tiers of(Tier... tiers) {
        return new Tiers(List.of(tiers));
    }

    /**
     * Prices each tier's units by that tier. Zero units reach the first tier: its flat fee is due.
     *
     * @param per what a tier's price is for: a batch, or 100 for percentages
     */
    Priced graduated(BigDecimal total, BigDecimal per) {
        var steps = new ArrayList<Priced.Step>(list.size());
        BigDecimal below = BigDecimal.ZERO;
        int number = 1;
        for (Tier tier : list) {
            BigDecimal top = tier.upTo().isPresent() ? tier.upTo().get().min(total) : total;
            addSteps(steps, number, tier, top.subtract(below), "", per);
            if (top.compareTo(total) >= 0) {
                break;
            }
            below = top;
            number++;
        }
        return new Priced(total, steps);
    }

    /** As the other, with the units of each tier prorated: rounded up once a tier. */
    Priced graduated(Prorated prorated, BigDecimal per) {
        var steps = new ArrayList<Priced.Step>(list.size());
        BigDecimal units = BigDecimal.ZERO;
        BigDecimal most = prorated.most();
        BigDecimal below = BigDecimal.ZERO;
        for (int i = 0; i < list.size() && below.compareTo(most) < 0; i++) {
            Tier tier = list.get(i);
            BigDecimal inside = prorated.units(below, tier.upTo());
            addSteps(steps, i + 1, tier, inside, PRORATED, per);
            units = units.add(inside);
            below = tier.upTo().orElse(most);
        }
        return new Priced(Decimals.normal(units), steps);
    }

    /**
     * Prices units by the one tier in which the total falls. Zero falls in the first.
     *
     * @param how what is said of the units, beside the tier
     */
    Priced volume(BigDecimal total, BigDecimal units, String how, BigDecimal per) {
        int i = 0;
        while (list.get(i).upTo().isPresent() && list.get(i).upTo().get().compareTo(total) < 0) {
            i++;
        }
        var steps = new ArrayList<Priced.Step>(2);
        addSteps(steps, i + 1, list.get(i), units, how, per);
        return new Priced(units, steps);
    }

    private static void addSteps(List<Priced.Step> steps, int number, Tier tier, BigDecimal units, String how,
                                 BigDecimal per) {
        if (units.signum() > 0) {
            steps.add(new Priced.Step("tier " + number + how, units, tier.price(), per));
        }
        if (tier.flat().signum() > 0) {
            steps.add(new Priced.Step("tier " + number + Priced.FLAT_FEE, BigDecimal.ONE, tier.flat(), BigDecimal.ONE));
        }
    }
}
