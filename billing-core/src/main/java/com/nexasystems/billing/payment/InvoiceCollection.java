package com.nexasystems.billing.payment;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * How far an invoice is collected.
 *
 * @param declined    how many attempts were declined
 * @param dunningFrom when the first of them was; empty before. To the microsecond
 * @param nextAt      when something is to be done next; while somebody does it, when that is taken for lost. Empty if
 *                    nothing is. To the microsecond
 */
public record InvoiceCollection(InvoiceId invoice, ServiceCustomer holder, State state, int declined,
                                Optional<Instant> dunningFrom, Optional<Instant> nextAt) {

    /** How it stands. */
    public enum State {
        /** Something is to be done. */
        OPEN,
        /** Nothing is left to be paid, and nothing to be done. */
        DONE,
        /** The last attempt of the dunning plan was declined: it stays so until it is paid, also while it is tried again. */
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public InvoiceCollection {
        if (state == State.OPEN && nextAt.isEmpty() || state == State.DONE && nextAt.isPresent()) {
            throw new IllegalArgumentException("there is something to do if it is open, and nothing if it is done: "
                    + invoice);
        }
        dunningFrom = dunningFrom.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        nextAt = nextAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
    }

    /** Of an invoice that nothing was tried for yet; due at once. */
    public static InvoiceCollection of(Invoice invoice, Instant now) {
        return new InvoiceCollection(invoice.id(), new ServiceCustomer(invoice.service(), invoice.customer()), State.OPEN, 0,
                Optional.empty(), Optional.of(now));
    }

    /** Somebody works on it; due again if nothing is heard of that. */
    public InvoiceCollection claimedUntil(Instant lostAt) {
        return at(lostAt);
    }

    boolean goesOn() {
        return nextAt.isPresent();
    }

    InvoiceCollection at(Instant next) {
        return with(state, declined, dunningFrom, Optional.of(next));
    }

    InvoiceCollection done() {
        return with(State.DONE, declined, dunningFrom, Optional.empty());
    }

    /** Nothing is tried any more, although something is to be paid. */
    InvoiceCollection stopped() {
        return with(state == State.FAILED ? State.FAILED : State.DONE, declined, dunningFrom, Optional.empty());
    }

    /** Because somebody asks for it: the next attempt of the dunning plan is made now, or one more if that is over. */
    InvoiceCollection again(Instant now) {
        return state == State.DONE ? with(State.OPEN, 0, Optional.empty(), Optional.of(now)) : at(now);
    }

    /** After an attempt was declined. */
    InvoiceCollection declined(DunningPlan plan, Instant now) {
        Instant from = dunningFrom.orElse(now);
        Optional<Instant> next = state == State.FAILED ? Optional.empty() : plan.retryAfter(declined + 1, from, now);
        return with(next.isPresent() ? State.OPEN : State.FAILED, declined + 1, Optional.of(from), next);
    }

    private InvoiceCollection with(State newState, int newDeclined, Optional<Instant> newFrom, Optional<Instant> newNext) {
        return new InvoiceCollection(invoice, holder, newState, newDeclined, newFrom, newNext);
    }
}
