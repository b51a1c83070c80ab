package com.nexasystems.billing.charge;

import java.math.BigDecimal;
import java.util.List;

/** The amount comes with the events; here it is only summed. Without units nothing is due. */
public record Dynamic() implements ChargeModel {

    @Override
    public String code() {
        return "dynamic";
    }

    @Override
    public boolean allowsQuota() {
        return false;
    }

    @Override
    public Priced price(Billable billable) {
        if (billable.total().signum() == 0) {
            return Priced.nothing();
        }
        return new Priced(billable.total(),
                List.of(new Priced.Step("amounts of the events", BigDecimal.ONE, billable.amount(), BigDecimal.ONE)));
    }
}
