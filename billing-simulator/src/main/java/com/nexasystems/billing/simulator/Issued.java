package com.nexasystems.billing.simulator;

/**
 * A bill that was sent.
 *
 * @param voided    and taken back
 * @param inDollars marked USD
 */
record Issued(Bill bill, boolean voided, boolean inDollars) {

    static Issued of(Bill bill) {
        return new Issued(bill, false, false);
    }
}
