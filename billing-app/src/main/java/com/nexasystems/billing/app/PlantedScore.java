package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.simulator.Deviation;
import com.nexasystems.billing.simulator.Planted;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The causes that were seen, beside the truth that was planted. */
final class PlantedScore {

    private final Map<Deviation, Line> lines = new EnumMap<>(Deviation.class);
    private long falseAlarms;

    /** Periods that one deviation befell, and what was seen of them. */
    private static final class Line {

        private long periods;
        private long right;
        private Optional<ReconciledRow> example = Optional.empty();
    }

    PlantedScore(Engine engine, Service service, List<Planted> planted) {
        Set<String> known = new HashSet<>();
        for (Planted one : planted) {
            known.add(one.subscriptionId() + one.periodStart());
            engine.ports().reconciliations().find(service.id(), one.subscriptionId(), one.periodStart())
                    .ifPresent(row -> add(one, row));
        }
        Rows.each(engine.ports().reconciliations(), RowQuery.of(service.id()).in(Status.DELTA), row ->
                falseAlarms += known.contains(row.subscription() + row.start()) ? 0 : 1);
    }

    private void add(Planted planted, ReconciledRow row) {
        Line line = lines.computeIfAbsent(planted.deviation(), deviation -> new Line());
        line.periods++;
        line.right += isRight(planted, row) ? 1 : 0;
        line.example = line.example.or(() -> Optional.of(row).filter(seen -> isRight(planted, seen)));
    }

    /** What makes no difference must not be seen as one. */
    private static boolean isRight(Planted planted, ReconciledRow row) {
        Set<Cause.Kind> expected = expected(planted.deviation());
        return planted.amount().signum() == 0 && row.status() == Status.MATCH
                || mainCause(row).map(Cause::kind).filter(expected::contains).isPresent();
    }

    private static Optional<Cause> mainCause(ReconciledRow row) {
        return row.causes().stream().max(Comparator.comparing(cause -> cause.amount().abs()));
    }

    private static Set<Cause.Kind> expected(Deviation deviation) {
        return switch (deviation) {
            case PRICE_CHANGE_MID_MONTH, OLD_PRICE, OTHER_PLAN_PRICE -> Set.of(Cause.Kind.OTHER_PRICE);
            case ONE_OFF_ON_INVOICE -> Set.of(Cause.Kind.ONE_OFF_ITEM);
            case DUPLICATED_USAGE_BILLED -> Set.of(Cause.Kind.USAGE_COUNTED_TWICE);
            case MISSING_HOURS_IN_RECORDS, MISSING_HOURS_IN_BILL -> Set.of(Cause.Kind.MISSING_USAGE);
            case TAX_INCLUDED -> Set.of(Cause.Kind.TAX_INCLUDED);
            case CURRENCY_SLIP -> Set.of(Cause.Kind.CURRENCY);
            case NOT_BILLED, ZERO_INVOICE -> Set.of(Cause.Kind.NOT_BILLED);
            case BILLED_TWICE -> Set.of(Cause.Kind.BILLED_TWICE);
            case PRORATION_OTHER -> Set.of(Cause.Kind.PRORATION);
            case DUPLICATED_USAGE_IGNORED, VOID_INVOICE, ONE_OFF_UNLINKED, BAD_ROW -> Set.of();
        };
    }

    void print(PrintStream out) {
        var rows = new ArrayList<List<String>>();
        lines.forEach((deviation, line) -> rows.add(List.of(Words.of(deviation).replace('_', ' '),
                Long.toString(line.periods), Long.toString(line.right),
                line.example.map(PlantedScore::words).orElse(""))));
        Table.print(out, List.of("Planted", "Periods", "Seen", "Such as"), rows, 1, 2);
        long periods = lines.values().stream().mapToLong(line -> line.periods).sum();
        long right = lines.values().stream().mapToLong(line -> line.right).sum();
        out.print("Score: " + right + " of " + periods + " are seen for what they are; " + falseAlarms
                + " differences were not planted\n");
    }

    private static String words(ReconciledRow row) {
        return row.status() == Status.MATCH ? "no difference"
                : mainCause(row).map(cause -> cause.kind().code() + " " + Amounts.signed(cause.amount()) + ": "
                + cause.note()).orElse("");
    }
}
