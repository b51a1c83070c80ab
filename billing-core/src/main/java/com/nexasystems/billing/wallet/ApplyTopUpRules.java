package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tops up the wallets whose rules are due. A rule by interval has its turn once for each interval, whoever runs this and
 * how often; one by threshold as long as the balance is not above it and no purchase waits. Can be killed, repeated, and
 * run on several nodes at once.
 */
public final class ApplyTopUpRules {

    private static final int PAGE = 500;

    private final Wallets wallets;
    private final Ids ids;
    private final UnitOfWork unitOfWork;

    @Inject
    public ApplyTopUpRules(Wallets wallets, Ids ids, UnitOfWork unitOfWork) {
        this.wallets = wallets;
        this.ids = ids;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param toppedUp is told of each grant and purchase after it is durable; {@link Wallets#waiting} has the purchases of
     *                 which nobody was told, should the process die in between
     * @throws PortFailure if a port failed; what was done until then stays, and the next call does the rest
     */
    public void apply(Instant asOf, Consumer<WalletTransaction> toppedUp) {
        List<WalletId> page = wallets.toppingUp(asOf, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            List<WalletId> ofPage = page;
            unitOfWork.call(() -> applyPage(ofPage, asOf)).forEach(toppedUp);
            page = wallets.toppingUp(asOf, Optional.of(page.get(page.size() - 1)), PAGE);
        }
    }

    /** Whatever another node has done to them since the page was read is seen once they are claimed. */
    private List<WalletTransaction> applyPage(List<WalletId> page, Instant asOf) {
        List<WalletChange> changes = wallets.claimAll(page).stream()
                .map(open -> open.toppedUpByRules(ids, asOf)).toList();
        wallets.store(changes);
        wallets.update(changes.stream().map(change -> change.after().wallet()).toList());
        return changes.stream().flatMap(change -> change.added().stream()).toList();
    }
}
