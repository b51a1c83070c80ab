package com.nexasystems.billing.ledger;

import com.nexasystems.billing.money.Money;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The legs of an entry while it is written: one for each account, and none of nothing. */
final class Legs {

    private final SortedMap<LedgerAccount, Money> sums = new TreeMap<>();

    void add(LedgerAccount account, Money amount) {
        sums.merge(account, amount, Money::plus);
    }

    List<Posting> postings() {
        return sums.entrySet().stream().filter(leg -> !leg.getValue().isZero())
                .map(leg -> new Posting(leg.getKey(), leg.getValue())).toList();
    }
}
