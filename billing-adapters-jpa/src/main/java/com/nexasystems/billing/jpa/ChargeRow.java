package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.FixedCharge;
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
import jakarta.persistence.Transient;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A charge, one of its filters or a fixed charge, with the figures of its model in columns. A model fills in those it has.
 */
@Entity
@Table(name = "charge")
@IdClass(ChargeRow.Key.class)
class ChargeRow {

    /** What identifies a row. */
    record Key(String planCode, int version, int position, int filter) implements Serializable { }

    @Id
    String planCode;
    @Id
    int version;
    @Id
    int position;
    @Id
    int filter;
    String code;
    String name;
    String metricCode;
    BigDecimal units;
    BigDecimal includedUnits;
    boolean inAdvance;
    boolean prorated;
    BigDecimal minAmount;
    String[] groupBy;
    String[] filterProperties;
    String[] filterValues;
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
    /** What the figures were taken from; not there in a row that was read. */
    @Transient
    ChargeModel charged;

    /** The charge itself, and then its filters. */
    static List<ChargeRow> from(PlanVersionRow version, int position, Charge charge) {
        var rows = new ArrayList<ChargeRow>();
        ChargeTerms terms = charge.terms();
        ChargeRow own = row(version, position, 0, charge.code(), charge.name(), charge.model());
        own.metricCode = charge.metric().value();
        own.includedUnits = charge.quota().included();
        own.inAdvance = terms.inAdvance();
        own.prorated = terms.prorated();
        own.minAmount = terms.minimum();
        own.groupBy = terms.groupBy().toArray(String[]::new);
        rows.add(own);
        for (ChargeFilter filter : terms.filters()) {
            ChargeRow row = row(version, position, rows.size(), charge.code(), filter.name(), filter.model());
            row.metricCode = charge.metric().value();
            row.includedUnits = filter.quota().included();
            row.groupBy = filter.groupBy().toArray(String[]::new);
            row.filterProperties = Texts.names(filter.values()).toArray(String[]::new);
            row.filterValues = Texts.values(filter.values()).toArray(String[]::new);
            rows.add(row);
        }
        return rows;
    }

    static ChargeRow from(PlanVersionRow version, int position, FixedCharge charge) {
        ChargeRow row = row(version, position, 0, charge.code(), charge.name(), charge.model());
        row.units = charge.units();
        row.inAdvance = charge.inAdvance();
        row.prorated = charge.prorated();
        return row;
    }

    private static ChargeRow row(PlanVersionRow version, int position, int filter, String code, String name,
                                 ChargeModel model) {
        var row = new ChargeRow();
        row.planCode = version.planCode;
        row.version = version.version;
        row.position = position;
        row.filter = filter;
        row.code = code;
        row.name = name;
        row.includedUnits = BigDecimal.ZERO;
        row.minAmount = BigDecimal.ZERO;
        row.groupBy = new String[0];
        row.filterProperties = new String[0];
        row.filterValues = new String[0];
        row.charged = model;
        row.model = model.code();
        row.takeFigures(model);
        return row;
    }

    boolean isFixed() {
        return units != null;
    }

    List<ChargeTierRow> tierRows() {
        return ChargeTierRow.from(this, tiers(charged));
    }

    private static List<Tier> tiers(ChargeModel model) {
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

    Charge toCharge(ChargeModel own, List<ChargeFilter> filters) {
        return new Charge(code, name, new MetricCode(metricCode), new Quota(includedUnits), own,
                new ChargeTerms(inAdvance, prorated, minAmount, List.of(groupBy), filters));
    }

    ChargeFilter toFilter(ChargeModel own) {
        return new ChargeFilter(name, Texts.lists(filterProperties, filterValues), new Quota(includedUnits), own,
                List.of(groupBy));
    }

    FixedCharge toFixedCharge(ChargeModel own) {
        return new FixedCharge(code, name, units, own, inAdvance, prorated);
    }

    ChargeModel model(List<Tier> tiers) {
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
