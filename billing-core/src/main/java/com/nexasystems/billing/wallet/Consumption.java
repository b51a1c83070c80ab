package com.nexasystems.billing.wallet;

import java.time.Instant;

/**
 * What a wallet has paid.
 *
 * @param credits what it paid, without what it was given back
 * @param lastAt  when it last paid
 */
public record Consumption(Credits credits, Instant lastAt) { }
