package com.nexasystems.billing.app;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.charge.Billable;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A charge and its usage as one JSON object, in Lago's spelling; {@code included_units} and {@code unit_batch} are ours,
 * and may stand beside the properties or among them.
 */
final class ChargeJson {

    private static final String INCLUDED = "included_units";
    private static final String BATCH = "unit_batch";
    /** A misspelt one must not price at nothing. Those of another model are let through, as Lago keeps them. */
    private static final Set<String> PROPERTIES = Set.of(INCLUDED, BATCH, "amount", "graduated_ranges", "volume_ranges",
            "graduated_percentage_ranges", "package_size", "free_units", "rate", "fixed_amount", "free_units_per_events",
            "free_units_per_total_aggregation", "per_transaction_min_amount", "per_transaction_max_amount",
            "pricing_group_keys", "grouped_by", "presentation_group_keys", "custom_properties");
    private static final Set<String> WITH_BATCH = Set.of("standard", "graduated", "volume");

    private final ChargeFields root;
    private final ChargeFields properties;

    private ChargeJson(ChargeFields root) {
        this.root = root;
        this.properties = ChargeFields.of("properties", "", root.value("properties").orElse(Map.of()));
        properties.names().stream().filter(name -> !PROPERTIES.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidValue(name, "is no property of any charge model");
        });
    }

    /** @throws InvalidValue naming the field, if the charge cannot be priced */
    static Priced price(String line) {
        return new ChargeJson(ChargeFields.of("line", "", Json.read("line", line))).price();
    }

    private Priced price() {
        ChargeModel model = model();
        var quota = new Quota(own(INCLUDED).orElse(BigDecimal.ZERO));
        var charge = Charge.of(new MetricCode("units"), quota, model);
        Billable used = new ChargeUsage(root, model).read();
        BigDecimal overage = charge.quota().over(used.total()).overage();
        return model.price(new Billable(overage, used.count(), used.events(), used.amount()));
    }

    private ChargeModel model() {
        String code = root.text("charge_model");
        if (own(BATCH).isPresent() && !WITH_BATCH.contains(code)) {
            throw new InvalidValue(BATCH, "has no meaning with charge_model " + code);
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
            default -> throw new InvalidValue("charge_model", "must be standard, graduated, graduated_percentage, package, "
                    + "percentage, volume or dynamic");
        };
    }

    private Percentage percentage() {
        return new Percentage(properties.mandatory("rate"), properties.orZero("fixed_amount"),
                properties.wholeNumberOrZero("free_units_per_events"),
                properties.orZero("free_units_per_total_aggregation"),
                properties.nonNegative("per_transaction_min_amount"), properties.nonNegative("per_transaction_max_amount"));
    }

    private BigDecimal batch() {
        return Decimals.positive(BATCH, own(BATCH).orElse(BigDecimal.ONE));
    }

    private Optional<BigDecimal> own(String field) {
        Optional<BigDecimal> beside = root.decimal(field);
        Optional<BigDecimal> among = properties.decimal(field);
        if (beside.isPresent() && among.isPresent() && !beside.equals(among)) {
            throw new InvalidValue(field, "is " + beside.get().toPlainString() + " beside the properties and "
                    + among.get().toPlainString() + " among them");
        }
        return beside.or(() -> among);
    }
}
