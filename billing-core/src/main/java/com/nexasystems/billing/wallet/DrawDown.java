package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a customer's wallets pay of one invoice. Pure but for the ids of the transactions.
 *
 * <p>Wallets pay by priority, then the oldest first; each as much as it has and as is owed for what it may pay, and never
 * more. Where a wallet may pay for several things, it first pays what the fewest of the wallets after it could; so what is
 * prepaid for one metric is not left over because a wallet for everything went first. Wallets spend money, to the minor
 * unit; the credits go with it as {@link Credits} says.
 *
 * @param changes those of the wallets that pay, to be stored
 * @param after   all wallets that were handed in, in the order in which they pay, as they are then; what the next invoice
 *                is paid with
 * @param paid    what they pay together
 * @param granted how much of it were credits that the customer had for nothing
 */
public record DrawDown(List<WalletChange> changes, List<OpenWallet> after, Money paid, Money granted) {

    public DrawDown {
        changes = List.copyOf(changes);
        after = List.copyOf(after);
    }

    /**
     * @param claimed any wallets; only those of the invoice's customer at its service, and in its currency, pay
     * @throws CurrencyMismatchException if the amounts are not in the currency of the total
     */
    public static DrawDown of(Payable invoice, List<OpenWallet> claimed, Ids ids) {
        List<OpenWallet> wallets = claimed.stream()
                .sorted(Comparator.comparing(OpenWallet::wallet, Wallet.ORDER)).toList();
        var owed = new Owed(invoice);
        var changes = new ArrayList<WalletChange>();
        var after = new ArrayList<OpenWallet>(wallets.size());
        for (int i = 0; i < wallets.size(); i++) {
            OpenWallet open = wallets.get(i);
            Money pays = owed.takenBy(open, wallets.subList(i + 1, wallets.size()));
            if (pays.isZero()) {
                after.add(open);
            } else {
                changes.add(open.consumed(invoice.invoice(), pays, ids, invoice.at()));
                after.add(changes.get(changes.size() - 1).after());
            }
        }
        return new DrawDown(changes, after, owed.paid, granted(invoice, claimed, changes));
    }

    private static Money granted(Payable invoice, List<OpenWallet> claimed, List<WalletChange> changes) {
        Map<TransactionId, WalletTransaction> topUps = claimed.stream().flatMap(open -> open.topUps().stream())
                .collect(Collectors.toMap(WalletTransaction::id, Function.identity()));
        return changes.stream().flatMap(change -> change.added().stream()).flatMap(paid -> paid.sources().stream())
                .filter(source -> topUps.get(source.topUp()).kind() == Kind.GRANTED)
                .map(source -> source.credits().worth()).reduce(Money.zero(invoice.total().currency()), Money::plus);
    }

    /** What is still owed of an invoice, while its wallets pay. */
    private static final class Owed {

        private final Payable invoice;
        private final List<Payable.Amount> amounts;
        private final List<Money> left;
        private Money paid;

        Owed(Payable invoice) {
            Money nothing = Money.zero(invoice.total().currency());
            Money known = invoice.amounts().stream().map(Payable.Amount::amount).reduce(nothing, Money::plus);
            var rest = new Payable.Amount(Optional.empty(), invoice.total().minus(known));
            this.invoice = invoice;
            this.amounts = Stream.concat(invoice.amounts().stream(), Stream.of(rest)).toList();
            this.left = new ArrayList<>(amounts.stream()
                    .map(amount -> amount.amount().isNegative() ? nothing : amount.amount()).toList());
            this.paid = nothing;
        }

        Money takenBy(OpenWallet open, List<OpenWallet> later) {
            Money nothing = Money.zero(paid.currency());
            Money total = nothing;
            if (!mayPay(open)) {
                return total;
            }
            Money has = open.available(invoice.at()).worth();
            for (int i : scarcestFirst(open, later)) {
                Money part = Stream.of(left.get(i), has.minus(total), invoice.total().minus(paid))
                        .min(Comparator.naturalOrder()).filter(least -> !least.isNegative()).orElse(nothing);
                left.set(i, left.get(i).minus(part));
                total = total.plus(part);
                paid = paid.plus(part);
            }
            return total;
        }

        private boolean mayPay(OpenWallet open) {
            return open.wallet().holder().equals(invoice.holder())
                    && open.wallet().currency().equals(invoice.total().currency());
        }

        /** The amounts that it may pay; those first that the fewest of the later wallets could pay. */
        private List<Integer> scarcestFirst(OpenWallet open, List<OpenWallet> later) {
            return IntStream.range(0, amounts.size()).boxed().filter(i -> covers(open, i))
                    .sorted(Comparator.comparing(i -> later.stream().filter(other -> mayPay(other) && covers(other, i)
                            && !other.available(invoice.at()).isNone()).count())).toList();
        }

        private boolean covers(OpenWallet open, int i) {
            return open.wallet().scope().covers(amounts.get(i).metric());
        }
    }
}
