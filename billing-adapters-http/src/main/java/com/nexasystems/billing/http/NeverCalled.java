package com.nexasystems.billing.http;

/** An address that is never called; its message says why, as a sentence part that follows the name of the URL's field. */
final class NeverCalled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NeverCalled(String reason) {
        super(reason);
    }
}
