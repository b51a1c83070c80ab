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
    public Priced price(Billable billable) {
        if (billable.total().signum() == 0) {
            return Priced.nothing();
        }
        return new Priced(billable.total(), List.of(new Priced.Step("units", billable.total(), price, batch)));
    }
}
