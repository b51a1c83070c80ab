package com.nexasystems.billing.wallet;

import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Status;
import java.util.EnumSet;
import java.util.Set;

/** Which transactions of a wallet: those of these kinds, in one of these states. */
public record TransactionQuery(Set<Kind> kinds, Set<Status> statuses) {

    public static final TransactionQuery ALL = new TransactionQuery(EnumSet.allOf(Kind.class), EnumSet.allOf(Status.class));

    public TransactionQuery {
        kinds = Set.copyOf(kinds);
        statuses = Set.copyOf(statuses);
    }
}
