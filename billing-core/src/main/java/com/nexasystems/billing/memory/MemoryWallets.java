package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.wallet.Consumption;
import com.nexasystems.billing.wallet.Credits;
import com.nexasystems.billing.wallet.OpenWallet;
import com.nexasystems.billing.wallet.TopUpRule.Trigger;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.TransactionQuery;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletChange;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.Wallets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class MemoryWallets implements Wallets {

    private static final Comparator<WalletTransaction> BY_TIME =
            Comparator.comparing(WalletTransaction::at).thenComparing(WalletTransaction::id);

    private final Memory memory;
    private final Map<WalletId, Wallet> wallets = new TreeMap<>();
    private final Map<TransactionId, WalletTransaction> transactions = new TreeMap<>();

    MemoryWallets(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(Wallet wallet) {
        return memory.call(() -> {
            if (of(wallet.holder()).stream().filter(Wallet::isActive).count() >= Wallet.MOST_ACTIVE) {
                return false;
            }
            memory.put(wallets, wallet.id(), wallet);
            return true;
        });
    }

    @Override
    public Optional<Wallet> find(WalletId id) {
        return memory.call(() -> Optional.ofNullable(wallets.get(id)));
    }

    @Override
    public List<Wallet> of(ServiceCustomer holder) {
        return memory.call(() -> wallets.values().stream().filter(wallet -> wallet.holder().equals(holder))
                .sorted(Wallet.ORDER).toList());
    }

    @Override
    public List<OpenWallet> claim(Collection<ServiceCustomer> holders) {
        return memory.call(() -> new HashSet<>(holders).stream().flatMap(holder -> of(holder).stream())
                .filter(Wallet::isActive).sorted(Wallet.ORDER).map(this::open).toList());
    }

    @Override
    public List<OpenWallet> claimAll(Collection<WalletId> ids) {
        return memory.call(() -> ids.stream().distinct().sorted().filter(wallets::containsKey).map(wallets::get)
                .map(this::open).toList());
    }

    private OpenWallet open(Wallet wallet) {
        return new OpenWallet(wallet, transactions(transaction -> transaction.wallet().equals(wallet.id())));
    }

    @Override
    public void store(List<WalletChange> changes) {
        memory.run(() -> {
            changes.stream().flatMap(change -> change.added().stream()).forEach(this::put);
            for (WalletChange change : changes) {
                change.changed().forEach(changed -> memory.put(transactions, changed.id(), changed));
                Wallet after = change.after().wallet();
                Wallet now = wallets.get(after.id()).withBalance(after.balance());
                memory.put(wallets, after.id(), after.isActive() ? now : now.terminated());
            }
        });
    }

    private void put(WalletTransaction added) {
        if (added.invoice().stream().flatMap(invoice -> ofInvoice(invoice).stream())
                .anyMatch(known -> known.wallet().equals(added.wallet()) && known.kind() == added.kind())) {
            throw new IllegalStateException("wallet " + added.wallet() + " has " + added.kind().code() + " it already");
        }
        memory.put(transactions, added.id(), added);
    }

    @Override
    public void update(List<Wallet> updated) {
        memory.run(() -> updated.forEach(wallet ->
                memory.put(wallets, wallet.id(), wallets.get(wallet.id()).with(wallet.settings()))));
    }

    @Override
    public List<WalletTransaction> findAll(Collection<TransactionId> ids) {
        Set<TransactionId> wanted = new HashSet<>(ids);
        return transactions(transaction -> wanted.contains(transaction.id()));
    }

    @Override
    public List<WalletTransaction> ofInvoice(UUID invoice) {
        return transactions(transaction -> transaction.invoice().filter(invoice::equals).isPresent());
    }

    @Override
    public List<WalletTransaction> transactions(WalletId wallet, Optional<WalletTransaction> after, int limit) {
        return transactions(transaction -> transaction.wallet().equals(wallet)
                && after.map(last -> BY_TIME.compare(transaction, last) > 0).orElse(true)).stream().limit(limit).toList();
    }

    @Override
    public Page<WalletTransaction> list(WalletId wallet, TransactionQuery query, PageRequest request) {
        return memory.call(() -> Page.of(transactions.values().stream()
                .filter(each -> each.wallet().equals(wallet) && query.kinds().contains(each.kind())
                        && query.statuses().contains(each.status())).sorted(BY_TIME.reversed()).toList(), request));
    }

    @Override
    public Map<WalletId, Consumption> consumption(Collection<WalletId> ids) {
        Set<WalletId> wanted = new HashSet<>(ids);
        Map<WalletId, List<WalletTransaction>> paid = transactions(each -> wanted.contains(each.wallet())
                && each.kind() == Kind.CONSUMED).stream().collect(Collectors.groupingBy(WalletTransaction::wallet));
        Map<WalletId, Consumption> consumption = new HashMap<>();
        paid.forEach((wallet, own) -> consumption.put(wallet, new Consumption(
                sum(own, own).minus(sum(own, transactions(each -> each.wallet().equals(wallet)
                        && each.kind() == Kind.RESTORED))), own.get(own.size() - 1).at())));
        return consumption;
    }

    /** @param any of the same currency */
    private static Credits sum(List<WalletTransaction> any, List<WalletTransaction> each) {
        return each.stream().map(WalletTransaction::credits)
                .reduce(Credits.none(any.get(0).credits().worth()), Credits::plus);
    }

    private List<WalletTransaction> transactions(Predicate<WalletTransaction> wanted) {
        return memory.call(() -> transactions.values().stream().filter(wanted).sorted(BY_TIME).toList());
    }

    @Override
    public List<WalletId> expiring(Instant asOf, Optional<WalletId> after, int limit) {
        return ids(after, limit, wallet -> Stream.concat(wallet.expiresAt().stream(),
                open(wallet).topUps().stream().filter(topUp -> !topUp.left().isNone())
                        .flatMap(topUp -> topUp.expiresAt().stream())).anyMatch(end -> !end.isAfter(asOf)));
    }

    @Override
    public List<WalletId> toppingUp(Instant asOf, Optional<WalletId> after, int limit) {
        return ids(after, limit, wallet -> wallet.rules().stream().anyMatch(rule ->
                rule.trigger() instanceof Trigger.Every every ? !every.next().isAfter(asOf)
                        : ((Trigger.AtMost) rule.trigger()).credits().compareTo(wallet.balance().units()) >= 0));
    }

    private List<WalletId> ids(Optional<WalletId> after, int limit, Predicate<Wallet> wanted) {
        return memory.call(() -> wallets.values().stream().filter(Wallet::isActive).filter(wanted).map(Wallet::id)
                .filter(id -> after.map(last -> id.compareTo(last) > 0).orElse(true)).limit(limit).toList());
    }

    @Override
    public List<WalletTransaction> waiting(ServiceId service, Optional<TransactionId> after, int limit) {
        return memory.call(() -> transactions.values().stream()
                .filter(transaction -> transaction.status() == WalletTransaction.Status.PENDING)
                .filter(transaction -> wallets.get(transaction.wallet()).holder().service().equals(service))
                .filter(transaction -> after.map(last -> transaction.id().compareTo(last) > 0).orElse(true))
                .limit(limit).toList());
    }
}
