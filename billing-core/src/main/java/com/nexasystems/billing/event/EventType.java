package com.nexasystems.billing.event;

/** The closed list of events. */
public enum EventType {
    INVOICE_CREATED("invoice.created"),
    INVOICE_FINALIZED("invoice.finalized"),
    INVOICE_PAYMENT_SUCCEEDED("invoice.payment_succeeded"),
    INVOICE_PAYMENT_FAILED("invoice.payment_failed"),
    SUBSCRIPTION_STARTED("subscription.started"),
    SUBSCRIPTION_REACTIVATED("subscription.reactivated"),
    SUBSCRIPTION_TERMINATED("subscription.terminated"),
    USAGE_THRESHOLD_REACHED("usage.threshold_reached"),
    RECONCILIATION_DELTA("reconciliation.delta");

    private final String code;

    EventType(String code) {
        this.code = code;
    }

    /** As receivers see it. */
    public String code() {
        return code;
    }
}
