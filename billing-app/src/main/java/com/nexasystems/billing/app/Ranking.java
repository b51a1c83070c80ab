package com.nexasystems.billing.app;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.SimulatedCustomer;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The customers whose bill would change most; of however many, only these are held. */
final class Ranking {

    private static final int SIZE = 10;

    private static final Comparator<SimulatedCustomer> LESS_FIRST = Comparator.comparing(Ranking::difference)
            .thenComparing(customer -> customer.customer().id().toString());

    private final PriorityQueue<SimulatedCustomer> less = new PriorityQueue<>(LESS_FIRST.reversed());
    private final PriorityQueue<SimulatedCustomer> more = new PriorityQueue<>(LESS_FIRST);

    void add(SimulatedCustomer customer) {
        int sign = difference(customer).amount().signum();
        if (sign != 0) {
            PriorityQueue<SimulatedCustomer> own = sign < 0 ? less : more;
            own.add(customer);
            if (own.size() > SIZE) {
                own.remove();
            }
        }
    }

    /** Who would save most, first. */
    List<SimulatedCustomer> winners() {
        return less.stream().sorted(LESS_FIRST).toList();
    }

    /** Who would pay most on top, first. */
    List<SimulatedCustomer> losers() {
        return more.stream().sorted(LESS_FIRST.reversed()).toList();
    }

    static Money difference(SimulatedCustomer customer) {
        return customer.prices().total().difference();
    }
}
