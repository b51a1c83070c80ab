package com.nexasystems.billing.jpa;

import com.nexasystems.billing.tax.TaxRate;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

@Entity
@Table(name = "tax_rate_component")
@IdClass(TaxRateComponentRow.Key.class)
class TaxRateComponentRow {

    /** What identifies a row. */
    record Key(String jurisdiction, String code, LocalDate fromDay, int position) implements Serializable { }

    @Id
    String jurisdiction;
    @Id
    String code;
    @Id
    LocalDate fromDay;
    @Id
    int position;
    String name;
    BigDecimal percent;

    static List<TaxRateComponentRow> from(TaxRate rate) {
        return IntStream.range(0, rate.components().size()).mapToObj(i -> from(rate, i)).toList();
    }

    private static TaxRateComponentRow from(TaxRate rate, int position) {
        var row = new TaxRateComponentRow();
        row.jurisdiction = rate.jurisdiction().code();
        row.code = rate.code();
        row.fromDay = rate.from();
        row.position = position;
        row.name = rate.components().get(position).name();
        row.percent = rate.components().get(position).percent();
        return row;
    }

    TaxRate.Component toDomain() {
        return new TaxRate.Component(name, percent);
    }
}
