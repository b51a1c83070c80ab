package com.nexasystems.billing.simulator.lago;

/** What can go wrong with an answer. */
public enum LagoFault {
    /** 401, as for an unknown key. */
    UNAUTHORIZED,
    /** 403: the key may not read this. */
    FORBIDDEN,
    /** 404 of something between, that is not Lago. */
    FOREIGN_NOT_FOUND,
    /** 404 of a route that an older Lago does not have. */
    NO_SUCH_ROUTE,
    /** 429, with the seconds until it ends. */
    RATE_LIMITED,
    /** 500, as Lago says it. */
    ERROR,
    /** 502, a page of something between. */
    BAD_GATEWAY,
    /** 200, but a page of something between. */
    FOREIGN_PAGE,
    /** 302 to somewhere else. */
    REDIRECT,
    /** A list whose next page is always the first one. */
    ENDLESS,
    /** 200 and half of the JSON. */
    HALF_JSON,
    /** The connection ends in the middle of the answer. */
    CUT_OFF,
    /** 200 and nothing. */
    EMPTY,
    /** The connection ends without an answer. */
    LOST,
    /** The right answer, too late for whoever waits for less than {@link LagoFaults#slowness}. */
    SLOW
}
