package com.nexasystems.billing.wallet;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;

/** A service reaches its own wallets and no other. */
final class ServiceWallets {

    private ServiceWallets() {
    }

    /** @throws InvalidValue if the service has no such wallet */
    static OpenWallet claim(Wallets wallets, ServiceId service, WalletId id) {
        return wallets.claimAll(List.of(id)).stream().filter(open -> open.wallet().holder().service().equals(service))
                .findFirst().orElseThrow(() -> new InvalidValue("wallet", "does not exist: " + id));
    }
}
