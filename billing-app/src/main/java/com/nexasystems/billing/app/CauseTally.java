package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the differences of many rows come from, cause by cause. */
final class CauseTally {

    private static final String UNEXPLAINED = "unexplained";

    private final Map<Key, Sum> sums = new TreeMap<>();

    private record Key(int order, String cause, String currency) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int by = Integer.compare(order, other.order);
            return by != 0 ? by : currency.compareTo(other.currency);
        }
    }

    private record Sum(long rows, BigDecimal amount) {

        Sum plus(Sum other) {
            return new Sum(rows + other.rows, amount.add(other.amount));
        }
    }

    void add(ReconciledRow row) {
        String currency = row.currency().getCurrencyCode();
        for (Cause cause : row.causes()) {
            add(new Key(cause.kind().ordinal(), cause.kind().code(), currency), cause.amount());
        }
        if (row.unexplained().signum() != 0) {
            add(new Key(Cause.Kind.values().length, UNEXPLAINED, currency), row.unexplained());
        }
    }

    private void add(Key key, BigDecimal amount) {
        sums.merge(key, new Sum(1, amount), Sum::plus);
    }

    void print(PrintStream out) {
        var rows = new ArrayList<List<String>>();
        sums.forEach((key, sum) -> rows.add(List.of(key.cause, Long.toString(sum.rows), Amounts.signed(sum.amount),
                key.currency)));
        if (!rows.isEmpty()) {
            out.print("\nWhat the differences come from (above zero where this engine would have charged more)\n");
            Table.print(out, List.of("Cause", "Rows", "Amount", ""), rows, 1, 2);
        }
    }

    List<Map<String, Object>> json() {
        var all = new ArrayList<Map<String, Object>>();
        sums.forEach((key, sum) -> all.add(Json.object("cause", key.cause, "currency", key.currency, "rows", sum.rows,
                "amount", InvoiceJson.plain(sum.amount))));
        return all;
    }
}
