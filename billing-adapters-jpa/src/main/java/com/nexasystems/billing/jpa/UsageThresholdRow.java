package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.UsageThreshold;
import com.nexasystems.billing.money.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

@Entity
@Table(name = "usage_threshold")
@IdClass(UsageThresholdRow.Key.class)
class UsageThresholdRow {

    /** What identifies a row. */
    record Key(String planCode, int version, int position) implements Serializable { }

    @Id
    String planCode;
    @Id
    int version;
    @Id
    int position;
    String name;
    BigDecimal amount;
    boolean recurring;

    static List<UsageThresholdRow> from(PlanVersionRow version, List<UsageThreshold> thresholds) {
        return IntStream.range(0, thresholds.size()).mapToObj(i -> from(version, i, thresholds.get(i))).toList();
    }

    private static UsageThresholdRow from(PlanVersionRow version, int position, UsageThreshold threshold) {
        var row = new UsageThresholdRow();
        row.planCode = version.planCode;
        row.version = version.version;
        row.position = position;
        row.name = threshold.name();
        row.amount = threshold.amount().amount();
        row.recurring = threshold.recurring();
        return row;
    }

    UsageThreshold toDomain(Currency currency) {
        return new UsageThreshold(name, new Money(currency, amount), recurring);
    }
}
