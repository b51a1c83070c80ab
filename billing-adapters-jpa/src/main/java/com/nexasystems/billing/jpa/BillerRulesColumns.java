package com.nexasystems.billing.jpa;

import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Function;

/** The columns of the rules of a biller. */
final class BillerRulesColumns {

    private BillerRulesColumns() {
    }

    static <T> Batch<T> in(Batch<T> batch, Function<T, BillerRules> rules) {
        return batch.text("rounding", row -> rules.apply(row).rounding().name())
                .text("rounding_mode", row -> rules.apply(row).mode().name())
                .text("tax", row -> rules.apply(row).tax().name())
                .text("proration", row -> rules.apply(row).proration().name())
                .text("quota", row -> rules.apply(row).quota().name())
                .text("zone", row -> rules.apply(row).zone().getId())
                .text("usage_shift", row -> rules.apply(row).shift().toString());
    }

    static BillerRules read(ResultSet row) throws SQLException {
        return new BillerRules(Rounding.valueOf(row.getString("rounding")),
                RoundingMode.valueOf(row.getString("rounding_mode")), TaxRule.valueOf(row.getString("tax")),
                ProrationRule.valueOf(row.getString("proration")), QuotaRule.valueOf(row.getString("quota")),
                ZoneId.of(row.getString("zone")), Duration.parse(row.getString("usage_shift")));
    }
}
