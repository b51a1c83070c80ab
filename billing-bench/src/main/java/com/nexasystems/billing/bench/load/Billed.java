package com.nexasystems.billing.bench.load;

/** A billing run: from due subscriptions to drafts. */
final class Billed extends LoadBenchmark {

    private static final int RECORDS = 10;
    private static final int WARM_UP = 2;

    Billed() {
        super("bill a month", "GROUP BY of the usage, and COPY of the same invoices and lines", "invoice");
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
        var month = new Month(company, database);
        for (int turn = -WARM_UP; turn < count; turn++) {
            month.unbill();
            if (turn < 0) {
                month.bill();
                company.draft();
            } else {
                turns.turn(company.size(), month::bill, company::draft);
            }
        }
    }
}
