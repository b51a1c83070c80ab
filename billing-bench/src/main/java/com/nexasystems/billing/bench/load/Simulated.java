package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.rating.RatingRequest;
import com.nexasystems.billing.rating.SimulationRequest;
import java.util.List;

/** What another price list would have changed in a month: as it is and as it would be, customer by customer. */
final class Simulated extends LoadBenchmark {

    private static final int RECORDS = 10;
    private static final int PAGE = 500;

    Simulated() {
        super("simulate another price list", "rating the same periods once", "subscription");
    }

    @Override
    Size quick() {
        return new Size(5_000, 3);
    }

    @Override
    Size full() {
        return new Size(20_000, 15);
    }

    @Override
    void run(Company company, Database database, Turns turns, int count) {
        company.fill(RECORDS);
        Plan plan = company.plan("20", "0.0075");
        List<List<RatingRequest>> pages = company.pages(PAGE).stream()
                .map(page -> page.stream().map(i -> request(plan, i)).toList()).toList();
        var request = new SimulationRequest(plan.code(), company.plan("10", "0.0100"),
                Company.JANUARY.firstDay(), Company.JANUARY.lastDay());
        Runnable rate = () -> pages.forEach(page -> company.billing().rating().rate(page));
        Runnable simulate = () -> Company.expect(company.size(),
                company.billing().simulate().simulate(request, customer -> { }).subscriptions());
        rate.run();
        simulate.run();
        for (int turn = 0; turn < count; turn++) {
            turns.turn(company.size(), rate, simulate);
        }
    }

    private static RatingRequest request(Plan plan, int subscription) {
        PlanVersion version = plan.versionAt(Company.NEW_YEAR);
        return new RatingRequest(Company.subscription(subscription), plan, version, Company.JANUARY, Company.JANUARY,
                Company.NEW_YEAR);
    }
}
