package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.money.Money;

/**
 * What a simulation came to, over all customers.
 *
 * @param subscriptions that were billed in the time looked at
 * @param periods       billing periods of theirs, or stretches of one
 * @param cutPeriods    how many of these the time looked at cuts short, see {@link SimulatedCustomer}
 * @param paysLess      customers who would have paid less, by the amounts that stand on invoices
 * @param paysMore      who would have paid more
 * @param paysTheSame   who would have paid the same
 */
public record SimulationReport(PlanCode plan, long subscriptions, long periods, long cutPeriods, PriceComparison prices,
                               Group paysLess, Group paysMore, Group paysTheSame) {

    /**
     * Customers whose bill would change the same way.
     *
     * @param difference of all of them; negative = they would pay less
     */
    public record Group(long customers, Money difference) {

        Group plus(Money more) {
            return new Group(customers + 1, difference.plus(more));
        }
    }

    static SimulationReport none(PlanCode plan, PriceComparison none) {
        var nobody = new Group(0, Money.zero(none.total().before().currency()));
        return new SimulationReport(plan, 0, 0, 0, none, nobody, nobody, nobody);
    }

    public long customers() {
        return paysLess.customers + paysMore.customers + paysTheSame.customers;
    }

    SimulationReport plus(SimulatedCustomer customer) {
        Money difference = customer.prices().total().difference();
        int sign = difference.amount().signum();
        return new SimulationReport(plan, subscriptions + customer.subscriptions(), periods + customer.periods(),
                cutPeriods + customer.cutPeriods(), prices.plus(customer.prices()),
                sign < 0 ? paysLess.plus(difference) : paysLess,
                sign > 0 ? paysMore.plus(difference) : paysMore, sign == 0 ? paysTheSame.plus(difference) : paysTheSame);
    }
}
