package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.util.List;

/**
 * Every unit at the same price: {@code units ÷ batch × price}. A fraction of a batch counts proportionally.
 *
 * @param price of one batch, not negative
 * @param batch units in a batch, above zero
 */
public record Standard(BigDecimal price, BigDecimal batch) implements ChargeModel {

    public Standard {
        price = Decimals.nonNegative("amount", price);
        batch = Decimals.positive("unit_batch", batch);
    }

    public static Standard of(String price) {
        return of(price, "1");
    }

    public static Standard of(String price, String batch) {
        return new Standard(Decimals.parse("amount", price), Decimals.parse("unit_batch", batch));
    }

    @Override
    public String code() {
        return "standard";
    }

    @Override
    public boolean allowsProration() {
        return true;
    }

    @Override
    public Priced price(Billable billable) {
        return price("units", billable.total());
    }

    @Override
    public Priced price(Prorated prorated) {
        return price("units" + Tiers.PRORATED, prorated.units());
    }

    private Priced price(String rule, BigDecimal units) {
        return units.signum() == 0 ? Priced.nothing()
                : new Priced(units, List.of(new Priced.Step(rule, units, price, batch)));
    }
}
