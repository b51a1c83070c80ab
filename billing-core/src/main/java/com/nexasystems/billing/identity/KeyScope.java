package com.nexasystems.billing.identity;

import java.util.Locale;

/** What an API key is good for. */
public enum KeyScope {
    /** Looking at what the service has. */
    READ,
    /** Changing what the service has. */
    WRITE,
    /** Handing in usage, and nothing else. */
    USAGE,
    /** Managing services and their keys; a key of the house, and of no service. */
    OPERATE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
