package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.time.Instant;
import java.util.Currency;

/**
 * A hosting platform with one plan: a price a month in arrears, and CPU-seconds beyond a quota.
 *
 * @param flat  a month
 * @param model prices the CPU-seconds beyond the quota
 */
record SampleCatalogue(Money flat, Quota quota, ChargeModel model) {

    static final Currency CURRENCY = Currency.getInstance("CAD");
    static final String SERVICE = "hosting";
    static final String METRIC = "cpu_seconds";
    static final PlanCode PLAN = new PlanCode("hosting-monthly");

    private static final Instant EVER = Instant.parse("1900-01-01T00:00:00Z");

    static final String FLAT = "20.00";
    static final String QUOTA = "18000";
    static final String PRICE = "0.0075";
    static final String BATCH = "3600";

    static final SampleCatalogue DEFAULT =
            new SampleCatalogue(Money.of(CURRENCY, FLAT), Quota.of(QUOTA), Standard.of(PRICE, BATCH));

    /** Safe to be killed in, and to run twice at once: all of it is there or nothing. */
    Service findOrSetUp(Billing billing) {
        Services services = billing.ports().services();
        try {
            return services.findByCode(SERVICE).orElseGet(() -> billing.ports().unitOfWork().call(() -> setUp(billing)));
        } catch (InvalidValue taken) {
            return services.findByCode(SERVICE).orElseThrow(() -> taken);
        }
    }

    /** In force from ever, so that usage of any time can be loaded. */
    private Service setUp(Billing billing) {
        Service service = billing.register(SERVICE, "Hosting");
        Metric metric = billing.define(Metric.of(METRIC, Aggregation.SUM, "CPU-second"));
        billing.plans().publish(Plan.of(PLAN.value(), Interval.MONTHLY, false, flat, EVER,
                Charge.of(metric.code(), quota, model)));
        return service;
    }
}
