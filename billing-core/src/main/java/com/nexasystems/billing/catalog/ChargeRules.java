package com.nexasystems.billing.catalog;

import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;

/** What a charge may be on its metric. */
final class ChargeRules {

    private final String place;
    private final Charge charge;
    private final Metric metric;

    private ChargeRules(String place, Charge charge, Metric metric) {
        this.place = place;
        this.charge = charge;
        this.metric = metric;
    }

    /** @throws InvalidValue if the charge cannot price the metric */
    static void check(String place, Charge charge, Metric metric) {
        var rules = new ChargeRules(place, charge, metric);
        rules.checkModels();
        rules.checkInAdvance();
        rules.checkProrated();
        charge.terms().filters().forEach(rules::checkFilter);
    }

    private void checkModels() {
        if (!charge.fits(metric)) {
            throw refused("charge_model", charge.model().code() + " as it is set up here cannot price metric "
                    + metric.code() + ", whose single records do not add up to its quantity (aggregation " + metric.aggregation().code()
                    + ", rounding " + metric.rounding().mode() + ")");
        }
    }

    private void checkInAdvance() {
        if (!charge.terms().inAdvance()) {
            return;
        }
        if (!metric.aggregation().canPeak()) {
            throw refused("pay_in_advance", "has no meaning with aggregation " + metric.aggregation().code()
                    + ", whose units do not come one by one");
        }
        if (charge.models().anyMatch(model -> model instanceof Volume)) {
            throw refused("pay_in_advance", "has no meaning with charge model volume, whose price of a unit is known when"
                    + " the period is over");
        }
    }

    private void checkProrated() {
        if (!charge.terms().prorated()) {
            return;
        }
        if (!metric.recurring() || !metric.aggregation().canProrate()) {
            throw refused("prorated", "needs a recurring metric that sums or counts distinct values, not " + metric.code());
        }
        boolean inAdvance = charge.terms().inAdvance();
        charge.models().filter(model -> !model.allowsProration() || inAdvance && !(model instanceof Standard)).findFirst()
                .ifPresent(model -> {
                    throw refused("prorated", "has no meaning with charge model " + model.code()
                            + (inAdvance ? " in advance" : ""));
                });
        if (metric.rounding().mode() != QuantityRounding.Mode.NONE && looksAtSingleUnits()) {
            throw refused("prorated", "cannot give each unit its place, because metric " + metric.code() + " is rounded");
        }
    }

    private boolean looksAtSingleUnits() {
        return charge.models().anyMatch(model -> model instanceof Graduated) || charge.quota().included().signum() > 0
                || charge.terms().filters().stream().anyMatch(filter -> filter.quota().included().signum() > 0);
    }

    private void checkFilter(ChargeFilter filter) {
        if (metric.filters().isEmpty()) {
            return;
        }
        filter.values().forEach((property, values) -> {
            List<String> known = metric.filters().get(property);
            if (known == null) {
                throw refused("filters", "metric " + metric.code() + " does not declare the property " + property);
            }
            values.stream().filter(value -> !known.isEmpty() && !known.contains(value)).findFirst().ifPresent(value -> {
                throw refused("filters", "metric " + metric.code() + " does not declare the value " + value + " of "
                        + property);
            });
        });
    }

    private InvalidValue refused(String field, String reason) {
        return new InvalidValue(place + "." + field, reason);
    }
}
