package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.RowQuery;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Keeping reconciled rows, page by page, with a commit after each: those of a first run, or those of a later one. */
final class Reconciled extends LoadBenchmark {

    private static final int WARM_UP = 2;
    private static final int MONTHS = 12;
    private static final int PAGE = 200;
    /** One row in so many is not as it was charged. */
    private static final int DELTAS = 20;

    private final boolean again;

    private Reconciled(String name, boolean again) {
        super(name, "COPY of the same rows into the same table and indexes, empty", "row");
        this.again = again;
    }

    static Reconciled first() {
        return new Reconciled("keep reconciled rows", false);
    }

    static Reconciled again() {
        return new Reconciled("replace reconciled rows", true);
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
        List<List<ReconciledRow>> pages = pages(company);
        put(company, pages);
        List<byte[]> copies = IntStream.range(0, pages.size()).mapToObj(page -> database.copyOut(
                "(SELECT * FROM reconciled_row ORDER BY subscription, start_day LIMIT " + PAGE * MONTHS + " OFFSET "
                        + page * PAGE * MONTHS + ")")).toList();
        database.execute("CREATE TABLE reconciled_copy (LIKE reconciled_row INCLUDING ALL)",
                "ALTER TABLE reconciled_copy SET (fillfactor = 60)");
        for (int turn = -WARM_UP; turn < count; turn++) {
            database.execute("TRUNCATE reconciled_copy", again ? "VACUUM (ANALYZE) reconciled_row"
                    : "TRUNCATE reconciled_row", "CHECKPOINT");
            Runnable copy = () -> copy(database, copies);
            Runnable put = () -> put(company, pages);
            if (turn < 0) {
                copy.run();
                put.run();
            } else {
                turns.turn(company.size() * MONTHS, copy, put);
            }
        }
        Company.expect((long) company.size() * MONTHS, company.ports().reconciliations()
                .totals(RowQuery.of(company.service().id())).stream().mapToLong(total -> total.rows()).sum());
    }

    private static void copy(Database database, List<byte[]> pages) {
        database.run(connection -> {
            for (byte[] page : pages) {
                Database.copyIn(connection, "reconciled_copy", page);
            }
        });
    }

    private static void put(Company company, List<List<ReconciledRow>> pages) {
        UUID run = UUID.randomUUID();
        pages.forEach(page -> company.ports().unitOfWork().run(() -> company.ports().reconciliations().put(run, page)));
    }

    private static List<List<ReconciledRow>> pages(Company company) {
        var pages = new ArrayList<List<ReconciledRow>>();
        for (int i = 0; i < company.size(); i += PAGE) {
            pages.add(IntStream.range(i, Math.min(i + PAGE, company.size())).boxed().flatMap(subscription ->
                    IntStream.range(0, MONTHS).mapToObj(month -> row(company.service().id(), subscription, month)))
                    .toList());
        }
        return pages;
    }

    private static ReconciledRow row(ServiceId service, int subscription, int month) {
        LocalDate start = LocalDate.of(2025, 1, 1).plusMonths(month);
        var flat = new BigDecimal("20");
        var computed = new BigDecimal("20.1234").add(BigDecimal.valueOf(subscription % 1000, 2));
        boolean delta = (subscription + month) % DELTAS == 0;
        BigDecimal actual = delta ? computed.add(BigDecimal.ONE) : computed;
        List<Cause> causes = delta ? List.of(new Cause(Cause.Kind.ONE_OFF_ITEM, BigDecimal.ONE.negate(),
                "an item that is paid once: set-up, 1.00")) : List.of();
        return new ReconciledRow(service, "deployment-%07d".formatted(subscription), start, start.plusMonths(1),
                Currency.getInstance("CAD"), computed, actual, flat, flat, actual.subtract(flat),
                delta ? Status.DELTA : Status.MATCH, causes, BigDecimal.ZERO, Optional.empty());
    }
}
