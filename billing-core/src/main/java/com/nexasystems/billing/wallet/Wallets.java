package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The wallets and their transactions. {@code WalletsContract} checks these rules.
 *
 * <p>WA-1 A wallet that was added is found by id and among its holder's, exactly as it was; a customer has nothing of it
 * at another service.
 * <p>WA-2 A holder has at most {@link Wallet#MOST_ACTIVE} active wallets, also of concurrent calls: adding another one
 * answers false and changes nothing. A terminated one leaves its place.
 * <p>WA-3 A claim by holder gives the active wallets of these holders, in the order in which they pay; a claim by id gives
 * them whatever their status. Both with their open top-ups: those that wait, and those of which something is left.
 * <p>WA-4 What one unit of work has claimed, no other claims until it has ended; a claim waits, and gives what it claims as
 * it is then, without what is no longer active if it is by holder.
 * <p>WA-5 Storing changes keeps balance, status and transactions, those of one invoice and of many, exactly as they were. Of
 * several changes of one wallet, or of one transaction, the last one stands.
 * <p>WA-6 An update replaces name, priority, scope, expiry and rules; balance and status stay.
 * <p>WA-7 A wallet pays an invoice once, and gets it back once: storing another such transaction fails, and nothing of the
 * unit of work is kept.
 * <p>WA-8 The transactions of a wallet come in pages, by the instant at which they were made and then by id.
 * <p>WA-9 {@link #expiring} gives pages of the active wallets that are over at that instant, or of which a top-up is, by id.
 * <p>WA-10 {@link #toppingUp} gives pages of the active wallets with a rule by interval whose next time has come at that
 * instant, or by threshold that is not below the balance, by id.
 * <p>WA-11 {@link #waiting} gives pages of the purchases of a service that wait to be paid, by id.
 * <p>WA-12 A list of a wallet's transactions has those that are asked for, the newest first, then by id; pages neither repeat
 * nor leave out.
 * <p>WA-13 The consumption of wallets is what they paid, less what they were given back, and when they paid last. Those that
 * paid nothing are left out.
 */
public interface Wallets {

    /**
     * @param wallet without transactions
     * @return false if its holder has as many active wallets as one may have
     */
    boolean add(Wallet wallet);

    Optional<Wallet> find(WalletId id);

    /** All that this customer has or had at this service, in the order in which they pay. */
    List<Wallet> of(ServiceCustomer holder);

    /**
     * Claims what these customers can pay with, for this unit of work. Locks in the order of the ids, whoever the holders
     * are; who claims coupons as well does so before. Must be called inside a unit of work.
     */
    List<OpenWallet> claim(Collection<ServiceCustomer> holders);

    /** Claims these, in the order of their ids. Must be called inside a unit of work. */
    List<OpenWallet> claimAll(Collection<WalletId> ids);

    void store(List<WalletChange> changes);

    void update(List<Wallet> wallets);

    List<WalletTransaction> findAll(Collection<TransactionId> ids);

    /** What was consumed and restored for an invoice. */
    List<WalletTransaction> ofInvoice(UUID invoice);

    /** The same of some invoices; what no wallet paid is left out. */
    default Map<UUID, List<WalletTransaction>> ofInvoices(Collection<UUID> some) {
        return some.stream().distinct().flatMap(invoice -> ofInvoice(invoice).stream())
                .collect(Collectors.groupingBy(transaction -> transaction.invoice().orElseThrow()));
    }

    /** @param after the last one of the page before; empty for the first page */
    List<WalletTransaction> transactions(WalletId wallet, Optional<WalletTransaction> after, int limit);

    Page<WalletTransaction> list(WalletId wallet, TransactionQuery query, PageRequest request);

    Map<WalletId, Consumption> consumption(Collection<WalletId> wallets);

    /** @param after the last one of the page before; empty for the first page */
    List<WalletId> expiring(Instant asOf, Optional<WalletId> after, int limit);

    /** @param after the last one of the page before; empty for the first page */
    List<WalletId> toppingUp(Instant asOf, Optional<WalletId> after, int limit);

    /** @param after the last one of the page before; empty for the first page */
    List<WalletTransaction> waiting(ServiceId service, Optional<TransactionId> after, int limit);
}
