package com.nexasystems.billing.wallet;

import com.nexasystems.billing.metric.MetricCode;
import java.util.Optional;
import java.util.Set;

/** What a wallet pays: the usage of some metrics, or, when it names none, everything. */
public record WalletScope(Set<MetricCode> metrics) {

    public static final WalletScope ALL = new WalletScope(Set.of());

    public WalletScope {
        metrics = Set.copyOf(metrics);
    }

    public static WalletScope ofMetrics(MetricCode... metrics) {
        return new WalletScope(Set.of(metrics));
    }

    /** @param metric empty for what is no usage */
    boolean covers(Optional<MetricCode> metric) {
        return metrics.isEmpty() || metric.filter(metrics::contains).isPresent();
    }
}
