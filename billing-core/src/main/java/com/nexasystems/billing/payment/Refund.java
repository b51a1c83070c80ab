package com.nexasystems.billing.payment;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Money that goes back the way it came.
 *
 * @param payment       what it is taken from
 * @param note          the credit note that promises it; empty if it is what the invoice did not need
 * @param reference     ours; idempotency key at the provider, which keeps it with the refund
 * @param amount        above zero
 * @param providerId    the provider's own id of it, once it is known
 * @param nextAt        when the provider is asked, or asked again; empty once that is over. To the microsecond
 * @param createdAt     to the microsecond
 */
public record Refund(RefundId id, PaymentId payment, ServiceId service, Optional<CreditNoteId> note, String reference,
                     Money amount, Status status, Optional<String> providerId, Optional<String> failure,
                     Optional<Instant> nextAt, Instant createdAt) {

    private static final String SURPLUS = "surplus-";

    /** How it stands. One that has succeeded can still fail, when the payer's bank sends it back. */
    public enum Status {
        ASKED, PROCESSING, SUCCEEDED, FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Refund {
        nextAt = nextAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** What an invoice did not need of a payment. */
    static Refund ofSurplus(RefundId id, Payment payment, Instant now) {
        return new Refund(id, payment.id(), payment.holder().service(), Optional.empty(), SURPLUS + payment.id(),
                payment.surplus(), Status.ASKED, Optional.empty(), Optional.empty(), Optional.of(now), now);
    }

    /** What a credit note promises of a payment. */
    static Refund of(RefundId id, CreditNoteId note, Payment payment, Money amount, Instant now) {
        return new Refund(id, payment.id(), payment.holder().service(), Optional.of(note),
                "credit-note-" + note + "-" + payment.number(), amount, Status.ASKED, Optional.empty(), Optional.empty(),
                Optional.of(now), now);
    }

    /** One that was made at the provider, and not here; known by the provider's id. */
    static Refund made(RefundId id, Payment payment, Refunded answer, Instant now) {
        return new Refund(id, payment.id(), payment.holder().service(), Optional.empty(), answer.id(), answer.amount(),
                Status.ASKED, Optional.empty(), Optional.empty(), Optional.of(now), now);
    }

    /** Whether it gives back what an invoice did not need. */
    public boolean isOfSurplus() {
        return reference.equals(SURPLUS + payment);
    }

    /** Whether the provider has refused to give back what an invoice did not need: there is no refund there. */
    boolean isRefusedSurplus() {
        return isOfSurplus() && status == Status.FAILED && providerId.equals(Optional.of(reference));
    }

    /** Asked for once more, as if it had not been refused. */
    Refund again(Instant now) {
        return in(Status.ASKED, Optional.empty(), Optional.empty(), Optional.of(now));
    }

    /** Somebody asks the provider; due again if nothing is heard of that. */
    public Refund claimedUntil(Instant lostAt) {
        return in(status, providerId, failure, Optional.of(lostAt));
    }

    public Refund in(Status next, Optional<String> newProviderId, Optional<String> newFailure, Optional<Instant> newNextAt) {
        return new Refund(id, payment, service, note, reference, amount, next, newProviderId, newFailure, newNextAt,
                createdAt);
    }
}
