package com.nexasystems.billing.http;

/** What a key has to be good for. */
enum Scope {
    /** Looking at what the service has. */
    READ,
    /** Changing what the service has. */
    WRITE,
    /** Handing in usage, and nothing else. */
    USAGE,
    /** Managing services and their keys. */
    OPERATE
}
