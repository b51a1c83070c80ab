package com.nexasystems.billing.ledger;

import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Facts that need not add up, with everything in them that can be. */
final class RandomFacts {

    private static final List<String> PIECES = List.of("a", "", " ", "\t", "\n", "\r", "\\", "\\u0041", "=", "é", "日本",
            "😀", "\ud83d", "\udc00", "\u0000", "\u0085", "\u2028", "\ufeff", "name=x", "-0");

    private final SplittableRandom random;
    private final Currency currency;

    private RandomFacts(SplittableRandom random) {
        this.random = random;
        this.currency = Currency.getInstance(oneOf(random, "CAD", "JPY", "KWD", "ISK"));
    }

    static InvoiceFacts of(SplittableRandom random) {
        return of(random, "in_" + random.nextInt(1000), oneOf(random, State.values()));
    }

    static InvoiceFacts of(SplittableRandom random, String id, State state) {
        return new RandomFacts(random).facts(id, state);
    }

    private InvoiceFacts facts(String id, State state) {
        return new InvoiceFacts(id, optional(this::text), state,
                new Party(text(), text()), optional(() -> new Jurisdiction(oneOf(random, "CA", "CA-ON", "FR"))), currency,
                optional(this::instant), optional(this::date), list(this::line), list(this::tax), totals(),
                list(this::payment), list(this::note), list(this::refund), optional(this::instant), optional(this::instant),
                optional(this::text), list(this::text));
    }

    private Line line() {
        return new Line(text(), text(), optional(this::text), random.nextBoolean(), list(this::text),
                oneOf(random, Sale.values()), money(), money(), money());
    }

    private Tax tax() {
        return new Tax(text(), optional(this::percent), random.nextBoolean(), money(),
                list(() -> new Tax.Part(money(), money())), money());
    }

    private Totals totals() {
        return new Totals(money(), money(), money(), money(), money(), money(), money(), money(), money());
    }

    private Payment payment() {
        return new Payment(text(), text(), money(), instant());
    }

    private Refund refund() {
        return new Refund(text(), text(), money(), instant(), random.nextBoolean());
    }

    private CreditNote note() {
        return new CreditNote(text(), optional(this::text), instant(),
                list(() -> new CreditedLine(optional(this::text), text(), money())), list(this::tax), money(), money(),
                money(), money(), money());
    }

    private Money money() {
        return Money.ofMinor(currency, chance(random, 5) ? BigInteger.TEN.pow(20).negate()
                : BigInteger.valueOf(random.nextLong(-100_000, 100_000)));
    }

    private BigDecimal percent() {
        return new BigDecimal(oneOf(random, "13", "13.00", "9.975", "0", "100", "0.000000000001"));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L),
                oneOf(random, 0, 1, 1000, 500_000_000, random.nextInt(1_000_000_000)));
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(30_000));
    }

    private String text() {
        return Stream.generate(() -> oneOf(random, PIECES)).limit(random.nextInt(4)).reduce("", String::concat);
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(3)).toList();
    }
}
