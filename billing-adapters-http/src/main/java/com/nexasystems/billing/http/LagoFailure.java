package com.nexasystems.billing.http;

/** Lago did not answer, or not with what was asked for. The message is for people, and holds no secret. */
final class LagoFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is known after it. */
    enum Kind {
        /** It has no such thing. */
        MISSING,
        /** This one cannot be had now; another one may. */
        FAILED,
        /** Nothing else can be had now either. */
        CLOSED
    }

    LagoFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
