package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Brings credits into a wallet and takes them away. Called again, a grant, a purchase or a voiding happens again; a payment
 * counts once.
 */
public final class TopUpWallet {

    private final Wallets wallets;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public TopUpWallet(Wallets wallets, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.wallets = wallets;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Credits for nothing; they are there at once.
     *
     * @param credits   worth at least one minor unit
     * @param expiresAt when what is left of them is over; empty = with the wallet
     * @throws InvalidValue if the service has no such wallet, it is terminated, or the credits are worth nothing
     */
    public WalletTransaction grant(ServiceId service, WalletId wallet, BigDecimal credits, Optional<Instant> expiresAt) {
        return add(service, wallet, (open, now) -> open.granted(credits, expiresAt, ids, now));
    }

    /**
     * Credits that have to be paid: their worth is what is asked for. They are there once the payment is settled.
     *
     * @param credits   worth at least one minor unit
     * @param expiresAt when what is left of them is over; empty = with the wallet
     * @return the purchase, which waits; {@link Wallets#waiting} lists it until it is settled or has failed
     * @throws InvalidValue if the service has no such wallet, it is terminated, or the credits are worth nothing
     */
    public WalletTransaction purchase(ServiceId service, WalletId wallet, BigDecimal credits, Optional<Instant> expiresAt) {
        return add(service, wallet, (open, now) -> open.purchased(credits, expiresAt, ids, now));
    }

    /**
     * Takes credits away, granted ones first.
     *
     * @param credits above zero, at most as many as can be spent
     * @throws InvalidValue if the service has no such wallet, it is terminated, or has fewer
     */
    public WalletTransaction voidCredits(ServiceId service, WalletId wallet, BigDecimal credits) {
        BigDecimal units = Decimals.positive("voided_credits", credits);
        return add(service, wallet, (open, now) -> open.voided(units, ids, now));
    }

    private WalletTransaction add(ServiceId service, WalletId wallet, BiFunction<OpenWallet, Instant, WalletChange> work) {
        return unitOfWork.call(() -> {
            WalletChange change = work.apply(ServiceWallets.claim(wallets, service, wallet), clock.instant());
            wallets.store(List.of(change));
            return change.added().get(0);
        });
    }

    /**
     * A purchase was paid: its credits are there. Again, and from two callers at once, it counts once. A payment that comes
     * after the purchase was given up counts as well.
     *
     * @throws InvalidValue if the service has no such purchase, or the wallet was terminated meanwhile: pay it back
     */
    public WalletTransaction settle(ServiceId service, TransactionId purchase) {
        return change(service, purchase, (open, known) -> open.settled(known, clock.instant()));
    }

    /**
     * A purchase will not be paid. Again, it changes nothing.
     *
     * @throws InvalidValue          if the service has no such purchase
     * @throws IllegalStateException if it was paid
     */
    public WalletTransaction fail(ServiceId service, TransactionId purchase) {
        return change(service, purchase, OpenWallet::failed);
    }

    private WalletTransaction change(ServiceId service, TransactionId id,
                                     BiFunction<OpenWallet, WalletTransaction, WalletChange> work) {
        return unitOfWork.call(() -> {
            OpenWallet open = ServiceWallets.claim(wallets, service, purchase(id).wallet());
            // Looked at again, now that nobody else can change it.
            WalletTransaction known = purchase(id);
            WalletChange change = work.apply(open, known);
            wallets.store(List.of(change));
            return change.changed().stream().findFirst().orElse(known);
        });
    }

    private WalletTransaction purchase(TransactionId id) {
        return wallets.findAll(List.of(id)).stream().filter(found -> found.kind() == Kind.PURCHASED).findFirst()
                .orElseThrow(() -> new InvalidValue("wallet_transaction", "is no purchase: " + id));
    }
}
