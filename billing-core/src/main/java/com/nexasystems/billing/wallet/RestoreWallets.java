package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Source;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Gives the wallets back what they paid of an invoice that was voided. */
public final class RestoreWallets {

    private final Wallets wallets;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public RestoreWallets(Wallets wallets, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.wallets = wallets;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Each credit goes back to the grant or purchase it came from, with the time that it has left: what is over meanwhile
     * goes with the next expiry, and what a wallet gets back that was terminated meanwhile is voided at once, as it would
     * have been then. Again, and from two callers at once, it happens once.
     *
     * @return the wallets that got something back, as they are now
     */
    public List<Wallet> restore(UUID invoice) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            List<WalletId> paying = wallets.ofInvoice(invoice).stream().map(WalletTransaction::wallet).distinct().toList();
            List<OpenWallet> claimed = wallets.claimAll(paying);
            // Looked at again, now that nobody else can give it back.
            List<WalletTransaction> transactions = wallets.ofInvoice(invoice);
            List<WalletChange> changes = claimed.stream()
                    .flatMap(open -> paid(open.wallet(), transactions).map(paid -> restored(open, paid, now)).stream())
                    .toList();
            wallets.store(changes);
            return changes.stream().map(change -> change.after().wallet()).toList();
        });
    }

    /** What the wallet paid and did not get back. */
    private static Optional<WalletTransaction> paid(Wallet wallet, List<WalletTransaction> transactions) {
        List<WalletTransaction> own = transactions.stream().filter(known -> known.wallet().equals(wallet.id())).toList();
        return own.stream().anyMatch(known -> known.kind() == Kind.RESTORED) ? Optional.empty()
                : own.stream().filter(known -> known.kind() == Kind.CONSUMED).findFirst();
    }

    private WalletChange restored(OpenWallet open, WalletTransaction paid, Instant now) {
        return open.restored(paid, wallets.findAll(paid.sources().stream().map(Source::topUp).toList()), ids, now);
    }
}
