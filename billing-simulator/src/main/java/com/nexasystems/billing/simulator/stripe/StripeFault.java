package com.nexasystems.billing.simulator.stripe;

/** What can go wrong between a client and Stripe. */
public enum StripeFault {
    /** Nothing does. */
    NONE(true),
    /** The connection is closed without an answer, before anything is done. */
    LOST_BEFORE_WORK(false),
    /** The connection is closed without an answer, after all was done. */
    LOST_AFTER_WORK(true),
    /** All is done, and the answer comes after {@link StripeFaults#slowness}; until then the key is in use. */
    SLOW(true),
    /** All is done, and the connection is closed in the middle of the answer. */
    CUT_OFF(true),
    /** 409: somebody else uses the key. Nothing is done. */
    CONFLICT(false),
    /** 429 by Stripe. Nothing is done. */
    RATE_LIMITED(false),
    /** 429 by a proxy, as a page. Nothing is done. */
    RATE_LIMITED_BY_PROXY(false),
    /** 500, before anything is done; that is the key's answer from then on. */
    ERROR_BEFORE_WORK(false),
    /** 500, after all was done; that is the key's answer from then on. */
    ERROR_AFTER_WORK(true),
    /** 503 by a proxy, as a page. Nothing is done. */
    UNAVAILABLE(false),
    /** 502 by a proxy, as a page, after all was done. */
    BAD_GATEWAY(true),
    /** 502 by a proxy, without a body, after all was done. */
    BAD_GATEWAY_EMPTY(true),
    /** 200 without a body, after all was done. */
    EMPTY(true),
    /** 200 and half of the JSON, after all was done. */
    HALF_JSON(true),
    /** 200 and a list without elements, of which there is more. Nothing is done. */
    MORE_OF_NOTHING(false),
    /** 200 and a page of somebody in between. Nothing is done. */
    FOREIGN_PAGE(false);

    private final boolean works;

    StripeFault(boolean works) {
        this.works = works;
    }

    /** Whether Stripe does what it is asked for all the same. */
    public boolean works() {
        return works;
    }
}
