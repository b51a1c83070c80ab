package com.nexasystems.billing.subscription;

/** What becomes of a flat price that was billed in advance, for the time after a subscription has ended. */
public enum UnusedTime {
    /** It is credited on the last invoice; what that does not need stays for the customer's next ones. */
    CREDIT,
    /** It is credited on the last invoice; what that does not need is paid back. */
    REFUND,
    /** It is not given back. */
    SKIP
}
