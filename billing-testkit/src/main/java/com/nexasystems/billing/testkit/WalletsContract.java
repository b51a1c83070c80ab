package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.wallet.Consumption;
import com.nexasystems.billing.wallet.Credits;
import com.nexasystems.billing.wallet.OpenWallet;
import com.nexasystems.billing.wallet.TopUpRule;
import com.nexasystems.billing.wallet.TopUpRule.Method;
import com.nexasystems.billing.wallet.TopUpRule.Trigger;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.TransactionQuery;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletChange;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletScope;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Source;
import com.nexasystems.billing.wallet.WalletTransaction.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.wallet.Wallets}. */
public abstract class WalletsContract extends PortContract {

    private static final Service HOSTING = Samples.service("hosting");
    private static final Service CHAT = Samples.service("chat");
    private static final ServiceCustomer ZOE = at(HOSTING, Samples.customer("Zoë"));
    private static final ServiceCustomer ADA = at(HOSTING, Samples.customer("Ada"));
    private static final ServiceCustomer ZOE_AT_CHAT = at(CHAT, Samples.customer("Zoë"));
    private static final Instant SOON = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final Instant JUST_BEFORE = SOON.minusNanos(1000);
    private static final UUID INVOICE = Samples.id("an invoice");
    private static final int MANY = 1000;

    protected WalletsContract() {
    }

    @Test
    @DisplayName("WA-1 a wallet of every kind is found by id and among its holder's, exactly as it was")
    void a_wallet_is_found_exactly_as_it_was() {
        List<Wallet> all = everyKind();
        all.forEach(wallet -> assertThat(add(wallet)).isTrue());
        assertThat(all).allSatisfy(wallet -> assertThat(ports.wallets().find(wallet.id())).contains(wallet));
        assertThat(ports.wallets().of(ZOE)).containsExactlyElementsOf(all.stream().sorted(Wallet.ORDER).toList());
        assertThat(ports.wallets().find(new WalletId(Samples.id("unknown")))).isEmpty();
    }

    @Test
    @DisplayName("WA-1 a customer has nothing of it at another service, and another customer has nothing of it")
    void a_customer_has_nothing_of_it_at_another_service() {
        Wallet here = added(ZOE, "here");
        Wallet there = added(ZOE_AT_CHAT, "there");
        assertThat(ports.wallets().of(ZOE)).containsExactly(here);
        assertThat(ports.wallets().of(ZOE_AT_CHAT)).containsExactly(there);
        assertThat(ports.wallets().of(ADA)).isEmpty();
    }

    @Test
    @DisplayName("WA-2 a holder has at most six active wallets, and a terminated one leaves its place")
    void a_holder_has_at_most_six_active_wallets() {
        List<Wallet> six = IntStream.range(0, Wallet.MOST_ACTIVE).mapToObj(i -> added(ZOE, "wallet " + i)).toList();
        assertThat(add(sample(ZOE, "one too many"))).isFalse();
        assertThat(ports.wallets().of(ZOE)).hasSameElementsAs(six);
        assertThat(Stream.of(sample(ADA, "of Ada"), sample(ZOE_AT_CHAT, "elsewhere")).map(this::add)).containsOnly(true);
        store(change(six.get(0).terminated()));
        assertThat(add(sample(ZOE, "in its place"))).isTrue();
        assertThat(add(sample(ZOE, "one too many"))).isFalse();
    }

    @Test
    @DisplayName("WA-2 of concurrent wallets, six are added")
    void of_concurrent_wallets_six_are_added() {
        List<Boolean> added = OtherThread.together(Wallet.MOST_ACTIVE + 2, i -> add(sample(ZOE, "wallet " + i)));
        assertThat(added.stream().filter(yes -> yes)).hasSize(Wallet.MOST_ACTIVE);
        assertThat(ports.wallets().of(ZOE)).hasSize(Wallet.MOST_ACTIVE);
    }

    @Test
    @DisplayName("WA-3 a claim gives the active wallets of the holders in the order in which they pay, with what is in them")
    void a_claim_gives_the_active_wallets_with_what_is_in_them() {
        Wallet last = added(priority(sample(ZOE, "last"), 9));
        Wallet first = added(priority(sample(ZOE, "first"), 1));
        Wallet ada = added(priority(sample(ADA, "of Ada"), 5));
        Wallet gone = added(sample(ZOE, "gone"));
        added(ZOE_AT_CHAT, "elsewhere");
        store(change(gone.terminated()));
        WalletTransaction old = grant(first, "old", "10");
        WalletTransaction spent = withLeft(grant(first, "spent", "5"), "0");
        WalletTransaction paid = purchase(first, "paid", "7").paid();
        WalletTransaction waits = purchase(first, "waits", "8").waiting();
        WalletTransaction failed = purchase(first, "failed", "9").failed();
        Wallet filled = first.withBalance(credits("17"));
        store(new WalletChange(new OpenWallet(filled, List.of()), List.of(old, spent, paid, waits, failed), List.of()));

        var openFirst = new OpenWallet(filled, List.of(old, paid, waits));
        assertThat(claim(ZOE)).containsExactly(openFirst, open(last));
        assertThat(claim(ADA, ZOE)).containsExactly(openFirst, open(ada), open(last));
        assertThat(claim()).isEmpty();
        assertThat(kept(() -> ports.wallets().claimAll(List.of(gone.id(), first.id(), gone.id()))))
                .containsExactlyInAnyOrder(openFirst, open(gone.terminated()));
        assertThat(kept(() -> ports.wallets().claimAll(List.of()))).isEmpty();
    }

    @Test
    @DisplayName("WA-4 a claim waits, and gives what it claims as it is then")
    void a_claim_waits_and_gives_what_it_claims_as_it_is_then() {
        Wallet wallet = added(ZOE, "wallet");
        WalletTransaction grant = grant(wallet, "grant", "10");
        Wallet filled = wallet.withBalance(credits("10"));
        for (boolean byId : List.of(false, true)) {
            OtherThread<List<OpenWallet>> other = kept(() -> {
                ports.wallets().claim(List.of(ZOE));
                var waits = OtherThread.doing(() -> byId
                        ? kept(() -> ports.wallets().claimAll(List.of(wallet.id()))) : claim(ZOE));
                waits.answerMeanwhile();
                if (ports.wallets().findAll(List.of(grant.id())).isEmpty()) {
                    ports.wallets().store(List.of(
                            new WalletChange(new OpenWallet(filled, List.of(grant)), List.of(grant), List.of())));
                }
                return waits;
            });
            assertThat(other.answer()).containsExactly(new OpenWallet(filled, List.of(grant)));
        }
    }

    @Test
    @DisplayName("WA-4 a claim by holder leaves out what was terminated while it waited")
    void a_claim_leaves_out_what_was_terminated_while_it_waited() {
        Wallet gone = added(ZOE, "gone");
        Wallet other = added(ZOE, "other");
        OtherThread<List<OpenWallet>> waiting = kept(() -> {
            ports.wallets().claimAll(List.of(gone.id()));
            var waits = OtherThread.doing(() -> claim(ZOE));
            waits.answerMeanwhile();
            ports.wallets().store(List.of(change(gone.terminated())));
            return waits;
        });
        assertThat(waiting.answer()).containsExactly(open(other));
    }

    @Test
    @DisplayName("WA-4 workers never spend the same cent")
    void workers_never_spend_the_same_cent() {
        Wallet wallet = added(ZOE, "wallet");
        store(change(wallet.withBalance(credits("10"))));
        OtherThread.together(4, i -> IntStream.range(0, 5).mapToObj(time -> kept(() -> {
            Wallet claimed = ports.wallets().claim(List.of(ZOE)).get(0).wallet();
            ports.wallets().store(List.of(change(claimed.withBalance(claimed.balance().minus(credits("0.01"))))));
            return claimed;
        })).toList());
        assertThat(ports.wallets().find(wallet.id()).orElseThrow().balance()).isEqualTo(credits("9.80"));
    }

    @Test
    @DisplayName("WA-5 what is stored of a wallet and its transactions comes back exactly as it was")
    void what_is_stored_comes_back_exactly_as_it_was() {
        Wallet wallet = added(ZOE, "wallet");
        var fine = new Credits(new BigDecimal("99999999999999999999999999.999999999999"), cad("123456789012345678.90"));
        WalletTransaction grant = transaction(wallet, "grant", Kind.GRANTED, Status.SETTLED, fine, fine, SOON, null,
                List.of());
        WalletTransaction other = grant(wallet, "other", "0.000000000001");
        List<Source> sources = List.of(new Source(other.id(), new Credits(BigDecimal.ZERO, cad("0.01"))),
                new Source(grant.id(), credits("2.5")));
        Credits taken = sources.get(0).credits().plus(sources.get(1).credits());
        List<WalletTransaction> all = List.of(grant, other,
                transaction(wallet, "paid", Kind.CONSUMED, Status.SETTLED, taken, null, null, INVOICE, sources),
                transaction(wallet, "back", Kind.RESTORED, Status.SETTLED, taken, null, null, INVOICE, sources),
                transaction(wallet, "away", Kind.VOIDED, Status.SETTLED, taken, null, null, null, sources),
                transaction(wallet, "over", Kind.EXPIRED, Status.SETTLED, taken, null, null, null, sources),
                purchase(wallet, "paid for", "7").paid(), purchase(wallet, "waits", "8").waiting(),
                purchase(wallet, "failed", "9").failed());
        Wallet then = wallet.withBalance(fine);
        store(new WalletChange(new OpenWallet(then, List.of()), all, List.of()));
        assertThat(ports.wallets().find(wallet.id())).contains(then);
        assertThat(ports.wallets().findAll(all.stream().map(WalletTransaction::id).toList()))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(ports.wallets().ofInvoice(INVOICE)).containsExactlyInAnyOrder(all.get(2), all.get(3));
        assertThat(ports.wallets().ofInvoice(Samples.id("another"))).isEmpty();
        assertThat(ports.wallets().ofInvoices(List.of(Samples.id("another"), INVOICE)))
                .isEqualTo(Map.of(INVOICE, ports.wallets().ofInvoice(INVOICE)));
        assertThat(ports.wallets().ofInvoices(List.of())).isEmpty();
    }

    @Test
    @DisplayName("WA-5 of several changes of one wallet or one transaction, the last one stands")
    void of_several_changes_the_last_one_stands() {
        Wallet wallet = added(ZOE, "wallet");
        WalletTransaction grant = grant(wallet, "grant", "10");
        var changes = new ArrayList<WalletChange>();
        changes.add(new WalletChange(open(wallet.withBalance(credits("10"))), List.of(grant), List.of()));
        IntStream.range(0, 9).forEach(i -> changes.add(new WalletChange(open(wallet.withBalance(credits("9." + i))),
                List.of(), List.of(withLeft(grant, "9." + i)))));
        store(changes.toArray(WalletChange[]::new));
        assertThat(claim(ZOE)).containsExactly(
                new OpenWallet(wallet.withBalance(credits("9.8")), List.of(withLeft(grant, "9.8"))));
        store(change(wallet.withBalance(credits("9.8")).terminated()));
        assertThat(ports.wallets().find(wallet.id())).contains(wallet.withBalance(credits("9.8")).terminated());
    }

    @Test
    @DisplayName("WA-6 an update replaces the settings, and leaves balance and status")
    void an_update_replaces_the_settings() {
        Wallet wallet = added(ZOE, "wallet");
        Wallet other = added(ZOE, "other");
        store(change(wallet.withBalance(credits("10"))));
        for (Wallet next : everyKind()) {
            Wallet settings = settings(wallet, next);
            keep(() -> ports.wallets().update(List.of(settings.terminated())));
            assertThat(ports.wallets().find(wallet.id())).contains(settings.withBalance(credits("10")));
        }
        store(change(wallet.withBalance(credits("3")).terminated()));
        keep(() -> ports.wallets().update(List.of(wallet)));
        assertThat(ports.wallets().find(wallet.id())).contains(wallet.withBalance(credits("3")).terminated());
        assertThat(ports.wallets().find(other.id())).contains(other);
    }

    @Test
    @DisplayName("WA-7 a wallet pays an invoice once, and gets it back once")
    void a_wallet_pays_an_invoice_once() {
        Wallet wallet = added(ZOE, "wallet");
        Wallet second = added(ZOE, "second");
        for (Kind kind : List.of(Kind.CONSUMED, Kind.RESTORED)) {
            WalletTransaction first = of(wallet, kind, "first " + kind);
            store(new WalletChange(open(wallet.withBalance(credits("1"))), List.of(first), List.of()));
            var again = new WalletChange(open(wallet.withBalance(credits("2"))), List.of(of(wallet, kind, "again " + kind)),
                    List.of());
            assertThatThrownBy(() -> store(again)).isInstanceOf(RuntimeException.class);
            store(new WalletChange(open(second), List.of(of(second, kind, "of another " + kind)), List.of()));
            assertThat(ports.wallets().ofInvoice(INVOICE)).filteredOn(known -> known.wallet().equals(wallet.id()))
                    .filteredOn(known -> known.kind() == kind).containsExactly(first);
        }
        assertThat(ports.wallets().find(wallet.id())).contains(wallet.withBalance(credits("1")));
    }

    @Test
    @DisplayName("WA-8 pages of transactions follow each other by time and id, without gap or repetition")
    void pages_of_transactions_follow_each_other() {
        Wallet wallet = added(ZOE, "wallet");
        Wallet other = added(ZOE, "other");
        List<WalletTransaction> all = IntStream.range(0, 12).mapToObj(i -> {
            WalletTransaction grant = grant(wallet, "grant " + i, "1");
            return made(grant, SOON.plusSeconds(i % 4));
        }).toList();
        store(new WalletChange(open(wallet), all, List.of()));
        store(new WalletChange(open(other), List.of(grant(other, "foreign", "1")), List.of()));
        List<WalletTransaction> ordered = all.stream()
                .sorted(Comparator.comparing(WalletTransaction::at).thenComparing(WalletTransaction::id)).toList();
        for (int size : List.of(1, 5, 12, MANY)) {
            List<WalletTransaction> seen = pages(size, 12, last -> ports.wallets().transactions(wallet.id(), last, size));
            assertThat(seen).as("pages of " + size).isEqualTo(ordered);
        }
    }

    @Test
    @DisplayName("WA-9 a wallet is over at its end, and with a top-up of which something is left")
    void a_wallet_is_over_at_its_end() {
        Wallet over = added(expiring(sample(ZOE, "over"), SOON));
        Wallet part = added(ZOE, "part of it");
        Wallet gone = added(expiring(sample(ZOE, "gone"), SOON));
        Wallet spent = added(ZOE, "spent");
        added(ZOE, "for good");
        store(change(gone.terminated()));
        WalletTransaction grant = expiring(grant(part, "grant", "10"), SOON);
        store(new WalletChange(open(part), List.of(grant), List.of()));
        store(new WalletChange(open(spent), List.of(expiring(withLeft(grant(spent, "spent", "1"), "0"), SOON)), List.of()));
        assertThat(ports.wallets().expiring(JUST_BEFORE, Optional.empty(), MANY)).isEmpty();
        List<WalletId> expected = Stream.of(over, part).map(Wallet::id).sorted().toList();
        for (int size : List.of(1, 2, MANY)) {
            List<WalletId> seen = pages(size, 2, last -> ports.wallets().expiring(SOON, last, size));
            assertThat(seen).as("pages of " + size).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("WA-10 a wallet is topped up when the time of a rule has come, or its balance is not above a threshold")
    void a_wallet_is_topped_up_when_a_rule_says_so() {
        var fixed = new Method.Fixed(BigDecimal.ONE, BigDecimal.ZERO);
        Wallet timed = added(sample(ZOE, "timed").withRules(List.of(TopUpRule.of(every(SOON), fixed))));
        Wallet low = added(sample(ZOE, "low").withRules(List.of(TopUpRule.of(every(SOON.plusSeconds(9)), fixed),
                TopUpRule.of(new Trigger.AtMost(BigDecimal.TEN), fixed))));
        Wallet gone = added(sample(ZOE, "gone").withRules(timed.rules()));
        added(ZOE, "without rules");
        store(change(gone.terminated()));
        store(change(low.withBalance(credits("10.000000000001"))));
        assertThat(ports.wallets().toppingUp(JUST_BEFORE, Optional.empty(), MANY)).isEmpty();
        assertThat(ports.wallets().toppingUp(SOON, Optional.empty(), MANY)).containsExactly(timed.id());
        store(change(low.withBalance(credits("10"))));
        List<WalletId> expected = Stream.of(timed, low).map(Wallet::id).sorted().toList();
        for (int size : List.of(1, 2, MANY)) {
            List<WalletId> seen = pages(size, 2, last -> ports.wallets().toppingUp(SOON, last, size));
            assertThat(seen).as("pages of " + size).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("WA-11 the purchases of a service that wait to be paid come in pages, by id")
    void purchases_that_wait_come_in_pages() {
        Wallet wallet = added(ZOE, "wallet");
        Wallet elsewhere = added(ZOE_AT_CHAT, "elsewhere");
        List<WalletTransaction> waiting = IntStream.range(0, 5).mapToObj(i -> purchase(wallet, "waits " + i, "1").waiting())
                .sorted(Comparator.comparing(WalletTransaction::id)).toList();
        WalletTransaction foreign = purchase(elsewhere, "foreign", "1").waiting();
        store(new WalletChange(open(wallet), Stream.concat(waiting.stream(), Stream.of(grant(wallet, "grant", "1"),
                purchase(wallet, "paid", "1").paid(), purchase(wallet, "failed", "1").failed())).toList(), List.of()),
                new WalletChange(open(elsewhere), List.of(foreign), List.of()));
        for (int size : List.of(1, 2, MANY)) {
            List<WalletTransaction> seen = pages(size, 5,
                    last -> ports.wallets().waiting(HOSTING.id(), last.map(WalletTransaction::id), size));
            assertThat(seen).as("pages of " + size).isEqualTo(waiting);
        }
        assertThat(ports.wallets().waiting(CHAT.id(), Optional.empty(), MANY)).containsExactly(foreign);
    }

    @Test
    @DisplayName("WA-12 a list has the transactions that are asked for, the newest first, in pages")
    void a_list_has_the_newest_transactions_first() {
        Wallet wallet = added(ZOE, "wallet");
        Wallet other = added(ZOE, "other");
        List<WalletTransaction> all = Stream.concat(IntStream.range(0, 7)
                        .mapToObj(i -> made(grant(wallet, "grant " + i, "1"), SOON.plusSeconds(i % 3))),
                Stream.of(purchase(wallet, "waits", "2").waiting(), purchase(wallet, "paid", "2").paid(),
                        of(wallet, Kind.CONSUMED, "consumed")))
                .sorted(Comparator.comparing(WalletTransaction::at).thenComparing(WalletTransaction::id).reversed()).toList();
        store(new WalletChange(open(wallet), all, List.of()));
        store(new WalletChange(open(other), List.of(grant(other, "foreign", "1")), List.of()));
        for (TransactionQuery query : List.of(TransactionQuery.ALL,
                new TransactionQuery(Set.of(Kind.PURCHASED), TransactionQuery.ALL.statuses()),
                new TransactionQuery(Set.of(Kind.GRANTED, Kind.PURCHASED), Set.of(Status.SETTLED)))) {
            List<WalletTransaction> expected = all.stream().filter(each -> query.kinds().contains(each.kind())
                    && query.statuses().contains(each.status())).toList();
            for (int size : List.of(1, 4, MANY)) {
                var seen = new ArrayList<WalletTransaction>();
                for (int page = 1; page <= all.size(); page++) {
                    var found = ports.wallets().list(wallet.id(), query, new PageRequest(page, size));
                    assertThat(found.total()).isEqualTo(expected.size());
                    seen.addAll(found.items());
                }
                assertThat(seen).as(query + " by " + size).isEqualTo(expected);
            }
        }
    }

    @Test
    @DisplayName("WA-13 the consumption of a wallet is what it paid, less what it got back, and when it paid last")
    void the_consumption_is_what_it_paid() {
        Wallet wallet = added(ZOE, "wallet");
        Wallet other = added(ADA, "other");
        WalletTransaction grant = grant(wallet, "grant", "10");
        WalletTransaction foreign = grant(other, "foreign", "10");
        store(new WalletChange(open(wallet), List.of(grant), List.of()),
                new WalletChange(open(other), List.of(foreign), List.of()));
        assertThat(ports.wallets().consumption(List.of(wallet.id(), other.id()))).isEmpty();
        store(new WalletChange(open(wallet), List.of(moved(grant, Kind.CONSUMED, "3.005", SOON, Samples.id("first")),
                moved(grant, Kind.CONSUMED, "2", SOON.plusSeconds(9), INVOICE),
                moved(grant, Kind.RESTORED, "2", SOON.plusSeconds(99), INVOICE)), List.of()));
        assertThat(ports.wallets().consumption(List.of(wallet.id(), other.id())))
                .isEqualTo(Map.of(wallet.id(), new Consumption(credits("3.005"), SOON.plusSeconds(9))));
    }

    private static WalletTransaction moved(WalletTransaction grant, Kind kind, String units, Instant at, UUID invoice) {
        return new WalletTransaction(new TransactionId(Samples.id(kind + units)), grant.wallet(), kind, Status.SETTLED,
                credits(units), Credits.none(cad("0.00")), Optional.empty(), Optional.of(invoice),
                List.of(new Source(grant.id(), credits(units))), at, Optional.of(at));
    }

    private static List<Wallet> everyKind() {
        var fixed = new Method.Fixed(new BigDecimal("10.5"), new BigDecimal("0.000000000001"));
        List<TopUpRule> rules = List.of(
                new TopUpRule(every(SOON), fixed, Optional.of(SOON.plusSeconds(9))),
                TopUpRule.of(new Trigger.AtMost(BigDecimal.ZERO), new Method.Target(new BigDecimal("99.99"))));
        var yen = Currency.getInstance("JPY");
        var scope = WalletScope.ofMetrics(new MetricCode("cpu"), new MetricCode("Größe \"L\", {x} 📈"));
        return List.of(sample(ZOE, "plain"),
                new Wallet(new WalletId(Samples.id("rich")), ZOE, "Guthaben «ü» 🚀", yen, new BigDecimal("0.000000000001"), 1,
                        scope, Optional.of(SOON), Wallet.Status.ACTIVE, Credits.none(Money.zero(yen)), rules, SOON),
                priority(sample(ZOE, "last"), Integer.MAX_VALUE));
    }

    private static Trigger.Every every(Instant next) {
        return new Trigger.Every(new BillingCycle(Interval.MONTHLY, LocalDate.of(2026, 1, 31), Samples.TORONTO), next);
    }

    /** The first wallet with what may be changed taken from the second. */
    private static Wallet settings(Wallet wallet, Wallet from) {
        return new Wallet(wallet.id(), wallet.holder(), from.name(), wallet.currency(), wallet.rate(), from.priority(),
                from.scope(), from.expiresAt(), wallet.status(), wallet.balance(), from.rules(), wallet.createdAt());
    }

    private static Wallet priority(Wallet wallet, int priority) {
        return new Wallet(wallet.id(), wallet.holder(), wallet.name(), wallet.currency(), wallet.rate(), priority,
                wallet.scope(), wallet.expiresAt(), wallet.status(), wallet.balance(), wallet.rules(), wallet.createdAt());
    }

    private static Wallet expiring(Wallet wallet, Instant end) {
        return new Wallet(wallet.id(), wallet.holder(), wallet.name(), wallet.currency(), wallet.rate(), wallet.priority(),
                wallet.scope(), Optional.of(end), wallet.status(), wallet.balance(), wallet.rules(), wallet.createdAt());
    }

    private static Wallet sample(ServiceCustomer holder, String name) {
        return new Wallet(new WalletId(Samples.id(holder + name)), holder, name, Samples.CAD, BigDecimal.ONE, 50,
                WalletScope.ALL, Optional.empty(), Wallet.Status.ACTIVE, Credits.none(cad("0.00")), List.of(),
                Samples.NEW_YEAR);
    }

    private static WalletTransaction transaction(Wallet wallet, String name, Kind kind, Status status, Credits credits,
                                                 Credits left, Instant expiresAt, UUID invoice, List<Source> sources) {
        return new WalletTransaction(new TransactionId(Samples.id(wallet.id() + name)), wallet.id(), kind, status, credits,
                left == null ? Credits.none(cad("0.00")) : left, Optional.ofNullable(expiresAt),
                Optional.ofNullable(invoice), sources, Samples.NEW_YEAR,
                Optional.of(SOON).filter(then -> status == Status.SETTLED));
    }

    private static WalletTransaction grant(Wallet wallet, String name, String units) {
        return transaction(wallet, name, Kind.GRANTED, Status.SETTLED, credits(units), credits(units), null, null,
                List.of());
    }

    private static WalletTransaction of(Wallet wallet, Kind kind, String name) {
        return transaction(wallet, name, kind, Status.SETTLED, credits("0"), null, null, INVOICE, List.of());
    }

    private static WalletTransaction withLeft(WalletTransaction grant, String units) {
        return new WalletTransaction(grant.id(), grant.wallet(), grant.kind(), grant.status(), grant.credits(),
                credits(units), grant.expiresAt(), grant.invoice(), grant.sources(), grant.at(), grant.settledAt());
    }

    private static WalletTransaction expiring(WalletTransaction grant, Instant end) {
        return new WalletTransaction(grant.id(), grant.wallet(), grant.kind(), grant.status(), grant.credits(), grant.left(),
                Optional.of(end), grant.invoice(), grant.sources(), grant.at(), grant.settledAt());
    }

    private static WalletTransaction made(WalletTransaction grant, Instant at) {
        return new WalletTransaction(grant.id(), grant.wallet(), grant.kind(), grant.status(), grant.credits(), grant.left(),
                grant.expiresAt(), grant.invoice(), grant.sources(), at, grant.settledAt());
    }

    private record Purchase(Wallet wallet, String name, Credits credits) {

        WalletTransaction paid() {
            return transaction(wallet, name, Kind.PURCHASED, Status.SETTLED, credits, credits, null, null, List.of());
        }

        WalletTransaction waiting() {
            return transaction(wallet, name, Kind.PURCHASED, Status.PENDING, credits, null, SOON, null, List.of());
        }

        WalletTransaction failed() {
            return transaction(wallet, name, Kind.PURCHASED, Status.FAILED, credits, null, null, null, List.of());
        }
    }

    private static Purchase purchase(Wallet wallet, String name, String units) {
        return new Purchase(wallet, name, credits(units));
    }

    /** At one dollar each; what is finer than a cent is worth nothing more. */
    private static Credits credits(String units) {
        var number = new BigDecimal(units);
        return new Credits(number, new Money(Samples.CAD, number.setScale(2, RoundingMode.DOWN)));
    }

    private Wallet added(ServiceCustomer holder, String name) {
        return added(sample(holder, name));
    }

    private Wallet added(Wallet wallet) {
        assertThat(add(wallet)).isTrue();
        return wallet;
    }

    private boolean add(Wallet wallet) {
        return kept(() -> ports.wallets().add(wallet));
    }

    private void store(WalletChange... changes) {
        keep(() -> ports.wallets().store(List.of(changes)));
    }

    private static WalletChange change(Wallet wallet) {
        return new WalletChange(open(wallet), List.of(), List.of());
    }

    private static OpenWallet open(Wallet wallet) {
        return new OpenWallet(wallet, List.of());
    }

    private List<OpenWallet> claim(ServiceCustomer... holders) {
        return kept(() -> ports.wallets().claim(List.of(holders)));
    }

    private static Money cad(String amount) {
        return Money.of(Samples.CAD, amount);
    }

    private static ServiceCustomer at(Service service, Customer customer) {
        return new ServiceCustomer(service.id(), customer.id());
    }
}
