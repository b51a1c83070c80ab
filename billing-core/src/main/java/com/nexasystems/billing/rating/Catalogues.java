package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import java.util.stream.Stream;

/**
 * The two sides of a simulation.
 *
 * @param asItIs   each period has the version in force when it began
 * @param asItWouldBe every period has the prices of the latest version
 */
record Catalogues(Plan asItIs, Plan asItWouldBe) {

    /** Nothing, of every part that any of the prices has. */
    PriceComparison none() {
        return PriceComparison.none(asItIs.currency(),
                Stream.concat(asItIs.versions().stream(), Stream.of(versionAfter()))
                        .flatMap(version -> version.charges().stream()).map(Charge::code).distinct().toList());
    }

    PlanVersion versionBefore(BilledStretch stretch) {
        return asItIs.versionAt(stretch.billed().start());
    }

    PlanVersion versionAfter() {
        return asItWouldBe.versions().get(asItWouldBe.versions().size() - 1);
    }

    RatingRequest before(BilledStretch stretch) {
        return new RatingRequest(stretch.subscription().id(), asItIs, versionBefore(stretch), stretch.period(),
                stretch.whole());
    }

    RatingRequest after(BilledStretch stretch) {
        return new RatingRequest(stretch.subscription().id(), asItWouldBe, versionAfter(), stretch.period(), stretch.whole());
    }
}
