package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.wallet.Consumption;
import com.nexasystems.billing.wallet.Credits;
import com.nexasystems.billing.wallet.OpenWallet;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.TransactionQuery;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletChange;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Status;
import com.nexasystems.billing.wallet.Wallets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.jdbc.ReturningWork;

/**
 * Claims are row locks on {@code wallet}, taken in the order of the ids, so that no two claims wait for each other. What is
 * in a wallet is read after it is locked.
 */
final class JpaWallets implements Wallets {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** To the letter the predicate of the index {@code wallet_transaction_open}. */
    private static final String IS_OPEN = "(t.status = 'pending' OR t.left_units > 0 OR t.left_worth > 0)";

    private static final Batch<WalletId> IDS = new Batch<WalletId>().uuid("id", WalletId::value);

    private static final Batch<TransactionId> TRANSACTIONS = new Batch<TransactionId>().uuid("id", TransactionId::value);

    private static final Batch<ServiceCustomer> HOLDERS = new Batch<ServiceCustomer>()
            .uuid("service_id", holder -> holder.service().value())
            .uuid("customer_id", holder -> holder.customer().value());

    private final JpaUnitOfWork unitOfWork;

    JpaWallets(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Wallet wallet) {
        return unitOfWork.inConnection(connection -> {
            boolean free = lockedAndFree(connection, wallet.holder());
            if (free) {
                WalletRow.BATCH.update(connection, """
                        INSERT INTO wallet (%s) SELECT * FROM %s
                        """.formatted(WalletRow.BATCH.names(), WalletRow.BATCH.rows()), List.of(wallet));
                insertRules(connection, List.of(wallet));
            }
            return free;
        });
    }

    /** Wallets of one holder are added one after the other, so that each sees those before it. */
    private static boolean lockedAndFree(Connection connection, ServiceCustomer holder) throws SQLException {
        UUID service = holder.service().value();
        UUID customer = holder.customer().value();
        Sql.update(connection, "INSERT INTO wallet_holder (service_id, customer_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                service, customer);
        Sql.query(connection, "SELECT 1 FROM wallet_holder WHERE service_id = ? AND customer_id = ? FOR UPDATE", row -> 1,
                service, customer);
        return Sql.query(connection,
                "SELECT count(*) FROM wallet WHERE service_id = ? AND customer_id = ? AND status = 'active'",
                row -> row.getInt(1), service, customer).get(0) < Wallet.MOST_ACTIVE;
    }

    @Override
    public Optional<Wallet> find(WalletId id) {
        return wallets(connection -> Sql.query(connection, "SELECT * FROM wallet WHERE id = ?", WalletRow::read, id.value()))
                .stream().findFirst();
    }

    @Override
    public List<Wallet> of(ServiceCustomer holder) {
        return wallets(connection -> Sql.query(connection, "SELECT * FROM wallet WHERE customer_id = ? AND service_id = ?",
                WalletRow::read, holder.customer().value(), holder.service().value()))
                .stream().sorted(Wallet.ORDER).toList();
    }

    /** Reads wallets, and then their rules. */
    private List<Wallet> wallets(ReturningWork<List<Wallet>> query) {
        return unitOfWork.inConnection(connection -> {
            List<Wallet> wallets = query.execute(connection);
            Map<WalletId, List<WalletRuleRow>> rules = IDS.query(connection, """
                    SELECT r.* FROM wallet_rule r WHERE r.wallet_id IN (SELECT * FROM %s) ORDER BY r.position
                    """.formatted(IDS.rows()), wallets.stream().map(Wallet::id).toList(), WalletRuleRow::read)
                    .stream().collect(Collectors.groupingBy(WalletRuleRow::wallet));
            return wallets.stream().map(wallet -> wallet.withRules(
                    rules.getOrDefault(wallet.id(), List.of()).stream().map(WalletRuleRow::rule).toList())).toList();
        });
    }

    @Override
    public List<OpenWallet> claim(Collection<ServiceCustomer> holders) {
        return opened(wallets(connection -> HOLDERS.query(connection, """
                SELECT w.* FROM wallet w
                WHERE (w.service_id, w.customer_id) IN (SELECT * FROM %s) AND w.status = 'active'
                ORDER BY w.id FOR UPDATE OF w
                """.formatted(HOLDERS.rows()), holders, WalletRow::read)).stream().sorted(Wallet.ORDER).toList());
    }

    @Override
    public List<OpenWallet> claimAll(Collection<WalletId> ids) {
        return opened(wallets(connection -> IDS.query(connection, """
                SELECT w.* FROM wallet w WHERE w.id IN (SELECT * FROM %s) ORDER BY w.id FOR UPDATE OF w
                """.formatted(IDS.rows()), ids, WalletRow::read)));
    }

    private List<OpenWallet> opened(List<Wallet> wallets) {
        Map<WalletId, List<WalletTransaction>> topUps = unitOfWork.inConnection(connection -> IDS.query(connection,
                WalletTransactionRow.SELECT + IS_OPEN + " AND t.wallet_id IN (SELECT * FROM " + IDS.rows() + ")",
                wallets.stream().map(Wallet::id).toList(), WalletTransactionRow::read))
                .stream().collect(Collectors.groupingBy(WalletTransaction::wallet));
        return wallets.stream().map(wallet -> new OpenWallet(wallet, topUps.getOrDefault(wallet.id(), List.of()))).toList();
    }

    @Override
    public void store(List<WalletChange> changes) {
        List<WalletTransaction> added = changes.stream().flatMap(change -> change.added().stream()).toList();
        unitOfWork.inConnection(connection -> {
            WalletTransactionRow.BATCH.update(connection, """
                    INSERT INTO wallet_transaction (%s) SELECT * FROM %s
                    """.formatted(WalletTransactionRow.BATCH.names(), WalletTransactionRow.BATCH.rows()), added);
            WalletTransactionRow.SOURCES.update(connection, """
                    INSERT INTO wallet_transaction_source (%s) SELECT * FROM %s
                    """.formatted(WalletTransactionRow.SOURCES.names(), WalletTransactionRow.SOURCES.rows()),
                    WalletTransactionRow.sources(added));
            WalletTransactionRow.BATCH.update(connection, """
                    UPDATE wallet_transaction t SET status = batch.status, left_units = batch.left_units,
                           left_worth = batch.left_worth, settled_at = batch.settled_at
                    FROM %s WHERE t.id = batch.id
                    """.formatted(WalletTransactionRow.BATCH.rows()), last(
                    changes.stream().flatMap(change -> change.changed().stream()).toList(), WalletTransaction::id));
            return WalletRow.BATCH.update(connection, """
                    UPDATE wallet w SET status = batch.status, balance_units = batch.balance_units,
                           balance_worth = batch.balance_worth
                    FROM %s WHERE w.id = batch.id
                    """.formatted(WalletRow.BATCH.rows()),
                    last(changes.stream().map(change -> change.after().wallet()).toList(), Wallet::id));
        });
    }

    /** An UPDATE takes any one of several rows of one id, so that only the last of them is handed to it. */
    private static <T> Collection<T> last(List<T> rows, Function<T, ?> id) {
        Map<Object, T> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(id.apply(row), row));
        return last.values();
    }

    @Override
    public void update(List<Wallet> wallets) {
        unitOfWork.inConnection(connection -> {
            WalletRow.BATCH.update(connection, """
                    UPDATE wallet w SET name = batch.name, priority = batch.priority, metrics = batch.metrics,
                           expires_at = batch.expires_at
                    FROM %s WHERE w.id = batch.id
                    """.formatted(WalletRow.BATCH.rows()), wallets);
            IDS.update(connection, "DELETE FROM wallet_rule WHERE wallet_id IN (SELECT * FROM " + IDS.rows() + ")",
                    wallets.stream().map(Wallet::id).toList());
            return insertRules(connection, wallets);
        });
    }

    private static int insertRules(Connection connection, List<Wallet> wallets) throws SQLException {
        return WalletRuleRow.BATCH.update(connection, """
                INSERT INTO wallet_rule (%s) SELECT * FROM %s
                """.formatted(WalletRuleRow.BATCH.names(), WalletRuleRow.BATCH.rows()), WalletRuleRow.of(wallets));
    }

    @Override
    public List<WalletTransaction> findAll(Collection<TransactionId> ids) {
        return unitOfWork.inConnection(connection -> TRANSACTIONS.query(connection,
                WalletTransactionRow.SELECT + "t.id IN (SELECT * FROM " + TRANSACTIONS.rows() + ") ORDER BY t.at, t.id",
                ids, WalletTransactionRow::read));
    }

    @Override
    public List<WalletTransaction> ofInvoice(UUID invoice) {
        return transactions("t.invoice_id = ? ORDER BY t.at, t.id", invoice);
    }

    @Override
    public Map<UUID, List<WalletTransaction>> ofInvoices(Collection<UUID> some) {
        return some.isEmpty() ? Map.of() : transactions("t.invoice_id = ANY (?::uuid[]) ORDER BY t.at, t.id",
                Sql.arrayLiteral(some.iterator())).stream()
                .collect(Collectors.groupingBy(transaction -> transaction.invoice().orElseThrow()));
    }

    @Override
    public List<WalletTransaction> transactions(WalletId wallet, Optional<WalletTransaction> after, int limit) {
        return transactions("t.wallet_id = ? AND (t.at, t.id) > (?::timestamptz, ?) ORDER BY t.at, t.id LIMIT ?",
                wallet.value(), after.map(last -> Sql.text(last.at())).orElse("-infinity"),
                after.map(last -> last.id().value()).orElse(BEFORE_ALL), limit);
    }

    @Override
    public Page<WalletTransaction> list(WalletId wallet, TransactionQuery query, PageRequest request) {
        String condition = "t.wallet_id = ? AND t.kind = ANY (?::text[]) AND t.status = ANY (?::text[])";
        Object[] asked = {wallet.value(), Sql.arrayLiteral(query.kinds().stream().map(Kind::code).iterator()),
                Sql.arrayLiteral(query.statuses().stream().map(Status::code).iterator())};
        return new Page<>(transactions(condition + " ORDER BY t.at DESC, t.id DESC LIMIT " + request.size() + " OFFSET "
                + request.offset(), asked), unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT count(*) FROM wallet_transaction t WHERE " + condition, row -> row.getLong(1), asked)).get(0));
    }

    @Override
    public Map<WalletId, Consumption> consumption(Collection<WalletId> wallets) {
        var consumption = new HashMap<WalletId, Consumption>();
        unitOfWork.inConnection(connection -> IDS.query(connection, """
                SELECT w.id, w.currency, max(t.at) FILTER (WHERE t.kind = 'consumed') AS last_at,
                       sum(CASE t.kind WHEN 'consumed' THEN t.units ELSE -t.units END) AS units,
                       sum(CASE t.kind WHEN 'consumed' THEN t.worth ELSE -t.worth END) AS worth
                FROM wallet_transaction t JOIN wallet w ON w.id = t.wallet_id
                WHERE t.wallet_id IN (SELECT * FROM %s) AND t.kind IN ('consumed', 'restored') GROUP BY w.id
                """.formatted(IDS.rows()), wallets, row -> consumption.put(
                new WalletId(row.getObject("id", UUID.class)), new Consumption(new Credits(row.getBigDecimal("units"),
                        new Money(Currency.getInstance(row.getString("currency")), row.getBigDecimal("worth"))),
                        Sql.instant(row, "last_at")))));
        return consumption;
    }

    @Override
    public List<WalletTransaction> waiting(ServiceId service, Optional<TransactionId> after, int limit) {
        return transactions("t.status = 'pending' AND w.service_id = ? AND t.id > ? ORDER BY t.id LIMIT ?", service.value(),
                after.map(TransactionId::value).orElse(BEFORE_ALL), limit);
    }

    private List<WalletTransaction> transactions(String condition, Object... parameters) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, WalletTransactionRow.SELECT + condition,
                WalletTransactionRow::read, parameters));
    }

    @Override
    public List<WalletId> expiring(Instant asOf, Optional<WalletId> after, int limit) {
        return ids("""
                w.expires_at <= ?::timestamptz
                OR EXISTS (SELECT 1 FROM wallet_transaction t WHERE t.wallet_id = w.id AND t.expires_at <= ?::timestamptz
                           AND t.status = 'settled' AND (t.left_units > 0 OR t.left_worth > 0))
                """, after, limit, Sql.text(asOf), Sql.text(asOf));
    }

    @Override
    public List<WalletId> toppingUp(Instant asOf, Optional<WalletId> after, int limit) {
        return ids("""
                EXISTS (SELECT 1 FROM wallet_rule r WHERE r.wallet_id = w.id
                        AND (r.next_at <= ?::timestamptz OR r.threshold >= w.balance_units))
                """, after, limit, Sql.text(asOf));
    }

    private List<WalletId> ids(String condition, Optional<WalletId> after, int limit, Object... parameters) {
        Object[] all = Stream.concat(Arrays.stream(parameters),
                Stream.of(after.map(WalletId::value).orElse(BEFORE_ALL), limit)).toArray();
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT w.id FROM wallet w WHERE w.status = 'active' AND (" + condition
                        + ") AND w.id > ? ORDER BY w.id LIMIT ?",
                row -> new WalletId(row.getObject("id", UUID.class)), all));
    }
}
