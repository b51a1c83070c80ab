package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;

/**
 * Each tier's units at that tier's price, plus the flat fee of every tier that was reached. Zero units reach the first
 * tier, so its flat fee is due in any case (as in Lago since June 2026).
 *
 * @param batch units that a tier's price is for, above zero; a fraction of a batch counts proportionally
 */
public record Graduated(Tiers tiers, BigDecimal batch) implements ChargeModel {

    public Graduated {
        batch = Decimals.positive("unit_batch", batch);
    }

    public static Graduated of(Tier... tiers) {
        return new Graduated(Tiers.of(tiers), BigDecimal.ONE);
    }

    @Override
    public String code() {
        return "graduated";
    }

    @Override
    public boolean allowsProration() {
        return true;
    }

    @Override
    public Priced price(Billable billable) {
        return tiers.graduated(billable.total(), batch);
    }

    /**
     * Each unit at the price of the tier in which it has its place, and the flat fees of the tiers that were reached at any
     * time. Where no unit ever was, nothing is due; nor where more went than came.
     */
    @Override
    public Priced price(Prorated prorated) {
        return prorated.isBelowZero() ? Priced.nothing() : tiers.graduated(prorated, batch);
    }
}
