package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;

/**
 * All units at the price of the tier in which the total falls, plus that tier's flat fee. Zero units fall in the first
 * tier, so its flat fee is due.
 *
 * @param batch units that a tier's price is for, above zero; a fraction of a batch counts proportionally
 */
public record Volume(Tiers tiers, BigDecimal batch) implements ChargeModel {

    public Volume {
        batch = Decimals.positive("unit_batch", batch);
    }

    public static Volume of(Tier... tiers) {
        return new Volume(Tiers.of(tiers), BigDecimal.ONE);
    }

    @Override
    public String code() {
        return "volume";
    }

    @Override
    public boolean allowsProration() {
        return true;
    }

    @Override
    public Priced price(Billable billable) {
        return tiers.volume(billable.total(), billable.total(), "", batch);
    }

    /** By the tier in which the units fall that are there at the end. */
    @Override
    public Priced price(Prorated prorated) {
        return tiers.volume(prorated.total(), prorated.units(), Tiers.PRORATED, batch);
    }
}
