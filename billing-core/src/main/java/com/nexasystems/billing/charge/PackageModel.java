package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Whole packages: {@code ⌈max(0, units − free) ÷ size⌉ × price}. Every package that was started is charged whole.
 *
 * @param price     of one package, not negative
 * @param size      units in a package, above zero
 * @param freeUnits left out first, not negative
 */
public record PackageModel(BigDecimal price, BigDecimal size, BigDecimal freeUnits) implements ChargeModel {

    public PackageModel {
        price = Decimals.nonNegative("amount", price);
        size = Decimals.positive("package_size", size);
        freeUnits = Decimals.nonNegative("free_units", freeUnits);
    }

    public static PackageModel of(String price, String size, String freeUnits) {
        return new PackageModel(Decimals.parse("amount", price), Decimals.parse("package_size", size),
                Decimals.parse("free_units", freeUnits));
    }

    @Override
    public String code() {
        return "package";
    }

    @Override
    public Priced price(Billable billable) {
        BigDecimal paid = billable.total().subtract(freeUnits);
        if (paid.signum() <= 0) {
            return Priced.nothing();
        }
        BigDecimal started = paid.divide(size, 0, RoundingMode.UP);
        return new Priced(Decimals.normal(paid), List.of(new Priced.Step("packages", started, price, BigDecimal.ONE)));
    }
}
