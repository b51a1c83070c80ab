package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Ends a wallet for good: what is left in it is voided, purchases that wait to be paid are given up, no rule fires. */
public final class TerminateWallet {

    private final Wallets wallets;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public TerminateWallet(Wallets wallets, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.wallets = wallets;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Again, it changes nothing. Waits for an invoice that the wallet is just paying.
     *
     * @throws InvalidValue if the service has no such wallet
     */
    public Wallet terminate(ServiceId service, WalletId id) {
        return unitOfWork.call(() -> {
            WalletChange change = ServiceWallets.claim(wallets, service, id).terminated(ids, clock.instant());
            wallets.store(List.of(change));
            return change.after().wallet();
        });
    }
}
