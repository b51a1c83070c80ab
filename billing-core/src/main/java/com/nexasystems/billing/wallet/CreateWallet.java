package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** Gives a customer a wallet at a service, and changes what may be changed of it. A new wallet is empty: top it up. */
public final class CreateWallet {

    private final Wallets wallets;
    private final Metrics metrics;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public CreateWallet(Wallets wallets, Metrics metrics, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.wallets = wallets;
        this.metrics = metrics;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @param rate what one credit costs in that currency */
    public record Request(Customer customer, Currency currency, BigDecimal rate, Wallet.Settings settings) { }

    /**
     * @throws InvalidValue              if the customer has {@value Wallet#MOST_ACTIVE} active wallets at this service, a
     *                                   metric does not exist, or the wallet would be over or a rule due already
     * @throws CurrencyMismatchException if the customer is billed in another currency
     */
    public Wallet create(ServiceId service, Request request) {
        Instant now = clock.instant();
        request.customer().currency().filter(currency -> !currency.equals(request.currency())).ifPresent(currency -> {
            throw new CurrencyMismatchException(currency, request.currency());
        });
        check(request.settings(), List.of(), now);
        Wallet wallet = Wallet.of(new WalletId(ids.next()), new ServiceCustomer(service, request.customer().id()),
                request.currency(), request.rate(), request.settings(), now);
        if (!unitOfWork.call(() -> wallets.add(wallet))) {
            throw new InvalidValue("wallet", "the customer has " + Wallet.MOST_ACTIVE
                    + " active wallets, which is as many as one may have");
        }
        return wallet;
    }

    /**
     * Replaces the settings. A rule that is to stay is handed in as it is, with the next time it is due.
     *
     * @throws InvalidValue if the service has no such wallet, it is terminated, or as {@link #create}
     */
    public Wallet update(ServiceId service, WalletId id, Wallet.Settings settings) {
        return unitOfWork.call(() -> {
            OpenWallet open = ServiceWallets.claim(wallets, service, id);
            check(settings, open.wallet().rules(), clock.instant());
            Wallet updated = open.with(settings).wallet();
            wallets.update(List.of(updated));
            return updated;
        });
    }

    private void check(Wallet.Settings settings, List<TopUpRule> known, Instant now) {
        settings.scope().metrics().stream().filter(code -> metrics.find(code).isEmpty()).findFirst().ifPresent(code -> {
            throw new InvalidValue("applies_to.billable_metric_codes", "does not exist: " + code);
        });
        settings.expiresAt().filter(end -> !end.isAfter(now)).ifPresent(end -> {
            throw new InvalidValue("expiration_at", "is not in the future: " + end);
        });
        settings.rules().stream().filter(rule -> !known.contains(rule)).map(TopUpRule::trigger).forEach(trigger -> {
            if (trigger instanceof TopUpRule.Trigger.Every every && !every.next().isAfter(now)) {
                throw new InvalidValue("recurring_transaction_rules", "begin in the future, not at " + every.next());
            }
        });
    }
}
