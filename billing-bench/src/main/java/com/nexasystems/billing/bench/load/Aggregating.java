package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageWindow;
import java.util.List;

/** Adding up the usage of a month, page by page as a billing run does; on one connection each. */
final class Aggregating extends LoadBenchmark {

    private static final int RECORDS = 50;
    private static final int PAGE = 500;

    Aggregating() {
        super("add up a month of usage", "one GROUP BY of the same records", "record");
    }

    @Override
    Size quick() {
        return new Size(5_000, 3);
    }

    @Override
    Size full() {
        return new Size(10_000, 15);
    }

    @Override
    void run(Company company, Database database, Turns turns, int count) {
        company.fill(RECORDS);
        List<List<UsageWindow>> pages = company.pages(PAGE).stream().map(page -> page.stream()
                .flatMap(i -> company.metrics().stream()
                        .map(metric -> new UsageWindow(Company.subscription(i), metric, Company.JANUARY, false)))
                .toList()).toList();
        int records = company.size() * company.metrics().size() * RECORDS;
        Runnable grouped = () -> database.execute(Month.GROUPED.formatted(""));
        Runnable aggregated = () -> Company.expect(records, pages.stream().mapToLong(page ->
                company.ports().usageRecords().aggregate(page).stream().mapToLong(AggregatedUsage::count).sum()).sum());
        grouped.run();
        aggregated.run();
        for (int turn = 0; turn < count; turn++) {
            turns.turn(records, grouped, aggregated);
        }
    }
}
