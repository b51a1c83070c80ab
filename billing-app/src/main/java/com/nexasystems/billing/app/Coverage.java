package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.Summary;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;

/** The headline of a comparison: the share of the revenue in a currency that the model reproduces. */
record Coverage(Currency currency, BigDecimal percent, BigDecimal reproduced, BigDecimal revenue) {

    static List<Coverage> of(Summary summary) {
        return summary.months().stream().map(Summary.Month::currency).distinct()
                .sorted(Comparator.comparing(Currency::getCurrencyCode)).map(currency -> of(summary, currency)).toList();
    }

    private static Coverage of(Summary summary, Currency currency) {
        BigDecimal reproduced = BigDecimal.ZERO;
        BigDecimal revenue = BigDecimal.ZERO;
        for (Summary.Month month : summary.months()) {
            if (month.currency().equals(currency)) {
                reproduced = reproduced.add(month.matchedActual());
                revenue = revenue.add(month.revenue());
            }
        }
        return new Coverage(currency, summary.coverage(currency), reproduced, revenue);
    }

    @Override
    public String toString() {
        return "Coverage " + percent.toPlainString() + " %: of " + Amounts.plain(revenue) + " " + currency
                + " that were charged, the model reproduces " + Amounts.plain(reproduced);
    }
}
