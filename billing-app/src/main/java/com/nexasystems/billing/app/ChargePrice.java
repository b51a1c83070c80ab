package com.nexasystems.billing.app;

import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The price of a charge in Lago's spelling: {@code charge_model} and {@code properties}. {@code included_units} and
 * {@code unit_batch} are ours, and may stand beside the properties or among them.
 */
final class ChargePrice {

    static final String INCLUDED = "included_units";
    static final String BATCH = "unit_batch";
    /** A misspelt one must not price at nothing. Those of another model are let through, as Lago keeps them. */
    private static final Set<String> PROPERTIES = Set.of(INCLUDED, BATCH, "amount", "graduated_ranges", "volume_ranges",
            "graduated_percentage_ranges", "package_size", "free_units", "rate", "fixed_amount", "free_units_per_events",
            "free_units_per_total_aggregation", "per_transaction_min_amount", "per_transaction_max_amount",
            "pricing_group_keys", "grouped_by", "presentation_group_keys", "custom_properties");
    private static final Set<String> WITH_BATCH = Set.of("standard", "graduated", "volume");

    private final ChargeFields charge;
    private final ChargeFields properties;

    /** @param prefix how errors name the properties' place */
    ChargePrice(ChargeFields charge, String prefix) {
        this.charge = charge;
        this.properties = ChargeFields.of(charge.name("properties"), prefix, charge.value("properties").orElse(Map.of()));
        properties.names().stream().filter(name -> !PROPERTIES.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidValue(properties.name(name), "is no property of any charge model");
        });
    }

    ChargeFields properties() {
        return properties;
    }

    Quota quota() {
        return new Quota(own(INCLUDED).orElse(BigDecimal.ZERO));
    }

    ChargeModel model() {
        String code = charge.text("charge_model");
        if (own(BATCH).isPresent() && !WITH_BATCH.contains(code)) {
            throw new InvalidValue(charge.name(BATCH), "has no meaning with charge_model " + code);
        }
        return switch (code) {
            case "standard" -> new Standard(properties.mandatory("amount"), batch());
            case "graduated" -> new Graduated(
                    new ChargeRanges("graduated_ranges", "per_unit_amount").read(properties), batch());
            case "volume" -> new Volume(new ChargeRanges("volume_ranges", "per_unit_amount").read(properties), batch());
            case "graduated_percentage" -> new GraduatedPercentage(
                    new ChargeRanges("graduated_percentage_ranges", "rate").read(properties));
            case "package" -> new PackageModel(properties.mandatory("amount"), properties.mandatory("package_size"),
                    properties.mandatory("free_units"));
            case "percentage" -> percentage();
            case "dynamic" -> new Dynamic();
            default -> throw new InvalidValue(charge.name("charge_model"), "must be standard, graduated, "
                    + "graduated_percentage, package, percentage, volume or dynamic");
        };
    }

    private Percentage percentage() {
        return new Percentage(properties.mandatory("rate"), properties.orZero("fixed_amount"),
                properties.wholeNumberOrZero("free_units_per_events"),
                properties.orZero("free_units_per_total_aggregation"),
                properties.nonNegative("per_transaction_min_amount"), properties.nonNegative("per_transaction_max_amount"));
    }

    private BigDecimal batch() {
        return Decimals.positive(charge.name(BATCH), own(BATCH).orElse(BigDecimal.ONE));
    }

    private Optional<BigDecimal> own(String field) {
        Optional<BigDecimal> beside = charge.decimal(field);
        Optional<BigDecimal> among = properties.decimal(field);
        if (beside.isPresent() && among.isPresent() && !beside.equals(among)) {
            throw new InvalidValue(charge.name(field), "is " + beside.get().toPlainString() + " beside the properties and "
                    + among.get().toPlainString() + " among them");
        }
        return beside.or(() -> among);
    }
}
