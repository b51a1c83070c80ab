package com.nexasystems.billing.shadow;

import com.nexasystems.billing.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of usage for hours that another row is there for, with the same quantity. The other one counts; this one does not.
 *
 * @param id       the application's
 * @param quantity CPU-seconds
 */
public record UsageTwin(String id, SubscriptionId subscription, Instant start, Instant end, BigDecimal quantity) { }
