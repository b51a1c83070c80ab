package com.nexasystems.billing.jpa;

import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

@Entity
@Table(name = "tax_rate")
@IdClass(TaxRateRow.Key.class)
class TaxRateRow {

    /** What identifies a row. */
    record Key(String jurisdiction, String code, LocalDate fromDay) implements Serializable { }

    @Id
    String jurisdiction;
    @Id
    String code;
    @Id
    LocalDate fromDay;
    LocalDate untilDay;

    static TaxRateRow from(TaxRate rate) {
        var row = new TaxRateRow();
        row.jurisdiction = rate.jurisdiction().code();
        row.code = rate.code();
        row.fromDay = rate.from();
        row.untilDay = rate.until().orElse(null);
        return row;
    }

    TaxRate toDomain(List<TaxRateComponentRow> components) {
        return new TaxRate(new Jurisdiction(jurisdiction), code,
                components.stream().filter(part -> part.code.equals(code) && part.fromDay.equals(fromDay))
                        .map(TaxRateComponentRow::toDomain).toList(),
                fromDay, Optional.ofNullable(untilDay));
    }
}
