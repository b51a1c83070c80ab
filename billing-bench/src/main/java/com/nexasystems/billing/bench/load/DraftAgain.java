package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.usage.UsageSubmission;
import java.util.List;
import java.util.stream.IntStream;

/** One draft after the other, each of which has news. */
final class DraftAgain extends LoadBenchmark {

    private static final int RECORDS = 50;
    private static final int WARM_UP = 2;
    private static final List<String> STATEMENTS = List.of(
            Month.GROUPED.formatted("AND subscription_id = ?::uuid"),
            "UPDATE invoice_line SET amount = amount WHERE subject_id = ?::uuid",
            "UPDATE invoice_tax SET amount = amount WHERE subject_id = ?::uuid",
            "UPDATE invoice SET total = total WHERE subject_id = ?::uuid");

    private int news = RECORDS;

    DraftAgain() {
        super("compute a draft again", "GROUP BY of its usage, and UPDATE of its rows, in a transaction", "draft");
    }

    @Override
    Size quick() {
        return new Size(500, 3);
    }

    @Override
    Size full() {
        return new Size(1_000, 15);
    }

    @Override
    void run(Company company, Database database, Turns turns, int count) {
        company.fill(RECORDS);
        company.draft();
        company.analyse();
        List<InvoiceId> drafts = company.ports().invoices().list(InvoiceQuery.ALL).stream().map(Invoice::id).toList();
        Company.expect(company.size(), drafts.size());
        for (int turn = -WARM_UP; turn < count; turn++) {
            company.billing().usage().record(company.service(), news(company));
            Runnable bare = () -> bare(company, database);
            Runnable refresh = () -> drafts.forEach(id -> company.billing().drafts().refresh(company.service().id(), id));
            if (turn < 0) {
                bare.run();
                refresh.run();
            } else {
                turns.turn(company.size(), bare, refresh);
            }
        }
        Company.expect(0, Long.parseLong(database.value("SELECT count(*) FROM late_usage")));
    }

    private List<UsageSubmission> news(Company company) {
        news++;
        return IntStream.range(0, company.size()).mapToObj(i -> company.hour(i, news)).toList();
    }

    private static void bare(Company company, Database database) {
        database.run(connection -> {
            connection.setAutoCommit(false);
            for (int i = 0; i < company.size(); i++) {
                for (String sql : STATEMENTS) {
                    try (var statement = connection.prepareStatement(sql)) {
                        statement.setString(1, Company.subscription(i).toString());
                        statement.execute();
                    }
                }
                connection.commit();
            }
        });
    }
}
