package com.nexasystems.billing.reference;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;

/** Charge models of every kind. Bounds, sizes and free parts are whole numbers of steps, so that usage meets them often. */
public final class RandomCharges {

    private static final int KINDS = 7;
    private static final int MOST_STEPS = 40;

    private final SplittableRandom random;
    private final BigDecimal step;

    /** @param step bounds are multiples of it */
    public RandomCharges(SplittableRandom random, BigDecimal step) {
        this.random = random;
        this.step = step;
    }

    public ChargeModel model() {
        return switch (random.nextInt(KINDS)) {
            case 0 -> new Standard(price(), batch());
            case 1 -> new PackageModel(price(), steps(1), steps(0));
            case 2 -> new Graduated(tiers(), batch());
            case 3 -> new Volume(tiers(), batch());
            case 4 -> new GraduatedPercentage(tiers());
            case 5 -> percentage();
            default -> new Dynamic();
        };
    }

    /** A charge that fits the metric. Tiers need slices: not for a weighted sum, whose twenty decimals make too many. */
    public Charge chargeOn(Metric metric) {
        while (true) {
            ChargeModel model = model();
            Quota quota = model.allowsQuota() && random.nextBoolean() ? new Quota(steps(0)) : Quota.NONE;
            Charge candidate = Charge.of(metric.code(), quota, model);
            boolean sliceable = metric.aggregation() != Aggregation.WEIGHTED_SUM || !model.code().startsWith("graduated");
            if (candidate.fits(metric) && sliceable) {
                return candidate;
            }
        }
    }

    private Percentage percentage() {
        BigDecimal minimum = price();
        return new Percentage(price(), price(), random.nextInt(5) * random.nextInt(2),
                Cases.chance(random, 50) ? steps(0) : BigDecimal.ZERO, sometimes(minimum),
                sometimes(minimum.add(price())));
    }

    /** From zero to a price with twelve decimals. */
    public BigDecimal price() {
        return switch (random.nextInt(5)) {
            case 0 -> BigDecimal.ZERO;
            case 1 -> BigDecimal.valueOf(random.nextLong(1, 1000));
            case 2 -> BigDecimal.valueOf(random.nextLong(1, 100_000), 4);
            case 3 -> BigDecimal.valueOf(random.nextLong(1, 1_000_000_000L), 12);
            default -> BigDecimal.valueOf(random.nextLong(1, 10_000), 2);
        };
    }

    public BigDecimal steps(int atLeast) {
        return step.multiply(BigDecimal.valueOf(random.nextInt(atLeast, MOST_STEPS)));
    }

    private BigDecimal batch() {
        return BigDecimal.valueOf(Cases.oneOf(random, 1, 1, 7, 60, 1000, 3600));
    }

    private Tiers tiers() {
        var tiers = new ArrayList<Tier>();
        int bound = 0;
        for (int more = random.nextInt(4); more > 0; more--) {
            bound += random.nextInt(1, 15);
            tiers.add(new Tier(Optional.of(step.multiply(BigDecimal.valueOf(bound))), price(), price()));
        }
        tiers.add(new Tier(Optional.empty(), price(), price()));
        return new Tiers(tiers);
    }

    private Optional<BigDecimal> sometimes(BigDecimal value) {
        return Cases.chance(random, 25) ? Optional.of(value) : Optional.empty();
    }
}
