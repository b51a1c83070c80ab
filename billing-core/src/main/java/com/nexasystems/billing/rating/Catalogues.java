package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import java.util.stream.Stream;

/**
 * The two sides of a simulation.
 *
 * @param asItIs      each period has the version in force when it began
 * @param asItWouldBe every period has the prices of the latest version
 * @param none        nothing, of every part that any of the prices has
 */
record Catalogues(Plan asItIs, Plan asItWouldBe, PriceComparison none) {

    static Catalogues of(Plan asItIs, Plan asItWouldBe) {
        return new Catalogues(asItIs, asItWouldBe, PriceComparison.none(asItIs.currency(),
                Stream.concat(asItIs.versions().stream(), Stream.of(latest(asItWouldBe)))
                        .flatMap(version -> version.charges().stream()).map(Charge::code).distinct().toList()));
    }

    PlanVersion changed() {
        return latest(asItWouldBe);
    }

    RatingRequest before(BilledStretch stretch) {
        return new RatingRequest(stretch.subscription().id(), asItIs, asItIs.versionAt(stretch.billed().start()),
                stretch.period(), stretch.whole(), stretch.subscription().startedAt(), stretch.endDay());
    }

    RatingRequest after(BilledStretch stretch) {
        return new RatingRequest(stretch.subscription().id(), asItWouldBe, changed(), stretch.period(),
                stretch.whole(), stretch.subscription().startedAt(), stretch.endDay());
    }

    private static PlanVersion latest(Plan plan) {
        return plan.versions().get(plan.versions().size() - 1);
    }
}
