package com.nexasystems.billing.payment;

/**
 * What a provider tells us of: that something has changed, not what it is now. That is asked for, so that notices may come
 * twice, late and in any order.
 *
 * @param id     the provider's own id of what has changed
 * @param event  the provider's own id and kind of the notice, for the log
 */
public record Notice(Subject subject, String id, String event) {

    /** What has changed. */
    public enum Subject { CHARGE, REFUND, DISPUTE, NOTHING_OF_OURS }
}
