package com.nexasystems.billing.rating;

import com.nexasystems.billing.money.ExactAmount;

/**
 * What one event adds to a price: that of all events so far, less that of all but this one. A tier, a package or an
 * allowance that the event reaches falls to it.
 *
 * @param with    the same charge, part and period, with the event
 * @param without the event
 */
public record MarginalPrice(Explanation with, Explanation without) {

    public MarginalPrice {
        if (!with.charge().equals(without.charge()) || !with.part().equals(without.part())) {
            throw new IllegalArgumentException("not two prices of one charge: " + with.charge() + " " + with.part() + " and "
                    + without.charge() + " " + without.part());
        }
    }

    /** Below zero if the event takes units away from a charge that is not billed in advance. */
    public ExactAmount amount() {
        return new ExactAmount(with.currency(), with.exact().value().subtract(without.exact().value()));
    }
}
