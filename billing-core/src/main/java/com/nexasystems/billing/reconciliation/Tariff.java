package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * What a subscription costs, as figures that rules are tried on.
 *
 * @param price   of a whole period
 * @param quota   units that are included
 * @param rate    of {@code batch} units beyond it
 * @param percents taxes on it: of all together, then of each; empty if none is known
 */
record Tariff(String plan, Currency currency, BigDecimal price, BigDecimal quota, BigDecimal rate, BigDecimal batch,
              List<BigDecimal> percents) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    /** Of an imported plan, which has one charge. */
    static Tariff of(Plan plan, PlanVersion version, List<BigDecimal> percents) {
        var none = new Tariff(plan.name(), plan.currency(), version.flatPrice().amount(), BigDecimal.ZERO, BigDecimal.ZERO,
                BigDecimal.ONE, percents);
        return version.charges().stream().filter(charge -> charge.model() instanceof Standard).findFirst().map(charge -> {
            Standard model = (Standard) charge.model();
            return new Tariff(none.plan, none.currency, none.price, charge.quota().included(), model.price(), model.batch(),
                    percents);
        }).orElse(none);
    }

    /** The same at another price of the plan. */
    Tariff at(BigDecimal otherPrice) {
        return new Tariff(plan, currency, otherPrice, quota, rate, batch, percents);
    }

    /** What something comes to: exact, or rounded on each line. */
    record Charged(BigDecimal flat, BigDecimal usage, BigDecimal total) { }

    Charged charge(BillerRules rules, Proration share, BigDecimal used) {
        return charge(rules, flat(share), usage(overage(rules.quota(), used)));
    }

    /** By rules, of amounts before tax that are exact. */
    Charged charge(BillerRules rules, BigDecimal exactFlat, BigDecimal exactUsage) {
        BigDecimal flat = rules.tax() == TaxRule.INCLUDED ? withTax(exactFlat) : exactFlat;
        BigDecimal usage = rules.tax() == TaxRule.INCLUDED ? withTax(exactUsage) : exactUsage;
        if (rules.rounding() == Rounding.LINE) {
            flat = rounded(flat, rules);
            usage = rounded(usage, rules);
        }
        BigDecimal total = flat.add(usage);
        total = rules.rounding() == Rounding.TOTAL ? rounded(total, rules) : total;
        if (rules.tax() == TaxRule.INCLUDED_AFTER_ROUNDING) {
            BigDecimal tax = withTax(total).subtract(total);
            total = total.add(rules.rounding() == Rounding.NONE ? tax : rounded(tax, rules));
        }
        return new Charged(flat, usage, total);
    }

    BigDecimal flat(Proration share) {
        return share.isWhole() ? price : price.multiply(BigDecimal.valueOf(share.part()))
                .divide(BigDecimal.valueOf(share.whole()), Decimals.DIVISION);
    }

    BigDecimal usage(BigDecimal overage) {
        return overage.signum() == 0 ? BigDecimal.ZERO : overage.multiply(rate).divide(batch, Decimals.DIVISION);
    }

    BigDecimal overage(QuotaRule rule, BigDecimal used) {
        BigDecimal included = quota.add(BigDecimal.valueOf(rule.seconds())).max(BigDecimal.ZERO);
        BigDecimal beyond = used.subtract(included).max(BigDecimal.ZERO);
        return rule == QuotaRule.ALL_ONCE_EXCEEDED && beyond.signum() > 0 ? used : beyond;
    }

    /** Of the units that the rate is for, or of a single unit to a thousandth: so small a price is rounded. */
    boolean isRate(BigDecimal unitPrice) {
        BigDecimal perUnit = rate.divide(batch, Decimals.DIVISION);
        return rate.signum() > 0 && (unitPrice.compareTo(rate) == 0
                || unitPrice.subtract(perUnit).abs().multiply(THOUSAND).compareTo(perUnit) <= 0);
    }

    /** The whole price, or with one of the taxes on it. */
    boolean isPrice(BigDecimal amount) {
        return price.compareTo(amount) == 0 || percents.stream().map(percent -> withTax(price, percent))
                .anyMatch(gross -> gross.subtract(amount).abs().compareTo(minorUnit()) < 0);
    }

    BigDecimal withTax(BigDecimal net) {
        return percents.isEmpty() ? net : withTax(net, percents.get(0));
    }

    static BigDecimal withTax(BigDecimal net, BigDecimal percent) {
        return net.add(net.multiply(percent).divide(HUNDRED, Decimals.DIVISION));
    }

    BigDecimal rounded(BigDecimal amount, BillerRules rules) {
        return amount.setScale(currency.getDefaultFractionDigits(), rules.mode());
    }

    /** The smallest amount that can be charged. */
    BigDecimal minorUnit() {
        return BigDecimal.ONE.movePointLeft(currency.getDefaultFractionDigits());
    }
}
