package com.nexasystems.billing.payment;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * An attempt to collect an invoice, or money that arrived for it in another way.
 *
 * @param number    counted from 1 for each invoice, manual payments among them
 * @param reference ours, made of invoice and number; the provider knows it as idempotency key and keeps it with the charge.
 *                  Of a manual payment, whatever the service calls it
 * @param account   the customer at the provider; empty if manual
 * @param means     what was charged; empty if manual, or if the customer has none
 * @param amount    asked for; above zero
 * @param charge    the provider's own id of it, once it is known
 * @param applied   how much of it pays the invoice: less than the amount if the invoice was paid or withdrawn meanwhile
 * @param refusal   why it was declined; empty unless it was
 * @param createdAt to the microsecond
 * @param changedAt to the microsecond
 */
public record Payment(PaymentId id, InvoiceId invoice, ServiceCustomer holder, int number, Method method, String reference,
                      Optional<String> account, Optional<String> means, Money amount, Status status,
                      Optional<String> charge, Money applied, Optional<Refusal> refusal, Optional<Dispute> dispute,
                      Instant createdAt, Instant changedAt) {

    /** How it is paid. */
    public enum Method {
        PROVIDER, MANUAL;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it stands. */
    public enum Status {
        /** Stored; the provider is being asked, or its answer was lost. Not asked for under another reference meanwhile. */
        ASKED,
        /** The provider has it, and does not know yet. */
        PROCESSING,
        SUCCEEDED,
        /** Will not succeed any more. */
        DECLINED;

        public boolean isOpen() {
            return this == ASKED || this == PROCESSING;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Why a payment was declined.
     *
     * @param code    the provider's word, such as {@code insufficient_funds}
     * @param message for people
     */
    public record Refusal(String code, String message) { }

    /** What the payer contests with his bank. */
    public enum Dispute {
        OPEN, WON, LOST;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Payment {
        if (!amount.currency().equals(applied.currency())) {
            throw new CurrencyMismatchException(amount.currency(), applied.currency());
        }
        if (amount.amount().signum() <= 0 || applied.isNegative() || applied.compareTo(amount) > 0) {
            throw new IllegalArgumentException("a payment applies at most its amount: " + applied + " of " + amount);
        }
        if ((status == Status.DECLINED) != refusal.isPresent()) {
            throw new IllegalArgumentException("a payment has a refusal if and only if it was declined: " + reference);
        }
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        changedAt = changedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The reference of an attempt. */
    public static String reference(InvoiceId invoice, int number) {
        return "invoice-" + invoice + "-" + number;
    }

    /** The reference of a payment that was made in another way, and that its service calls so. */
    static String manualReference(InvoiceId invoice, String called) {
        return manualPrefix(invoice) + called;
    }

    /** What its service calls it; empty if it was made by a provider, or recorded without a name. */
    public Optional<String> called() {
        String prefix = manualPrefix(invoice);
        return Optional.of(reference).filter(text -> text.startsWith(prefix)).map(text -> text.substring(prefix.length()));
    }

    private static String manualPrefix(InvoiceId invoice) {
        return "manual-" + invoice + "-";
    }

    /** What the invoice did not need: it is paid back. */
    public Money surplus() {
        return status == Status.SUCCEEDED ? amount.minus(applied) : Money.zero(amount.currency());
    }

    /** Whether the provider has collected it. */
    public boolean isCollected() {
        return method == Method.PROVIDER && status == Status.SUCCEEDED;
    }

    /** With what an attempt, or a dispute, has made of it. */
    public Payment as(Payment after) {
        return with(after.status, after.charge, after.applied, after.refusal, after.dispute, after.changedAt);
    }

    Payment processing(String newCharge, Instant now) {
        return with(Status.PROCESSING, Optional.of(newCharge), applied, Optional.empty(), dispute, now);
    }

    Payment succeeded(String newCharge, Money newApplied, Instant now) {
        return with(Status.SUCCEEDED, Optional.of(newCharge), newApplied, Optional.empty(), dispute, now);
    }

    Payment declined(Optional<String> newCharge, Refusal why, Instant now) {
        return with(Status.DECLINED, newCharge, Money.zero(amount.currency()), Optional.of(why), dispute, now);
    }

    Payment disputed(Dispute now, Instant at) {
        return with(status, charge, applied, refusal, Optional.of(now), at);
    }

    private Payment with(Status newStatus, Optional<String> newCharge, Money newApplied, Optional<Refusal> newRefusal,
                         Optional<Dispute> newDispute, Instant now) {
        return new Payment(id, invoice, holder, number, method, reference, account, means, amount, newStatus, newCharge,
                newApplied, newRefusal, newDispute, createdAt, now);
    }
}
