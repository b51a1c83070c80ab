package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.wallet.Credits;
import com.nexasystems.billing.wallet.TopUpRule;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** How a wallet, without its rules, is kept. */
final class WalletRow {

    static final Batch<Wallet> BATCH = new Batch<Wallet>()
            .uuid("id", wallet -> wallet.id().value())
            .uuid("service_id", wallet -> wallet.holder().service().value())
            .uuid("customer_id", wallet -> wallet.holder().customer().value())
            .text("name", Wallet::name)
            .text("currency", wallet -> wallet.currency().getCurrencyCode())
            .numeric("rate", Wallet::rate)
            .integer("priority", Wallet::priority)
            .texts("metrics", wallet -> wallet.scope().metrics().stream().map(MetricCode::value).sorted().toList())
            .instant("expires_at", wallet -> wallet.expiresAt().orElse(null))
            .text("status", wallet -> wallet.status().code())
            .numeric("balance_units", wallet -> wallet.balance().units())
            .numeric("balance_worth", wallet -> wallet.balance().worth().amount())
            .instant("created_at", Wallet::createdAt);

    private WalletRow() {
    }

    static Wallet read(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        var holder = new ServiceCustomer(new ServiceId(row.getObject("service_id", UUID.class)),
                new CustomerId(row.getObject("customer_id", UUID.class)));
        var scope = new WalletScope(
                Arrays.stream(Sql.texts(row, "metrics")).map(MetricCode::new).collect(Collectors.toSet()));
        List<TopUpRule> readLater = List.of();
        return new Wallet(new WalletId(row.getObject("id", UUID.class)), holder, row.getString("name"), currency,
                row.getBigDecimal("rate"), row.getInt("priority"), scope,
                Optional.ofNullable(Sql.instant(row, "expires_at")),
                Wallet.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                new Credits(row.getBigDecimal("balance_units"), new Money(currency, row.getBigDecimal("balance_worth"))),
                readLater, Sql.instant(row, "created_at"));
    }
}
