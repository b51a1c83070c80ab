package com.nexasystems.billing.jpa;

import com.nexasystems.billing.charge.Tier;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

@Entity
@Table(name = "charge_tier")
@IdClass(ChargeTierRow.Key.class)
class ChargeTierRow {

    /** What identifies a row. */
    record Key(String planCode, int version, int chargePosition, int chargeFilter, int position) implements Serializable { }

    @Id
    String planCode;
    @Id
    int version;
    @Id
    int chargePosition;
    @Id
    int chargeFilter;
    @Id
    int position;
    BigDecimal upTo;
    BigDecimal price;
    BigDecimal flatFee;

    static List<ChargeTierRow> from(ChargeRow charge, List<Tier> tiers) {
        return IntStream.range(0, tiers.size()).mapToObj(i -> from(charge, i, tiers.get(i))).toList();
    }

    private static ChargeTierRow from(ChargeRow charge, int position, Tier tier) {
        var row = new ChargeTierRow();
        row.planCode = charge.planCode;
        row.version = charge.version;
        row.chargePosition = charge.position;
        row.chargeFilter = charge.filter;
        row.position = position;
        row.upTo = tier.upTo().orElse(null);
        row.price = tier.price();
        row.flatFee = tier.flat();
        return row;
    }

    Tier toDomain() {
        return new Tier(Optional.ofNullable(upTo), price, flatFee);
    }
}
