package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.CouponScope;
import com.nexasystems.billing.coupon.CouponTerms;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns that a coupon and its customers' copies have in common. */
final class CouponTermsColumns {

    private CouponTermsColumns() {
    }

    static <T> Batch<T> in(Batch<T> batch, Function<T, CouponTerms> terms, Function<T, CouponScope> scope) {
        return batch
                .text("currency", row -> Nullable.map(fixed(terms.apply(row)), money -> money.currency().getCurrencyCode()))
                .numeric("amount", row -> Nullable.map(fixed(terms.apply(row)), Money::amount))
                .numeric("percent", row -> terms.apply(row).discount() instanceof Discount.Percentage percentage
                        ? percentage.percent() : null)
                .text("frequency", row -> terms.apply(row).frequency().kind().code())
                .integer("invoices", row -> terms.apply(row).frequency().invoices().orElse(null))
                .texts("plans", row -> scope.apply(row).plans().stream().map(PlanCode::value).sorted().toList())
                .texts("metrics", row -> scope.apply(row).metrics().stream().map(MetricCode::value).sorted().toList());
    }

    private static Money fixed(CouponTerms terms) {
        return terms.discount() instanceof Discount.Fixed fixed ? fixed.amount() : null;
    }

    static CouponTerms terms(ResultSet row) throws SQLException {
        BigDecimal percent = row.getBigDecimal("percent");
        Discount discount = percent == null ? new Discount.Fixed(money(row, "amount")) : new Discount.Percentage(percent);
        var kind = CouponFrequency.Kind.valueOf(row.getString("frequency").toUpperCase(Locale.ROOT));
        return new CouponTerms(discount,
                new CouponFrequency(kind, Optional.ofNullable(row.getObject("invoices", Integer.class))));
    }

    static CouponScope scope(ResultSet row) throws SQLException {
        return new CouponScope(
                Arrays.stream(Sql.texts(row, "plans")).map(PlanCode::new).collect(Collectors.toSet()),
                Arrays.stream(Sql.texts(row, "metrics")).map(MetricCode::new).collect(Collectors.toSet()));
    }

    /** In the row's currency; null for null. */
    static Money money(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? null : new Money(Currency.getInstance(row.getString("currency")), amount);
    }
}
