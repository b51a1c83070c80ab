package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.UsageThreshold;
import com.nexasystems.billing.money.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

@Entity
@Table(name = "plan_version")
@IdClass(PlanVersionRow.Key.class)
class PlanVersionRow {

    /** What identifies a row. */
    record Key(String planCode, int version) implements Serializable { }

    @Id
    String planCode;
    @Id
    int version;
    Instant effectiveFrom;
    BigDecimal flatPrice;
    BigDecimal commitment;

    static PlanVersionRow from(PlanCode plan, PlanVersion version) {
        var row = new PlanVersionRow();
        row.planCode = plan.value();
        row.version = version.number();
        row.effectiveFrom = version.effectiveFrom();
        row.flatPrice = version.flatPrice().amount();
        row.commitment = version.commitment().map(Money::amount).orElse(null);
        return row;
    }

    PlanVersion toDomain(Currency currency, List<Charge> charges, List<FixedCharge> fixedCharges,
                         List<UsageThreshold> thresholds) {
        return new PlanVersion(version, effectiveFrom, new Money(currency, flatPrice), charges, fixedCharges,
                Optional.ofNullable(commitment).map(amount -> new Money(currency, amount)), thresholds);
    }
}
