package com.nexasystems.billing.catalog;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;

/** Whether charges can price the metrics that they name. */
public final class ChargeChecks {

    private final Metrics metrics;

    public ChargeChecks(Metrics metrics) {
        this.metrics = metrics;
    }

    /** @throws InvalidValue if a charge names a metric that does not exist, or cannot price it */
    public void check(List<Charge> charges) {
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            String place = "charges[" + i + "]";
            Metric metric = metrics.find(charge.metric()).orElseThrow(
                    () -> new InvalidValue(place + ".metric", "does not exist: " + charge.metric()));
            ChargeRules.check(place, charge, metric);
        }
    }
}
