package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what is over out of the wallets, and terminates the wallets that are. Nothing that is over is ever spent, whether
 * this has run or not; it makes the books say so. Can be killed, repeated, and run on several nodes at once.
 */
public final class ExpireWallets {

    private static final int PAGE = 500;

    private final Wallets wallets;
    private final Ids ids;
    private final UnitOfWork unitOfWork;

    @Inject
    public ExpireWallets(Wallets wallets, Ids ids, UnitOfWork unitOfWork) {
        this.wallets = wallets;
        this.ids = ids;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @return in how many wallets something was over
     * @throws PortFailure if a port failed; what was done until then stays, and the next call does the rest
     */
    public long expire(Instant asOf) {
        long expired = 0;
        List<WalletId> page = wallets.expiring(asOf, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            List<WalletId> ofPage = page;
            expired += unitOfWork.call(() -> expirePage(ofPage, asOf));
            page = wallets.expiring(asOf, Optional.of(page.get(page.size() - 1)), PAGE);
        }
        return expired;
    }

    /** Whatever another node has done to them since the page was read is seen once they are claimed. */
    private long expirePage(List<WalletId> page, Instant asOf) {
        List<OpenWallet> claimed = wallets.claimAll(page);
        List<WalletChange> changes = claimed.stream().map(open -> open.expired(ids, asOf)).toList();
        wallets.store(changes);
        Set<OpenWallet> before = Set.copyOf(claimed);
        return changes.stream().filter(change -> !before.contains(change.after())).count();
    }
}
