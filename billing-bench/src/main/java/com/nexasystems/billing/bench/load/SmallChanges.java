package com.nexasystems.billing.bench.load;

/** A billing run that finds little to do: it costs what there is to do, not what there is. */
final class SmallChanges extends LoadBenchmark {

    private static final int RECORDS = 10;
    private static final int ONE_IN = 100;

    SmallChanges() {
        super("bill again, when one subscription in " + ONE_IN + " has ended", "the run that billed all of them", "invoice");
    }

    @Override
    Size quick() {
        return new Size(20_000, 2);
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
            for (int i = 0; i < company.size(); i += ONE_IN) {
                company.billing().terminations().terminate(company.service().id(), Company.externalId(i));
            }
            int ended = company.size() / ONE_IN;
            turns.ours(ended, () -> Company.expect(ended,
                    company.billing().billingRun().run(Company.NOW, Company.WORKERS, drafted -> { }).invoices()));
        }
    }
}
