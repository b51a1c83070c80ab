package com.nexasystems.billing.wallet;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What happened to a wallet, to be stored as one.
 *
 * @param after   the wallet then
 * @param added   its new transactions, in the order in which they were made
 * @param changed its earlier transactions of which status or what is left is another now; the last of one id stands
 */
public record WalletChange(OpenWallet after, List<WalletTransaction> added, List<WalletTransaction> changed) {

    public WalletChange {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
    }

    static WalletChange none(OpenWallet open) {
        return new WalletChange(open, List.of(), List.of());
    }

    WalletChange then(Function<OpenWallet, WalletChange> next) {
        WalletChange later = next.apply(after);
        return new WalletChange(later.after, Stream.concat(added.stream(), later.added.stream()).toList(),
                Stream.concat(changed.stream(), later.changed.stream()).toList());
    }
}
