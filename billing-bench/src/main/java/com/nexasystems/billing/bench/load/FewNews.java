package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.usage.UsageSubmission;
import java.util.ArrayList;
import java.util.List;

/** Bringing all drafts up to date when usage has come in for a few. */
final class FewNews extends LoadBenchmark {

    private static final int RECORDS = 10;
    private static final int ONE_IN = 100;

    private int news = RECORDS;

    FewNews() {
        super("refresh all drafts, when one in " + ONE_IN + " has news", "the run that drafted all of them", "changed draft");
    }

    @Override
    Size quick() {
        return new Size(10_000, 2);
    }

    @Override
    Size full() {
        return new Size(30_000, 7);
    }

    @Override
    void run(Company company, Database database, Turns turns, int count) {
        company.fill(RECORDS);
        company.draft();
        for (int turn = 0; turn < count; turn++) {
            company.unbill();
            turns.baseline(company.size(), company::draft);
            company.analyse();
            company.billing().usage().record(company.service(), news(company));
            turns.ours(company.size() / ONE_IN, () -> Company.expect(company.size() / ONE_IN,
                    company.billing().drafts().refreshAll(Company.FEBRUARY, refreshed -> { }).invoices()));
        }
    }

    private List<UsageSubmission> news(Company company) {
        var records = new ArrayList<UsageSubmission>();
        for (int i = 0; i < company.size(); i += ONE_IN) {
            records.add(company.hour(i, news));
        }
        news++;
        return records;
    }
}
