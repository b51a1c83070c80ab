package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.period.Interval;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

@Entity
@Table(name = "plan")
class PlanRow {

    @Id
    String code;
    String name;
    String currency;
    String billedInterval;
    boolean inAdvance;
    boolean active;
    int trialDays;
    boolean usageMonthly;
    boolean fixedChargesMonthly;
    String overrides;
    boolean shadow;

    static PlanRow from(Plan plan) {
        var row = new PlanRow();
        row.code = plan.code().value();
        row.name = plan.name();
        row.currency = plan.currency().getCurrencyCode();
        row.billedInterval = plan.interval().name();
        row.inAdvance = plan.inAdvance();
        row.active = plan.active();
        row.trialDays = plan.terms().trialDays();
        row.usageMonthly = plan.terms().usageMonthly();
        row.fixedChargesMonthly = plan.terms().fixedChargesMonthly();
        row.overrides = plan.terms().overrides().map(PlanCode::value).orElse(null);
        row.shadow = plan.terms().shadow();
        return row;
    }

    Currency currency() {
        return Currency.getInstance(currency);
    }

    Plan toDomain(List<PlanVersion> versions) {
        var terms = new PlanTerms(trialDays, usageMonthly, fixedChargesMonthly,
                Optional.ofNullable(overrides).map(PlanCode::new), shadow);
        return new Plan(new PlanCode(code), name, currency(), Interval.valueOf(billedInterval), inAdvance, active, terms,
                versions);
    }
}
