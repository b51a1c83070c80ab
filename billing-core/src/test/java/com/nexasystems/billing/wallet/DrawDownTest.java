package com.nexasystems.billing.wallet;

import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;
import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawDownTest {

    private static final ServiceCustomer ADA = new ServiceCustomer(new ServiceId(new UUID(0, 1)),
            new CustomerId(new UUID(0, 2)));

    private final Ids ids = Ports.inMemory().ids();

    /** Wallets are {@code priority:credits[@rate][/metric…]}, in the order of their age; amounts {@code [metric]:cents}. */
    @ParameterizedTest(name = "{0} pay {1} of {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # figures of Lago
            50:10 49:10                                | 100  | m:100          | 0 100
            50:10 49:10 50:10/m 49:10/m                | 1500 | m:1500         | 0 1000 0 500
            50:10 49:10                                | 110  | :66 m:44       | 0 110
            50:10                                      | 3000 | m:3000         | 1000
            50:100                                     | 3000 | m:3000         | 3000
            50:100/a                                   | 5000 | a:3000 b:2000  | 3000
            20:100 1:10                                | 3000 | m:3000         | 2000 1000
            50:100/m                                   | 8000 | :5000 m:3000   | 3000
            # our own
            1:10 2:10/m                                | 2000 | m:1000 :1000   | 1000 1000
            1:10/m/n 2:10/m                            | 2000 | m:1000 n:1000  | 1000 1000
            1:10 2:10/m                                | 500  | m:1000 :1000   | 500 0
            1:10                                       | 700  | m:300          | 700
            1:10/m                                     | 700  | m:300          | 300
            1:10/m 2:10                                | 600  | m:1000 n:-400  | 600 0
            1:10                                       | -500 | m:-500         | 0
            1:10                                       | 0    | m:500 :-500    | 0
            1:10 1:10                                  | 1500 | :1500          | 1000 500
            1:10@0.333                                 | 500  | :500           | 333
            1:10@0.333                                 | 100  | :100           | 100
            """)
    void pays(String wallets, long total, String amounts, String expected) {
        List<OpenWallet> claimed = wallets(wallets);
        DrawDown drawn = DrawDown.of(invoice(total, amounts), Cases.shuffled(new SplittableRandom(total), claimed), ids);
        List<Long> paid = claimed.stream().map(before -> before.available(MARCH).worth().minus(
                after(drawn, before).available(MARCH).worth()).minorUnits().longValueExact()).toList();
        assertThat(paid).isEqualTo(Arrays.stream(expected.split(" ")).map(Long::valueOf).toList());
        assertThat(drawn.paid().minorUnits().longValueExact()).isEqualTo(paid.stream().mapToLong(cents -> cents).sum());
    }

    @Test
    void credits_are_priced_once_so_that_they_pay_what_they_cost() {
        // Lago: 10 granted and 50 paid at 0.6665 are 6.67 and 33.33, and pay 40.00.
        OpenWallet open = empty(0, 1, "0.6665", WalletScope.ALL)
                .granted(BigDecimal.TEN, Optional.empty(), ids, MARCH).after();
        WalletTransaction purchase = open.purchased(new BigDecimal("50"), Optional.empty(), ids, MARCH).added().get(0);
        OpenWallet filled = open.settled(purchase, MARCH).after();
        DrawDown drawn = DrawDown.of(invoice(6000, "m:6000"), List.of(filled), ids);
        assertThat(drawn.paid()).isEqualTo(cad("40.00"));
        assertThat(drawn.granted()).isEqualTo(cad("6.67"));
        assertThat(after(drawn, filled).wallet().balance().isNone()).isTrue();
        assertThat(drawn.changes().get(0).added().get(0).credits().units()).isEqualByComparingTo("60");
    }

    @Test
    void granted_credits_go_first_then_those_that_expire_first_then_the_oldest() {
        OpenWallet open = empty(0, 1, "1", WalletScope.ALL);
        var units = BigDecimal.TEN;
        WalletChange all = open.purchased(units, Optional.empty(), ids, MARCH)
                .then(now -> now.settled(now.topUps().get(0), MARCH))
                .then(now -> now.granted(units, Optional.empty(), ids, MARCH.plusSeconds(2)))
                .then(now -> now.granted(units, Optional.of(APRIL), ids, MARCH.plusSeconds(3)))
                .then(now -> now.granted(units, Optional.empty(), ids, MARCH.plusSeconds(1)));
        List<TransactionId> made = all.added().stream().map(WalletTransaction::id).toList();
        DrawDown drawn = DrawDown.of(invoice(3500, ":3500"), List.of(all.after()), ids);
        assertThat(drawn.changes().get(0).added().get(0).sources()).extracting(WalletTransaction.Source::topUp)
                .containsExactly(made.get(2), made.get(3), made.get(1), made.get(0));
        assertThat(drawn.granted()).isEqualTo(cad("30.00"));
    }

    @Test
    void what_is_over_pays_nothing_any_more() {
        OpenWallet open = empty(0, 1, "1", WalletScope.ALL).granted(BigDecimal.TEN, Optional.of(APRIL), ids, MARCH).after();
        OpenWallet ending = open.with(Wallet.Settings.named("w").expiring(MARCH.plusSeconds(1)));
        assertThat(open.available(APRIL.minusNanos(1)).worth()).isEqualTo(cad("10.00"));
        assertThat(open.available(APRIL).isNone()).isTrue();
        assertThat(ending.available(MARCH.plusSeconds(1)).isNone()).isTrue();
        assertThat(DrawDown.of(at(APRIL, invoice(500, ":500")), List.of(open), ids).changes()).isEmpty();
    }

    @Test
    void wallets_of_another_customer_service_or_currency_are_left_alone() {
        var other = new ServiceCustomer(new ServiceId(new UUID(9, 9)), ADA.customer());
        Wallet foreign = Wallet.of(new WalletId(new UUID(1, 1)), other, CAD, BigDecimal.ONE,
                Wallet.Settings.named("w"), MARCH);
        Wallet dollars = Wallet.of(new WalletId(new UUID(1, 2)), ADA, Currency.getInstance("USD"), BigDecimal.ONE,
                Wallet.Settings.named("w"), MARCH);
        List<OpenWallet> filled = List.of(foreign, dollars).stream().map(wallet -> new OpenWallet(wallet, List.of())
                .granted(BigDecimal.TEN, Optional.empty(), ids, MARCH).after()).toList();
        DrawDown drawn = DrawDown.of(invoice(500, ":500"), filled, ids);
        assertThat(drawn.paid()).isEqualTo(cad("0.00"));
        assertThat(drawn.after()).containsExactlyInAnyOrderElementsOf(filled);
        var mixed = new Payable(new UUID(1, 1), ADA, cad("1.00"), List.of(new Payable.Amount(Optional.empty(),
                Money.of(Currency.getInstance("USD"), "1.00"))), MARCH);
        assertThatThrownBy(() -> DrawDown.of(mixed, filled, ids)).isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void never_more_than_is_owed_never_more_than_there_is_and_as_much_as_can_be() {
        Cases.check(10_000, random -> {
            List<OpenWallet> claimed = IntStream.range(0, random.nextInt(5)).mapToObj(i -> random(random, i)).toList();
            Payable invoice = invoice(random.nextInt(4000) - 500, IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> oneOf(random, "", "m", "n") + ":" + (random.nextInt(1500) - 200))
                    .collect(Collectors.joining(" ")));
            DrawDown drawn = DrawDown.of(invoice, claimed, ids);
            assertThat(drawn.paid().isNegative()).isFalse();
            assertThat(drawn.paid().compareTo(cents(Math.max(0, invoice.total().minorUnits().longValue())))).isNotPositive();
            boolean stillOwed = drawn.paid().compareTo(invoice.total()) < 0;
            Money left = Money.zero(CAD);
            for (OpenWallet before : claimed) {
                OpenWallet now = after(drawn, before);
                assertBalanced(now);
                left = left.plus(before.wallet().balance().worth()).minus(now.wallet().balance().worth());
                boolean forEverything = before.wallet().scope().equals(WalletScope.ALL);
                assertThat(stillOwed && forEverything && !now.available(MARCH).isNone()).isFalse();
            }
            assertThat(left).isEqualTo(drawn.paid());
        });
    }

    private OpenWallet random(SplittableRandom random, int number) {
        OpenWallet open = empty(number, 1 + random.nextInt(3), oneOf(random, "1", "0.333", "7", "0.6665"),
                oneOf(random, WalletScope.ALL, scope("m"), scope("n"), WalletScope.ofMetrics(new MetricCode("m"),
                        new MetricCode("n"))));
        for (int i = random.nextInt(4); i > 0; i--) {
            BigDecimal units = BigDecimal.valueOf(100 + random.nextInt(20_000), 3);
            Optional<Instant> end = chance(random, 30) ? Optional.of(APRIL) : Optional.empty();
            open = open.granted(units, end, ids, MARCH).after();
        }
        return open;
    }

    static void assertBalanced(OpenWallet open) {
        Credits left = open.topUps().stream().map(WalletTransaction::left)
                .reduce(Credits.none(open.wallet().balance().worth()), Credits::plus);
        assertThat(left).isEqualTo(open.wallet().balance());
    }

    private List<OpenWallet> wallets(String text) {
        var wallets = new ArrayList<OpenWallet>();
        for (String wallet : text.split(" ")) {
            String[] parts = wallet.split("/");
            String[] figures = parts[0].split("[:@]");
            MetricCode[] metrics = Arrays.stream(parts).skip(1).map(MetricCode::new).toArray(MetricCode[]::new);
            wallets.add(empty(wallets.size(), Integer.parseInt(figures[0]), figures.length > 2 ? figures[2] : "1",
                    WalletScope.ofMetrics(metrics))
                    .granted(new BigDecimal(figures[1]), Optional.empty(), ids, MARCH).after());
        }
        return wallets;
    }

    private static WalletScope scope(String metric) {
        return WalletScope.ofMetrics(new MetricCode(metric));
    }

    private static OpenWallet empty(int number, int priority, String rate, WalletScope scope) {
        var settings = new Wallet.Settings("w" + number, priority, scope, Optional.empty(), List.of());
        return new OpenWallet(Wallet.of(new WalletId(new UUID(7, number)), ADA, CAD, new BigDecimal(rate), settings,
                MARCH.plusSeconds(number)), List.of());
    }

    private static OpenWallet after(DrawDown drawn, OpenWallet before) {
        return drawn.after().stream().filter(open -> open.wallet().id().equals(before.wallet().id())).findFirst()
                .orElseThrow();
    }

    private static Payable invoice(long total, String amounts) {
        return new Payable(new UUID(3, 3), ADA, cents(total), Arrays.stream(amounts.split(" ")).map(amount -> {
            String[] parts = amount.split(":");
            return new Payable.Amount(parts[0].isEmpty() ? Optional.empty() : Optional.of(new MetricCode(parts[0])),
                    cents(Long.parseLong(parts[1])));
        }).toList(), MARCH);
    }

    private static Payable at(Instant instant, Payable invoice) {
        return new Payable(invoice.invoice(), invoice.holder(), invoice.total(), invoice.amounts(), instant);
    }

    private static Money cents(long cents) {
        return Money.ofMinor(CAD, BigInteger.valueOf(cents));
    }
}
