package com.nexasystems.billing.wallet;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Source;
import com.nexasystems.billing.wallet.WalletTransaction.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A wallet that was claimed, with what is in it. All that can happen to a wallet is a pure function of it.
 *
 * @param topUps those of which something is left, and the purchases that wait to be paid, in the order of spending
 */
public record OpenWallet(Wallet wallet, List<WalletTransaction> topUps) {

    public OpenWallet {
        topUps = topUps.stream().filter(OpenWallet::isOpen).sorted(WalletTransaction.SPENDING_ORDER).toList();
    }

    private static boolean isOpen(WalletTransaction topUp) {
        return topUp.status() == Status.PENDING || !topUp.left().isNone();
    }

    /** What it can pay at that instant. */
    public Credits available(Instant at) {
        return sum(spendable(at).stream().map(WalletTransaction::left));
    }

    private List<WalletTransaction> spendable(Instant at) {
        return wallet.isActive() && !wallet.isOverAt(at) ? settled(topUp -> !topUp.isOverAt(at)) : List.of();
    }

    private List<WalletTransaction> settled(Predicate<WalletTransaction> wanted) {
        return topUps.stream().filter(topUp -> topUp.status() == Status.SETTLED).filter(wanted).toList();
    }

    private List<WalletTransaction> waiting() {
        return topUps.stream().filter(topUp -> topUp.status() == Status.PENDING).toList();
    }

    /** Credits for nothing. */
    WalletChange granted(BigDecimal units, Optional<Instant> expiresAt, Ids ids, Instant at) {
        WalletTransaction grant = WalletTransaction.granted(next(ids), wallet.id(), priced(units), expiresAt, at);
        return new WalletChange(with(wallet.balance().plus(grant.credits()), List.of(grant)), List.of(grant), List.of());
    }

    /** Credits that come in when they are paid. */
    WalletChange purchased(BigDecimal units, Optional<Instant> expiresAt, Ids ids, Instant at) {
        WalletTransaction purchase = WalletTransaction.purchased(next(ids), wallet.id(), priced(units), expiresAt, at);
        return new WalletChange(with(wallet.balance(), List.of(purchase)), List.of(purchase), List.of());
    }

    private Credits priced(BigDecimal units) {
        checkActive();
        Credits credits = wallet.price(Decimals.positive("credits", units));
        if (credits.worth().isZero()) {
            throw new InvalidValue("credits", "must be worth at least one minor unit: " + units.toPlainString());
        }
        return credits;
    }

    /** A purchase was paid. A payment may come after it was given up; one that was counted is not counted again. */
    WalletChange settled(WalletTransaction purchase, Instant at) {
        if (purchase.status() == Status.SETTLED) {
            return WalletChange.none(this);
        }
        checkActive();
        WalletTransaction paid = purchase.settled(at);
        return new WalletChange(with(wallet.balance().plus(paid.credits()), List.of(paid)), List.of(), List.of(paid));
    }

    /** A purchase will not be paid. */
    WalletChange failed(WalletTransaction purchase) {
        return switch (purchase.status()) {
            case FAILED -> WalletChange.none(this);
            case PENDING -> changed(wallet, List.of(purchase.failed()));
            case SETTLED -> throw new IllegalStateException("a purchase that is settled cannot become failed");
        };
    }

    /** Pays an amount above zero, of what is {@link #available}. */
    WalletChange consumed(UUID invoice, Money amount, Ids ids, Instant at) {
        return out(Kind.CONSUMED, byWorth(spendable(at), amount), Optional.of(invoice), ids, at);
    }

    /** @throws InvalidValue if there are not so many */
    WalletChange voided(BigDecimal units, Ids ids, Instant at) {
        checkActive();
        if (units.compareTo(available(at).units()) > 0) {
            throw new InvalidValue("voided_credits", "are more than there are: " + units.toPlainString() + " of "
                    + available(at).units().toPlainString());
        }
        return out(Kind.VOIDED, byUnits(spendable(at), units), Optional.empty(), ids, at);
    }

    /** Whatever is over at that instant goes; with the wallet's own time, the wallet is terminated. */
    WalletChange expired(Ids ids, Instant at) {
        if (!wallet.isActive()) {
            return WalletChange.none(this);
        }
        return wallet.isOverAt(at) ? ended(Kind.EXPIRED, ids, at)
                : out(Kind.EXPIRED, whole(settled(topUp -> topUp.isOverAt(at))), Optional.empty(), ids, at);
    }

    /** What is left in it is taken away, and purchases that wait are given up. */
    WalletChange terminated(Ids ids, Instant at) {
        return wallet.isActive() ? ended(Kind.VOIDED, ids, at) : WalletChange.none(this);
    }

    private WalletChange ended(Kind kind, Ids ids, Instant at) {
        List<WalletTransaction> givenUp = waiting().stream().map(WalletTransaction::failed).toList();
        return emptied(kind, ids, at).then(open -> open.changed(open.wallet.terminated(), givenUp));
    }

    private WalletChange emptied(Kind kind, Ids ids, Instant at) {
        return out(kind, whole(settled(topUp -> true)), Optional.empty(), ids, at);
    }

    /**
     * The invoice that this paid for was voided: each credit goes back to where it came from. What is over by now goes as
     * it would have gone; of a wallet that was terminated meanwhile, at once.
     *
     * @param sources the transactions that the credits came from, as they are now
     */
    WalletChange restored(WalletTransaction consumed, Collection<WalletTransaction> sources, Ids ids, Instant at) {
        Map<TransactionId, Credits> back = consumed.sources().stream()
                .collect(Collectors.toMap(Source::topUp, Source::credits));
        List<WalletTransaction> filled = sources.stream()
                .map(topUp -> topUp.withLeft(topUp.left().plus(back.get(topUp.id())))).toList();
        WalletTransaction restored = WalletTransaction.moved(next(ids), wallet.id(), Kind.RESTORED, consumed.credits(),
                consumed.invoice(), consumed.sources(), at);
        var change = new WalletChange(with(wallet.balance().plus(restored.credits()), filled), List.of(restored), filled);
        return wallet.isActive() ? change : change.then(open -> open.emptied(Kind.VOIDED, ids, at));
    }

    /** Lets the rules have their turn that are due; one by interval as often as its time has come since. */
    WalletChange toppedUpByRules(Ids ids, Instant at) {
        WalletChange change = WalletChange.none(this);
        if (!wallet.isActive() || wallet.isOverAt(at)) {
            return change;
        }
        for (int i = 0; i < wallet.rules().size(); i++) {
            int index = i;
            change = change.then(open -> open.toppedUpByRule(index, ids, at));
        }
        return change;
    }

    private WalletChange toppedUpByRule(int index, Ids ids, Instant at) {
        TopUpRule rule = wallet.rules().get(index);
        if (!rule.isDue(at, available(at).units(), !waiting().isEmpty())) {
            return WalletChange.none(this);
        }
        BigDecimal waiting = sum(waiting().stream().map(WalletTransaction::credits)).units();
        TopUpRule.TopUp topUp = rule.topUp(available(at).units().add(waiting));
        WalletChange once = WalletChange.none(this)
                .then(open -> open.isWorthNothing(topUp.granted()) ? WalletChange.none(open)
                        : open.granted(topUp.granted(), Optional.empty(), ids, at))
                .then(open -> open.isWorthNothing(topUp.paid()) ? WalletChange.none(open)
                        : open.purchased(topUp.paid(), Optional.empty(), ids, at))
                .then(open -> WalletChange.none(open.withRule(index, rule.fired())));
        boolean byInterval = rule.trigger() instanceof TopUpRule.Trigger.Every;
        return byInterval ? once.then(open -> open.toppedUpByRule(index, ids, at)) : once;
    }

    private boolean isWorthNothing(BigDecimal units) {
        return wallet.price(units).worth().isZero();
    }

    private OpenWallet withRule(int index, TopUpRule rule) {
        var rules = new ArrayList<>(wallet.rules());
        rules.set(index, rule);
        return new OpenWallet(wallet.withRules(rules), topUps);
    }

    OpenWallet with(Wallet.Settings settings) {
        checkActive();
        return new OpenWallet(wallet.with(settings), topUps);
    }

    private void checkActive() {
        if (!wallet.isActive()) {
            throw new InvalidValue("wallet", "is terminated: " + wallet.id());
        }
    }

    private static List<Source> whole(List<WalletTransaction> topUps) {
        return topUps.stream().map(topUp -> new Source(topUp.id(), topUp.left())).toList();
    }

    private static List<Source> byWorth(List<WalletTransaction> topUps, Money amount) {
        var sources = new ArrayList<Source>();
        Money missing = amount;
        for (WalletTransaction topUp : topUps) {
            if (!missing.isZero()) {
                sources.add(new Source(topUp.id(), topUp.left().worth(missing)));
                missing = missing.minus(sources.get(sources.size() - 1).credits().worth());
            }
        }
        return sources;
    }

    private static List<Source> byUnits(List<WalletTransaction> topUps, BigDecimal units) {
        var sources = new ArrayList<Source>();
        BigDecimal missing = units;
        for (WalletTransaction topUp : topUps) {
            if (missing.signum() > 0) {
                sources.add(new Source(topUp.id(), topUp.left().first(missing)));
                missing = missing.subtract(sources.get(sources.size() - 1).credits().units());
            }
        }
        return sources;
    }

    private WalletChange out(Kind kind, List<Source> sources, Optional<UUID> invoice, Ids ids, Instant at) {
        if (sources.isEmpty()) {
            return WalletChange.none(this);
        }
        Map<TransactionId, WalletTransaction> byId = topUps.stream()
                .collect(Collectors.toMap(WalletTransaction::id, Function.identity()));
        List<WalletTransaction> drained = sources.stream().map(source -> byId.get(source.topUp()))
                .map(topUp -> topUp.withLeft(topUp.left().minus(credits(sources, topUp)))).toList();
        Credits taken = sum(sources.stream().map(Source::credits));
        WalletTransaction out = WalletTransaction.moved(next(ids), wallet.id(), kind, taken, invoice, sources, at);
        return new WalletChange(with(wallet.balance().minus(taken), drained), List.of(out), drained);
    }

    private static Credits credits(List<Source> sources, WalletTransaction topUp) {
        return sources.stream().filter(source -> source.topUp().equals(topUp.id())).findFirst().orElseThrow().credits();
    }

    private WalletChange changed(Wallet newWallet, List<WalletTransaction> newTopUps) {
        return new WalletChange(new OpenWallet(newWallet, replaced(newTopUps)), List.of(), newTopUps);
    }

    private OpenWallet with(Credits balance, List<WalletTransaction> newTopUps) {
        return new OpenWallet(wallet.withBalance(balance), replaced(newTopUps));
    }

    private List<WalletTransaction> replaced(List<WalletTransaction> newTopUps) {
        var ids = newTopUps.stream().map(WalletTransaction::id).collect(Collectors.toSet());
        return Stream.concat(topUps.stream().filter(topUp -> !ids.contains(topUp.id())), newTopUps.stream()).toList();
    }

    private Credits sum(Stream<Credits> credits) {
        return credits.reduce(Credits.none(Money.zero(wallet.currency())), Credits::plus);
    }

    private static TransactionId next(Ids ids) {
        return new TransactionId(ids.next());
    }
}
