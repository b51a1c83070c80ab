package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.ApplicableTaxes;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.tax.TaxRates;
import com.nexasystems.billing.tax.UnknownJurisdiction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks up what periods cost, and what the tax on it would be, once for each plan and place. */
final class Tariffs {

    private final Plans plans;
    private final ApplicableTaxes taxes;
    private final Map<PlanCode, Plan> known = new HashMap<>();

    Tariffs(Plans plans, TaxRates taxRates) {
        this.plans = plans;
        this.taxes = new ApplicableTaxes(taxRates, UnknownJurisdiction.UNTAXED).remembering();
    }

    Plan plan(ShadowPeriod period) {
        return plan(period.subscription().planAt(period.period().start()));
    }

    /** What an imported plan charges for. */
    MetricCode metric(ShadowPeriod period) {
        return plan(period).latest().charges().get(0).metric();
    }

    private Plan plan(PlanCode code) {
        return known.computeIfAbsent(code, each -> plans.find(each)
                .orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + each)));
    }

    Tariff of(ShadowPeriod period, Optional<Customer> customer) {
        Plan plan = plan(period);
        PlanVersion version = plan.versionAt(period.period().start());
        return Tariff.of(plan, version, customer.map(known -> percents(known, period.first())).orElse(List.of()));
    }

    /** Of the plans that have been met so far. */
    Set<String> names() {
        return known.values().stream().map(Plan::name).collect(Collectors.toSet());
    }

    /** What the other imported plans of an interval cost that have been met so far. */
    List<Tariff> others(ShadowPeriod period) {
        Plan own = plan(period);
        return known.values().stream().filter(plan -> plan.interval() == own.interval() && plan != own)
                .flatMap(plan -> plan.versions().stream().map(version -> Tariff.of(plan, version, List.of())))
                .toList();
    }

    /** All taxes together first, then each by itself. */
    private List<BigDecimal> percents(Customer customer, LocalDate day) {
        List<BigDecimal> each = taxes.of(customer, day).stream().map(TaxRate::percent).toList();
        return Stream.concat(each.stream().reduce(BigDecimal::add).stream(), each.stream()).distinct().toList();
    }
}
