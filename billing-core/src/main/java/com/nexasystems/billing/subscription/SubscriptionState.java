package com.nexasystems.billing.subscription;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The seven states, and the only transitions between them. */
public enum SubscriptionState {
    /** Imported beside the old biller: rated for comparison, never billed. */
    SHADOW,
    /** Starts in the future; the first billing run at or after its start makes it active. */
    PENDING,
    /** In its trial. */
    TRIALING,
    ACTIVE,
    /** An invoice was not paid after all attempts. Still billed. */
    PAST_DUE,
    PAUSED,
    /** For good. What was used until then is still billed. */
    TERMINATED;

    /** @throws IllegalTransition if it is not one of the named transitions */
    public SubscriptionState to(SubscriptionState next) {
        if (!canBecome(next)) {
            throw new IllegalTransition(this, next);
        }
        return next;
    }

    public boolean canBecome(SubscriptionState next) {
        return successors().contains(next);
    }

    /** Whether a billing run looks at it. One that is paused still has what was used before. */
    public boolean isBilled() {
        return this != SHADOW;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Set<SubscriptionState> successors() {
        return switch (this) {
            case SHADOW -> EnumSet.of(ACTIVE, TERMINATED);
            case PAUSED -> EnumSet.of(TRIALING, ACTIVE, TERMINATED);
            case PENDING -> EnumSet.of(TRIALING, ACTIVE, TERMINATED);
            case TRIALING -> EnumSet.of(ACTIVE, PAST_DUE, PAUSED, TERMINATED);
            case ACTIVE -> EnumSet.of(PAST_DUE, PAUSED, TERMINATED);
            case PAST_DUE -> EnumSet.of(ACTIVE, PAUSED, TERMINATED);
            case TERMINATED -> EnumSet.noneOf(SubscriptionState.class);
        };
    }

    /** A transition that does not exist. Names both states. */
    public static final class IllegalTransition extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private final SubscriptionState from;
        private final SubscriptionState to;

        public IllegalTransition(SubscriptionState from, SubscriptionState to) {
            super("a subscription that is " + from.code() + " cannot become " + to.code());
            this.from = from;
            this.to = to;
        }

        public SubscriptionState from() {
            return from;
        }

        public SubscriptionState to() {
            return to;
        }
    }
}
