package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quota.Quota;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A charge, with the figures of its model in columns. A model fills in those it has. */
@Entity
@Table(name = "charge")
@IdClass(ChargeRow.Key.class)
class ChargeRow {

    /** What identifies a row. */
    record Key(String planCode, int version, int position) implements Serializable { }

    @Id
    String planCode;
    @Id
    int version;
    @Id
    int position;
    String code;
    String name;
    String metricCode;
    BigDecimal includedUnits;
    String model;
    BigDecimal price;
    BigDecimal batch;
    BigDecimal packageSize;
    BigDecimal freeUnits;
    BigDecimal rate;
    BigDecimal fixedFee;
    Integer freeEvents;
    BigDecimal freeAmount;
    BigDecimal minimum;
    BigDecimal maximum;

    static ChargeRow from(PlanVersionRow version, int position, Charge charge) {
        var row = new ChargeRow();
        row.planCode = version.planCode;
        row.version = version.version;
        row.position = position;
        row.code = charge.code();
        row.name = charge.name();
        row.metricCode = charge.metric().value();
        row.includedUnits = charge.quota().included();
        row.model = charge.model().code();
        row.takeFigures(charge.model());
        return row;
    }

    static List<Tier> tiers(ChargeModel model) {
        if (model instanceof Graduated graduated) {
            return graduated.tiers().list();
        }
        if (model instanceof Volume volume) {
            return volume.tiers().list();
        }
        return model instanceof GraduatedPercentage percentage ? percentage.tiers().list() : List.of();
    }

    private void takeFigures(ChargeModel from) {
        if (from instanceof Standard standard) {
            price = standard.price();
            batch = standard.batch();
        } else if (from instanceof PackageModel packages) {
            price = packages.price();
            packageSize = packages.size();
            freeUnits = packages.freeUnits();
        } else if (from instanceof Graduated graduated) {
            batch = graduated.batch();
        } else if (from instanceof Volume volume) {
            batch = volume.batch();
        } else if (from instanceof Percentage percentage) {
            rate = percentage.rate();
            fixedFee = percentage.fixedFee();
            freeEvents = percentage.freeEvents();
            freeAmount = percentage.freeAmount();
            minimum = percentage.minimum().orElse(null);
            maximum = percentage.maximum().orElse(null);
        }
    }

    Charge toDomain(List<Tier> tiers) {
        return new Charge(code, name, new MetricCode(metricCode), new Quota(includedUnits), model(tiers));
    }

    private ChargeModel model(List<Tier> tiers) {
        return switch (model) {
            case "standard" -> new Standard(price, batch);
            case "package" -> new PackageModel(price, packageSize, freeUnits);
            case "graduated" -> new Graduated(new Tiers(tiers), batch);
            case "volume" -> new Volume(new Tiers(tiers), batch);
            case "percentage" -> new Percentage(rate, fixedFee, freeEvents, freeAmount, Optional.ofNullable(minimum),
                    Optional.ofNullable(maximum));
            case "graduated_percentage" -> new GraduatedPercentage(new Tiers(tiers));
            case "dynamic" -> new Dynamic();
            default -> throw new IllegalStateException("no charge model is called " + model);
        };
    }
}
