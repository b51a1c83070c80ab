package com.nexasystems.billing.tax;

/** What to do where a customer's address decides the taxes, and no rate is known there. */
public enum UnknownJurisdiction {
    /** No invoice: no tax is not a guess to make. */
    REFUSED,
    /** An invoice without tax, for services that say themselves what is taxed. */
    UNTAXED
}
