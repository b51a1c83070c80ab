package com.nexasystems.billing.wallet;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Credits that came into a wallet or went out of it. Instants are kept to the microsecond.
 *
 * @param credits   how many, whichever way they went
 * @param left      what is left of those that came in; nothing for all others
 * @param expiresAt when what is left of them is over; empty = with the wallet
 * @param invoice   of what was consumed or restored: the invoice
 * @param sources   of what went out or was restored: which transactions brought these credits in; they add up
 * @param at        when it was made
 * @param settledAt when it counted; empty for a purchase that is not paid
 */
public record WalletTransaction(TransactionId id, WalletId wallet, Kind kind, Status status, Credits credits, Credits left,
                                Optional<Instant> expiresAt, Optional<UUID> invoice, List<Source> sources, Instant at,
                                Optional<Instant> settledAt) {

    /**
     * The order in which credits are spent: granted ones before those that were paid for, then those that expire first,
     * then the oldest.
     */
    public static final Comparator<WalletTransaction> SPENDING_ORDER = Comparator.comparing(WalletTransaction::kind)
            .thenComparing(transaction -> transaction.expiresAt.orElse(Instant.MAX))
            .thenComparing(WalletTransaction::at).thenComparing(WalletTransaction::id);

    /** Which way, and why. Those that are spent first come first. */
    public enum Kind {
        /** In: for nothing. */
        GRANTED,
        /** In: when it is paid. */
        PURCHASED,
        /** Out: paid an invoice. */
        CONSUMED,
        /** Back in, each to where it came from: the invoice was voided. */
        RESTORED,
        /** Out: taken away, by somebody or with the wallet. */
        VOIDED,
        /** Out: its time was over. */
        EXPIRED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it brings credits of its own. */
        public boolean isTopUp() {
            return this == GRANTED || this == PURCHASED;
        }

        /** Whether it makes the balance greater. */
        public boolean isInbound() {
            return isTopUp() || this == RESTORED;
        }
    }

    /** Whether it counts. All but purchases are settled when they are made. */
    public enum Status {
        PENDING, SETTLED, FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Credits of a transaction, and the transaction that brought them in. */
    public record Source(TransactionId topUp, Credits credits) { }

    public WalletTransaction {
        sources = List.copyOf(sources);
        expiresAt = expiresAt.map(instant -> InvalidValue.checkInstant("expiration_at", instant));
        at = at.truncatedTo(ChronoUnit.MICROS);
        settledAt = settledAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        Credits sum = sources.stream().map(Source::credits).reduce(Credits.none(credits.worth()), Credits::plus);
        if (!sum.equals(kind.isTopUp() ? Credits.none(credits.worth()) : credits)) {
            throw new InvalidValue("sources", "come to " + sum + " of " + credits);
        }
        if (settledAt.isPresent() != (status == Status.SETTLED)) {
            throw new InvalidValue("settled_at", "is known of what is settled, and of nothing else");
        }
    }

    static WalletTransaction granted(TransactionId id, WalletId wallet, Credits credits, Optional<Instant> expiresAt,
                                     Instant at) {
        return new WalletTransaction(id, wallet, Kind.GRANTED, Status.SETTLED, credits, credits, expiresAt, Optional.empty(),
                List.of(), at, Optional.of(at));
    }

    static WalletTransaction purchased(TransactionId id, WalletId wallet, Credits credits, Optional<Instant> expiresAt,
                                       Instant at) {
        return new WalletTransaction(id, wallet, Kind.PURCHASED, Status.PENDING, credits, Credits.none(credits.worth()),
                expiresAt, Optional.empty(), List.of(), at, Optional.empty());
    }

    static WalletTransaction moved(TransactionId id, WalletId wallet, Kind kind, Credits credits, Optional<UUID> invoice,
                                   List<Source> sources, Instant at) {
        return new WalletTransaction(id, wallet, kind, Status.SETTLED, credits, Credits.none(credits.worth()),
                Optional.empty(), invoice, sources, at, Optional.of(at));
    }

    boolean isOverAt(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }

    WalletTransaction withLeft(Credits newLeft) {
        return new WalletTransaction(id, wallet, kind, status, credits, newLeft, expiresAt, invoice, sources, at, settledAt);
    }

    WalletTransaction settled(Instant when) {
        return new WalletTransaction(id, wallet, kind, Status.SETTLED, credits, credits, expiresAt, invoice, sources, at,
                Optional.of(when));
    }

    WalletTransaction failed() {
        return new WalletTransaction(id, wallet, kind, Status.FAILED, credits, left, expiresAt, invoice, sources, at,
                Optional.empty());
    }
}
