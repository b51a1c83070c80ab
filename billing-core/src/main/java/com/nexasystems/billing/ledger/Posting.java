package com.nexasystems.billing.ledger;

import com.nexasystems.billing.money.Money;

/**
 * A leg of a journal entry.
 *
 * @param amount above zero on the debit side, below zero on the credit side; never zero
 */
public record Posting(LedgerAccount account, Money amount) {

    public Posting {
        if (amount.isZero()) {
            throw new IllegalArgumentException("a posting of nothing on " + account);
        }
    }

    public Posting negated() {
        return new Posting(account, amount.negated());
    }
}
