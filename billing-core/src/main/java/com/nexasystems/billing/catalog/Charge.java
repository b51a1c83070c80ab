package com.nexasystems.billing.catalog;

import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.util.stream.Stream;

/**
 * One metric on one plan.
 *
 * @param code  unique on the plan version, stable over versions; identifies the charge on invoice lines
 * @param name  on invoices
 * @param quota included in every billing period; overage is what exceeds it
 * @param model prices the overage
 * @param terms how it is billed
 */
public record Charge(String code, String name, MetricCode metric, Quota quota, ChargeModel model, ChargeTerms terms) {

    public Charge {
        InvalidValue.checkText("charge_code", code, 128);
        InvalidValue.checkText("name", name, 255);
        checkQuota(quota, model);
    }

    static void checkQuota(Quota quota, ChargeModel model) {
        if (quota.included().signum() > 0 && !model.allowsQuota()) {
            throw new InvalidValue("included_units", "has no meaning with charge model " + model.code()
                    + ", which prices single events");
        }
    }

    /** A charge that is named after its metric. */
    public static Charge of(MetricCode metric, Quota quota, ChargeModel model) {
        return new Charge(metric.value(), metric.value(), metric, quota, model, ChargeTerms.PLAIN);
    }

    public Charge on(ChargeTerms newTerms) {
        return new Charge(code, name, metric, quota, model, newTerms);
    }

    /** Whether it includes anything, or one of its filters does. */
    public boolean hasQuota() {
        return Stream.concat(Stream.of(quota), terms.filters().stream().map(ChargeFilter::quota))
                .anyMatch(each -> each.included().signum() > 0);
    }

    /** Its own model, and those of its filters. */
    public Stream<ChargeModel> models() {
        return Stream.concat(Stream.of(model), terms.filters().stream().map(ChargeFilter::model));
    }

    /**
     * Whether the models can price what the metric's records add up to: amounts that come with events are summed; and
     * where single events are priced, they must add up to the quantity, which a rounded one does not. What is billed in
     * advance is not rounded, and always adds up.
     */
    public boolean fits(Metric of) {
        boolean sums = of.aggregation() == Aggregation.SUM;
        boolean adding = sums || of.aggregation() == Aggregation.COUNT;
        boolean addsUp = terms.inAdvance() ? of.aggregation().canPeak()
                : adding && of.rounding().mode() == QuantityRounding.Mode.NONE;
        return models().allMatch(each -> each instanceof Dynamic ? sums : !each.looksAtEvents() || addsUp);
    }
}
