package com.nexasystems.billing.boundary;

/** The outside world failed behind a port: a database, a network. Never thrown for what the business decides. */
public final class PortFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is known of the work that was asked for. */
    public enum Effect {
        /** Nothing has happened. Doing it again is safe. */
        NONE,
        /** It may or may not have happened. Look it up, or do it again with the same idempotency key. */
        UNKNOWN
    }

    private final Effect effect;

    public PortFailure(Effect effect, String message, Throwable cause) {
        super(message, cause);
        this.effect = effect;
    }

    public Effect effect() {
        return effect;
    }
}
