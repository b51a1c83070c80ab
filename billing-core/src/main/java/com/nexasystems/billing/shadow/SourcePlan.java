package com.nexasystems.billing.shadow;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A plan of the application.
 *
 * @param monthly what a month costs before tax, in the application's currency; empty if it is not sold by the month
 * @param yearly  what a year costs
 * @param quota   CPU-seconds that a billing period includes; empty for none
 */
public record SourcePlan(String id, String name, Optional<BigDecimal> monthly, Optional<BigDecimal> yearly,
                         Optional<BigDecimal> quota, boolean active) { }
