package com.nexasystems.billing.tax;

import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/** Computes the taxes of an invoice on its rounded lines. Pure. */
public final class TaxOnLines {

    private TaxOnLines() {
    }

    /**
     * A line and the taxes that it carries.
     *
     * @param net   after discounts
     * @param rates none for a line without tax
     */
    public record TaxedLine(Money net, List<? extends Levy> rates) {

        public TaxedLine {
            rates = List.copyOf(rates);
        }
    }

    /** One amount per rate, in the order of the rates. All lines must be in {@code currency}. */
    public static List<TaxAmount> compute(TaxPolicy policy, List<? extends Levy> rates, Currency currency,
                                          List<Money> lines) {
        Money base = sum(currency, lines);
        return rates.stream()
                .map(rate -> new TaxAmount(rate.code(), rate.percent(), base, tax(policy, rate, base, lines)))
                .toList();
    }

    /** Lines with taxes of their own: one amount per rate, in the order in which the rates appear. */
    public static List<TaxAmount> computeEach(TaxPolicy policy, Currency currency, List<TaxedLine> lines) {
        return lines.stream().<Levy>flatMap(line -> line.rates.stream()).distinct().map(rate -> {
            List<Integer> carriers = IntStream.range(0, lines.size()).boxed()
                    .filter(i -> lines.get(i).rates.contains(rate)).toList();
            List<Money> amounts = carriers.stream().map(i -> lines.get(i).net).toList();
            Money base = sum(currency, amounts);
            return new TaxAmount(rate.code(), rate.percent(), base, tax(policy, rate, base, amounts),
                    carriers.size() == lines.size() ? List.of() : carriers);
        }).toList();
    }

    private static Money sum(Currency currency, List<Money> amounts) {
        return amounts.stream().reduce(Money.zero(currency), Money::plus);
    }

    private static Money tax(TaxPolicy policy, Levy rate, Money base, List<Money> lines) {
        return switch (policy.level()) {
            case ON_TOTAL -> rounded(policy, base, rate.percent());
            case PER_LINE -> lines.stream().map(line -> rounded(policy, line, rate.percent()))
                    .reduce(Money.zero(base.currency()), Money::plus);
            case PER_COMPONENT -> rate.components().stream().map(part -> rounded(policy, base, part.percent()))
                    .reduce(Money.zero(base.currency()), Money::plus);
        };
    }

    private static Money rounded(TaxPolicy policy, Money base, BigDecimal percent) {
        BigDecimal exact = base.amount().multiply(percent).movePointLeft(2);
        return new ExactAmount(base.currency(), exact).rounded(policy.rounding());
    }
}
