package com.nexasystems.billing.http;

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
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Charge models as {@code charge_model} and {@code properties}. Prices are decimal texts; {@code included_units} (the quota)
 * and {@code unit_batch} (what a price is for) are ours. Ranges may touch ("0–10, 10–20") or stand one unit apart ("0–10,
 * 11–20"): both are the same tiers.
 */
final class ChargeModelJson {

    private ChargeModelJson() {
    }

    /** @throws ApiError 422 on {@code properties}, with Lago's code for what is wrong */
    static ChargeModel read(String model, Fields properties) {
        return switch (model) {
            case "standard" -> new Standard(price(properties, "amount", "invalid_amount"), batch(properties));
            case "package" -> new PackageModel(price(properties, "amount", "invalid_amount"),
                    above(properties, "package_size", "invalid_package_size"), number(properties, "free_units",
                    "invalid_free_units").orElseThrow(() -> refused(properties, "free_units", "invalid_free_units")));
            case "graduated" -> new Graduated(tiers(properties, "graduated_ranges", "per_unit_amount"), batch(properties));
            case "volume" -> new Volume(tiers(properties, "volume_ranges", "per_unit_amount"), batch(properties));
            case "graduated_percentage" ->
                    new GraduatedPercentage(tiers(properties, "graduated_percentage_ranges", "rate"));
            case "percentage" -> percentage(properties);
            case "dynamic" -> new Dynamic();
            default -> throw ApiError.invalid("charge_model", "value_is_invalid", "is no charge model: " + model);
        };
    }

    static Quota quota(Fields properties) {
        return new Quota(number(properties, "included_units", "invalid_included_units").orElse(BigDecimal.ZERO));
    }

    private static Percentage percentage(Fields properties) {
        Optional<BigDecimal> freeEvents = number(properties, "free_units_per_events", "invalid_free_units_per_events");
        if (freeEvents.filter(count -> count.scale() > 0 || count.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0)
                .isPresent()) {
            throw refused(properties, "free_units_per_events", "invalid_free_units_per_events");
        }
        Optional<BigDecimal> least = amount(properties, "per_transaction_min_amount", "invalid_amount");
        Optional<BigDecimal> most = amount(properties, "per_transaction_max_amount", "invalid_amount");
        if (least.isPresent() && most.isPresent() && most.get().compareTo(least.get()) < 0) {
            throw refused(properties, "per_transaction_max_amount",
                    "per_transaction_max_lower_than_per_transaction_min");
        }
        return new Percentage(amount(properties, "rate", "invalid_rate")
                .orElseThrow(() -> refused(properties, "rate", "invalid_rate")),
                amount(properties, "fixed_amount", "invalid_fixed_amount").orElse(BigDecimal.ZERO),
                freeEvents.map(BigDecimal::intValueExact).orElse(0),
                number(properties, "free_units_per_total_aggregation", "invalid_free_units_per_total_aggregation")
                        .orElse(BigDecimal.ZERO), least, most);
    }

    private static Tiers tiers(Fields properties, String list, String price) {
        List<Fields> ranges = properties.objects(list);
        properties.check();
        if (ranges.isEmpty()) {
            throw refused(properties, list, "missing_" + list);
        }
        var tiers = new ArrayList<Tier>();
        BigDecimal below = BigDecimal.ZERO;
        for (int i = 0; i < ranges.size(); i++) {
            Fields range = ranges.get(i);
            BigDecimal start = number(range, "from_value", "invalid_" + list).orElse(BigDecimal.ONE.negate());
            Optional<BigDecimal> end = number(range, "to_value", "invalid_" + list);
            boolean adjacent = start.compareTo(below) == 0 || start.compareTo(below.add(BigDecimal.ONE)) == 0;
            boolean last = i == ranges.size() - 1;
            if (!adjacent || last != end.isEmpty() || end.isPresent() && end.get().compareTo(below) <= 0) {
                throw refused(range, "from_value", "invalid_" + list);
            }
            tiers.add(new Tier(end, price(range, price, price.equals("rate") ? "invalid_rate" : "invalid_amount"),
                    amount(range, "flat_amount", "invalid_amount").orElse(BigDecimal.ZERO)));
            below = end.orElse(below);
        }
        return new Tiers(tiers);
    }

    private static BigDecimal price(Fields fields, String name, String code) {
        return amount(fields, name, code).orElseThrow(() -> refused(fields, name, code));
    }

    /** A price: text, as in Lago, so that no client rounds it on the way. */
    private static Optional<BigDecimal> amount(Fields fields, String name, String code) {
        if (fields.raw(name) instanceof JsonReader.Number) {
            throw refused(fields, name, code);
        }
        return number(fields, name, code);
    }

    private static Optional<BigDecimal> number(Fields fields, String name, String code) {
        Object raw = fields.raw(name);
        if (raw == null || raw.equals("")) {
            return Optional.empty();
        }
        if (!(raw instanceof String) && !(raw instanceof JsonReader.Number)) {
            throw refused(fields, name, code);
        }
        try {
            return Optional.of(Decimals.parseNonNegative(name,
                    raw instanceof JsonReader.Number number ? number.text() : (String) raw));
        } catch (InvalidValue e) {
            throw refused(fields, name, code);
        }
    }

    private static BigDecimal batch(Fields properties) {
        return properties.has("unit_batch") ? above(properties, "unit_batch", "invalid_unit_batch") : BigDecimal.ONE;
    }

    private static BigDecimal above(Fields fields, String name, String code) {
        return number(fields, name, code).filter(value -> value.signum() > 0)
                .orElseThrow(() -> refused(fields, name, code));
    }

    private static ApiError refused(Fields fields, String name, String code) {
        return ApiError.invalid("properties", code, fields.name(name) + " is not what this charge model needs");
    }

    static Json of(ChargeModel model, Quota quota, List<String> groupBy) {
        Json json = Json.object();
        if (model instanceof Standard standard) {
            json.with("amount", plain(standard.price()));
            batch(json, standard.batch());
        } else if (model instanceof PackageModel packages) {
            json.with("amount", plain(packages.price())).with("package_size", packages.size())
                    .with("free_units", packages.freeUnits());
        } else if (model instanceof Graduated graduated) {
            json.with("graduated_ranges", ranges(graduated.tiers(), "per_unit_amount", BigDecimal.ZERO));
            batch(json, graduated.batch());
        } else if (model instanceof Volume volume) {
            json.with("volume_ranges", ranges(volume.tiers(), "per_unit_amount", BigDecimal.ONE));
            batch(json, volume.batch());
        } else if (model instanceof GraduatedPercentage percentages) {
            json.with("graduated_percentage_ranges", ranges(percentages.tiers(), "rate", BigDecimal.ZERO));
        } else if (model instanceof Percentage percentage) {
            json.withAll(of(percentage));
        }
        if (quota.included().signum() > 0) {
            json.with("included_units", plain(quota.included()));
        }
        if (!groupBy.isEmpty()) {
            json.with("pricing_group_keys", groupBy);
        }
        return json;
    }

    private static Json of(Percentage percentage) {
        return Json.object("rate", plain(percentage.rate()), "fixed_amount", plain(percentage.fixedFee()),
                "free_units_per_events", percentage.freeEvents() == 0 ? null : percentage.freeEvents(),
                "free_units_per_total_aggregation", percentage.freeAmount().signum() == 0 ? null
                        : plain(percentage.freeAmount()),
                "per_transaction_min_amount", percentage.minimum().map(ChargeModelJson::plain).orElse(null),
                "per_transaction_max_amount", percentage.maximum().map(ChargeModelJson::plain).orElse(null));
    }

    /** @param step between the end of a range and the beginning of the next, as Lago's validator wants it */
    private static List<Json> ranges(Tiers tiers, String price, BigDecimal step) {
        List<Json> ranges = new ArrayList<>();
        BigDecimal start = BigDecimal.ZERO;
        for (Tier tier : tiers.list()) {
            ranges.add(Json.object("from_value", start, "to_value", tier.upTo().orElse(null), price, plain(tier.price()),
                    "flat_amount", plain(tier.flat())));
            start = tier.upTo().map(step::add).orElse(start);
        }
        return ranges;
    }

    private static void batch(Json json, BigDecimal batch) {
        if (batch.compareTo(BigDecimal.ONE) != 0) {
            json.with("unit_batch", plain(batch));
        }
    }

    private static String plain(BigDecimal value) {
        return value.toPlainString();
    }
}
