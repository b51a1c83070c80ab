package com.nexasystems.billing.directory;

import java.util.Locale;

/** What an entry is of. */
public enum Kind {
    CUSTOMER, METRIC, PLAN, ADD_ON, TAX, COUPON, SUBSCRIPTION, INVOICE, CREDIT_NOTE, WALLET, WEBHOOK_ENDPOINT;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
