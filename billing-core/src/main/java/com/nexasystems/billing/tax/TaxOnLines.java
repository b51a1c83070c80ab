package com.nexasystems.billing.tax;

import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/** Computes the taxes of an invoice on its rounded lines. Pure. */
public final class TaxOnLines {

    private TaxOnLines() {
    }

    /** One amount per rate, in the order of the rates. All lines must be in {@code currency}. */
    public static List<TaxAmount> compute(TaxPolicy policy, List<TaxRate> rates, Currency currency, List<Money> lines) {
        Money base = lines.stream().reduce(Money.zero(currency), Money::plus);
        return rates.stream()
                .map(rate -> new TaxAmount(rate.code(), rate.percent(), base, tax(policy, rate, base, lines)))
                .toList();
    }

    private static Money tax(TaxPolicy policy, TaxRate rate, Money base, List<Money> lines) {
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
