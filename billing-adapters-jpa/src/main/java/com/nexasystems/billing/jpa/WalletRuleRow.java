package com.nexasystems.billing.jpa;

import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.wallet.TopUpRule;
import com.nexasystems.billing.wallet.TopUpRule.Method;
import com.nexasystems.billing.wallet.TopUpRule.Trigger;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** How a rule of a wallet is kept. */
record WalletRuleRow(WalletId wallet, int position, TopUpRule rule) {

    static final Batch<WalletRuleRow> BATCH = new Batch<WalletRuleRow>()
            .uuid("wallet_id", row -> row.wallet.value())
            .integer("position", WalletRuleRow::position)
            .text("cycle_interval", row -> Nullable.map(row.every(), every -> every.cycle().interval().name()))
            .date("cycle_anchor", row -> Nullable.map(row.every(), every -> every.cycle().anchor()))
            .text("cycle_zone", row -> Nullable.map(row.every(), every -> every.cycle().zone().getId()))
            .instant("next_at", row -> Nullable.map(row.every(), Trigger.Every::next))
            .numeric("threshold", row -> row.rule.trigger() instanceof Trigger.AtMost atMost ? atMost.credits() : null)
            .numeric("paid", row -> Nullable.map(row.fixed(), Method.Fixed::paid))
            .numeric("granted", row -> Nullable.map(row.fixed(), Method.Fixed::granted))
            .numeric("target", row -> row.rule.method() instanceof Method.Target target ? target.credits() : null)
            .instant("expires_at", row -> row.rule.expiresAt().orElse(null));

    static List<WalletRuleRow> of(Collection<Wallet> wallets) {
        return wallets.stream().flatMap(wallet -> IntStream.range(0, wallet.rules().size())
                .mapToObj(i -> new WalletRuleRow(wallet.id(), i, wallet.rules().get(i)))).toList();
    }

    private Trigger.Every every() {
        return rule.trigger() instanceof Trigger.Every every ? every : null;
    }

    private Method.Fixed fixed() {
        return rule.method() instanceof Method.Fixed fixed ? fixed : null;
    }

    static WalletRuleRow read(ResultSet row) throws SQLException {
        BigDecimal threshold = row.getBigDecimal("threshold");
        BigDecimal target = row.getBigDecimal("target");
        Trigger trigger = threshold != null ? new Trigger.AtMost(threshold)
                : new Trigger.Every(cycle(row), Sql.instant(row, "next_at"));
        Method method = target != null ? new Method.Target(target)
                : new Method.Fixed(row.getBigDecimal("paid"), row.getBigDecimal("granted"));
        return new WalletRuleRow(new WalletId(row.getObject("wallet_id", UUID.class)), row.getInt("position"),
                new TopUpRule(trigger, method, Optional.ofNullable(Sql.instant(row, "expires_at"))));
    }

    private static BillingCycle cycle(ResultSet row) throws SQLException {
        return new BillingCycle(Interval.valueOf(row.getString("cycle_interval")),
                row.getObject("cycle_anchor", LocalDate.class), ZoneId.of(row.getString("cycle_zone")));
    }
}
