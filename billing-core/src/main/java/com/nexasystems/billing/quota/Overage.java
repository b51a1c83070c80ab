package com.nexasystems.billing.quota;

import java.math.BigDecimal;

/**
 * A period's usage against its quota, in the unit of the metric.
 *
 * @param included  the quota
 * @param overage   used beyond the quota; zero within it
 * @param remaining still included; zero beyond the quota
 */
public record Overage(BigDecimal included, BigDecimal overage, BigDecimal remaining) {

    public boolean exceeded() {
        return overage.signum() > 0;
    }
}
