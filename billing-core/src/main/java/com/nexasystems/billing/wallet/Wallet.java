package com.nexasystems.billing.wallet;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Credits of one customer at one service. Instants are kept to the microsecond.
 *
 * @param currency  of the invoices that it pays
 * @param rate      what one credit costs, above zero; never changes
 * @param priority  1 is drawn first
 * @param expiresAt first instant at which it pays nothing any more; empty = never
 * @param balance   the credits that are there, with those that are over and not yet expired
 * @param rules     at most {@value #MOST_RULES}
 */
public record Wallet(WalletId id, ServiceCustomer holder, String name, Currency currency, BigDecimal rate, int priority,
                     WalletScope scope, Optional<Instant> expiresAt, Status status, Credits balance, List<TopUpRule> rules,
                     Instant createdAt) {

    /**
     * How many active wallets a customer may have at a service. Lago's number, so that whatever was set up there fits here,
     * and nothing is set up here that could not be there; it also bounds what finalising an invoice has to lock.
     */
    public static final int MOST_ACTIVE = 6;

    public static final int MOST_RULES = 10;

    /** The order in which wallets pay: by priority, then the oldest. */
    public static final Comparator<Wallet> ORDER = Comparator.comparing(Wallet::priority)
            .thenComparing(Wallet::createdAt).thenComparing(Wallet::id);

    /** Whether it can be used. */
    public enum Status {
        ACTIVE,
        /** For good. */
        TERMINATED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Wallet {
        InvalidValue.checkText("name", name, 255);
        rate = Decimals.positive("rate_amount", rate);
        if (priority < 1) {
            throw new InvalidValue("priority", "must be at least 1: " + priority);
        }
        if (!balance.worth().currency().equals(currency)) {
            throw new InvalidValue("balance", "is in " + balance.worth().currency() + ", the wallet is in " + currency);
        }
        rules = List.copyOf(rules);
        if (rules.size() > MOST_RULES) {
            throw new InvalidValue("recurring_transaction_rules", "are more than " + MOST_RULES);
        }
        expiresAt = expiresAt.map(instant -> InvalidValue.checkInstant("expiration_at", instant));
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** What an application chooses of a wallet and may change later. */
    public record Settings(String name, int priority, WalletScope scope, Optional<Instant> expiresAt,
                           List<TopUpRule> rules) {

        /** Pays everything, for good, after all others but those of the same priority. */
        public static Settings named(String name) {
            return new Settings(name, 50, WalletScope.ALL, Optional.empty(), List.of());
        }

        public Settings first() {
            return new Settings(name, 1, scope, expiresAt, rules);
        }

        public Settings limitedTo(WalletScope payable) {
            return new Settings(name, priority, payable, expiresAt, rules);
        }

        public Settings expiring(Instant at) {
            return new Settings(name, priority, scope, Optional.of(at), rules);
        }

        public Settings with(TopUpRule... newRules) {
            return new Settings(name, priority, scope, expiresAt, List.of(newRules));
        }
    }

    /** Active and empty. */
    static Wallet of(WalletId id, ServiceCustomer holder, Currency currency, BigDecimal rate, Settings settings,
                     Instant now) {
        return new Wallet(id, holder, settings.name, currency, rate, settings.priority, settings.scope, settings.expiresAt,
                Status.ACTIVE, Credits.none(Money.zero(currency)), settings.rules, now);
    }

    /** So many credits, priced. */
    Credits price(BigDecimal units) {
        int decimals = Money.zero(currency).amount().scale();
        BigDecimal worth = units.multiply(rate).setScale(decimals, RoundingMode.HALF_UP);
        return new Credits(units, new Money(currency, worth));
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    boolean isOverAt(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }

    public Settings settings() {
        return new Settings(name, priority, scope, expiresAt, rules);
    }

    public Wallet with(Settings settings) {
        return new Wallet(id, holder, settings.name, currency, rate, settings.priority, settings.scope, settings.expiresAt,
                status, balance, settings.rules, createdAt);
    }

    public Wallet withBalance(Credits newBalance) {
        return new Wallet(id, holder, name, currency, rate, priority, scope, expiresAt, status, newBalance, rules,
                createdAt);
    }

    public Wallet withRules(List<TopUpRule> newRules) {
        return new Wallet(id, holder, name, currency, rate, priority, scope, expiresAt, status, balance, newRules,
                createdAt);
    }

    public Wallet terminated() {
        return new Wallet(id, holder, name, currency, rate, priority, scope, expiresAt, Status.TERMINATED, balance, rules,
                createdAt);
    }
}
