package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourceUsage;
import java.util.function.Consumer;

/** The usage table of one deployment: as metered, without what vanished, and twice what is there twice. */
final class UsageRows {

    /** More than a deployment has in the longest simulation, copies included. */
    private static final long MOST = 1_000_000;

    private final Seeds seeds;

    UsageRows(Seeds seeds) {
        this.seeds = seeds;
    }

    /** By rising start. */
    void each(Deployment deployment, UsageSeries series, UsageEdits edits, Consumer<SourceUsage> row) {
        for (int index = 0; index < series.size(); index++) {
            if (series.recorded(index) && !edits.removed().get(index)) {
                row.accept(row(deployment, series, index, 0));
                if (edits.doubled().get(index)) {
                    row.accept(row(deployment, series, index, 1));
                }
            }
        }
    }

    private SourceUsage row(Deployment deployment, UsageSeries series, int index, int copy) {
        return new SourceUsage(seeds.id("usage row", deployment.index() * MOST + index * 2L + copy),
                deployment.subscriptionId(), series.start(index), series.end(index), Biller.hours(series.micros(index)));
    }
}
