package com.nexasystems.billing.bench.load;

/** Finalising: from drafts to numbered invoices. */
final class Finalised extends LoadBenchmark {

    private static final int RECORDS = 10;

    Finalised() {
        super("finalise a month", "drafting it", "invoice");
    }

    @Override
    Size quick() {
        return new Size(10_000, 2);
    }

    @Override
    Size full() {
        return new Size(20_000, 9);
    }

    @Override
    void run(Company company, Database database, Turns turns, int count) {
        company.fill(RECORDS);
        company.draft();
        company.finalise();
        for (int turn = 0; turn < count; turn++) {
            company.unbill();
            turns.turn(company.size(), company::draft, company::finalise);
        }
    }
}
