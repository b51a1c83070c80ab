package com.nexasystems.billing.rating;

import com.nexasystems.billing.identity.Customer;

/**
 * What would have changed for a customer.
 *
 * @param subscriptions that were billed in the time looked at
 * @param periods       billing periods of theirs, or stretches of one
 * @param cutPeriods    how many of these the time looked at cuts short: their flat price is prorated, but their quota and
 *                      tiers are those of a whole period
 */
public record SimulatedCustomer(Customer customer, long subscriptions, long periods, long cutPeriods,
                                PriceComparison prices) {

    SimulatedCustomer plus(SimulatedCustomer other) {
        return new SimulatedCustomer(customer, subscriptions + other.subscriptions, periods + other.periods,
                cutPeriods + other.cutPeriods, prices.plus(other.prices));
    }
}
