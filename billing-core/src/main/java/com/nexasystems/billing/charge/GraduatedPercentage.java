package com.nexasystems.billing.charge;

/**
 * A rate per tier on the part of an amount that lies in it, plus the flat fee of every tier that was reached. The units
 * are an amount in the major unit of the plan's currency; a tier's price is a rate in percent.
 */
public record GraduatedPercentage(Tiers tiers) implements ChargeModel {

    @Override
    public String code() {
        return "graduated_percentage";
    }

    @Override
    public Priced price(Billable billable) {
        return tiers.graduated(billable.total(), Priced.HUNDRED);
    }
}
