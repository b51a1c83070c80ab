package com.nexasystems.billing.app;

import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The prices of the demo, as options. */
final class DemoPlan {

    @Option(names = "--flat", defaultValue = SampleCatalogue.FLAT,
            description = "Price a month (default: ${DEFAULT-VALUE} CAD).")
    private String flat;

    @Option(names = "--price", defaultValue = SampleCatalogue.PRICE,
            description = "Price of a batch or package beyond the quota (default: ${DEFAULT-VALUE}).")
    private String price;

    @Option(names = "--quota", defaultValue = SampleCatalogue.QUOTA,
            description = "CPU-seconds included a month (default: ${DEFAULT-VALUE}).")
    private String quota;

    @Option(names = "--batch", defaultValue = SampleCatalogue.BATCH,
            description = "CPU-seconds in a batch or package (default: ${DEFAULT-VALUE}).")
    private String batch;

    @Option(names = "--model", defaultValue = "standard",
            description = "standard, package, graduated or volume (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--tiers", paramLabel = "JSON", description = {"For graduated and volume, counted on the usage"
            + " beyond the quota:", "[[up to or null, \"price of a batch\", \"flat fee\"], …]"})
    private Optional<String> tiers;

    SampleCatalogue catalogue() {
        return new SampleCatalogue(flat(), new Quota(decimal("--quota", quota)), model());
    }

    private Money flat() {
        BigDecimal amount = decimal("--flat", flat);
        if (amount.scale() > SampleCatalogue.CURRENCY.getDefaultFractionDigits()) {
            throw new InvalidValue("--flat", "is finer than a cent: " + flat);
        }
        return new Money(SampleCatalogue.CURRENCY, amount);
    }

    private ChargeModel model() {
        BigDecimal one = decimal("--price", price);
        BigDecimal units = Decimals.positive("--batch", Decimals.parse("--batch", batch));
        return switch (model) {
            case "standard" -> withoutTiers(new Standard(one, units));
            case "package" -> withoutTiers(new PackageModel(one, units, BigDecimal.ZERO));
            case "graduated" -> new Graduated(tiers(), units);
            case "volume" -> new Volume(tiers(), units);
            default -> throw new InvalidValue("--model", "must be standard, package, graduated or volume: " + model);
        };
    }

    private ChargeModel withoutTiers(ChargeModel untiered) {
        if (tiers.isPresent()) {
            throw new InvalidValue("--tiers", "has no meaning with --model " + model);
        }
        return untiered;
    }

    private Tiers tiers() {
        return TierOption.parse(tiers.orElseThrow(() -> new InvalidValue("--tiers", "is mandatory with --model " + model)));
    }

    private static BigDecimal decimal(String name, String text) {
        return Decimals.parseNonNegative(name, text);
    }
}
