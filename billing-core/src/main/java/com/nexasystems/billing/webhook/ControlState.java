package com.nexasystems.billing.webhook;

import com.nexasystems.billing.event.EventType;

/**
 * For receivers: what a service does for a subscription, and by which event. Keep both beside what runs on it, and give
 * every event of it to {@link #after}; in whatever order events come, and however often, the end is the same. Needs nothing
 * but the JDK.
 *
 * <pre>{@code
 * ControlState now = before.after(type, data.get("subscription_state"), sequence);
 * if (now.status() != before.status()) {
 *     switch (now.status()) { case SUSPENDED -> ... }
 * }
 * }</pre>
 *
 * <p>An event says in which state it left its subscription, and the one with the highest number decides: the payment of an
 * invoice may fail after its subscription has ended, and a plan may change while it owes. Where an event says no state, its
 * type decides; {@code invoice.payment_succeeded} restores nothing then, because another invoice may be unpaid.
 *
 * @param sequence of the event that decided; 0 if none has
 */
public record ControlState(Status status, long sequence) {

    /** Of whom nothing has been heard. */
    public static final ControlState UNKNOWN = new ControlState(Status.UNKNOWN, 0);

    /** What a service does for a subscription. */
    public enum Status {
        UNKNOWN,
        /** It has started, or all is paid. */
        RUNNING,
        /** An invoice is not paid after all attempts, or it is paused: it is down, and can come back. */
        SUSPENDED,
        /** It has ended, for good: no event undoes that. */
        DEPROVISIONED
    }

    /**
     * The state by all events until now and this one. An event that has come before, comes late, or decides nothing changes
     * nothing; of a type and a state that are not known, neither.
     *
     * @param type     as the event names it
     * @param state    {@code subscription_state} of the event; empty or null if it names none
     * @param sequence as the event names it
     */
    public ControlState after(String type, String state, long sequence) {
        Status next = state == null || state.isEmpty() ? ofType(type) : ofState(state);
        boolean isLate = sequence <= this.sequence && next != Status.DEPROVISIONED;
        boolean isOver = status == Status.DEPROVISIONED;
        return next == Status.UNKNOWN || isLate || isOver ? this : new ControlState(next, sequence);
    }

    private static Status ofState(String state) {
        return switch (state) {
            case "trialing", "active" -> Status.RUNNING;
            case "past_due", "paused", "pending" -> Status.SUSPENDED;
            case "terminated" -> Status.DEPROVISIONED;
            default -> Status.UNKNOWN;
        };
    }

    private static Status ofType(String type) {
        if (type.equals(EventType.SUBSCRIPTION_STARTED.code()) || type.equals(EventType.SUBSCRIPTION_REACTIVATED.code())) {
            return Status.RUNNING;
        }
        if (type.equals(EventType.INVOICE_PAYMENT_FAILED.code())) {
            return Status.SUSPENDED;
        }
        return type.equals(EventType.SUBSCRIPTION_TERMINATED.code()) ? Status.DEPROVISIONED : Status.UNKNOWN;
    }
}
