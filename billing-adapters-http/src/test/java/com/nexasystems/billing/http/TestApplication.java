package com.nexasystems.billing.http;

import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A small hosting platform to import: two deployments, billed for January and February. Of one of them February was charged
 * with 20.05 instead of 20.15.
 */
final class TestApplication {

    private TestApplication() {
    }

    static MemorySourceApplication rows() {
        var rows = new MemorySourceApplication();
        rows.plans().add(SourceRow.of("starter", new SourcePlan("starter", "Starter", Optional.of(new BigDecimal("20.00")),
                Optional.empty(), Optional.of(new BigDecimal("14400")), true)));
        addUser(rows, "eve", Optional.of("cus_eve"));
        addUser(rows, "bob", Optional.of("cus_bob"));
        addSubscription(rows, "web", "eve");
        addSubscription(rows, "shop", "bob");
        for (int hour = 0; hour < 24; hour++) {
            Instant start = at("2026-02-10").plusSeconds(3600L * hour);
            rows.usage().add(SourceRow.of(String.format("u%03d", hour), new SourceUsage(String.format("u%03d", hour), "web",
                    start, start.plusSeconds(3600), BigDecimal.ONE)));
        }
        addInvoice(rows, "i1", "web", "2026-01-01", "2026-02-01", "20.00");
        addInvoice(rows, "i2", "web", "2026-02-01", "2026-03-01", "20.00", "0.05");
        addInvoice(rows, "i3", "shop", "2026-01-01", "2026-02-01", "20.00");
        addInvoice(rows, "i4", "shop", "2026-02-01", "2026-03-01", "20.00");
        return rows;
    }

    static void addUser(MemorySourceApplication rows, String id, Optional<String> payer) {
        rows.users().add(SourceRow.of(id, new SourceUser(id, Optional.of(id + "@example.org"), Optional.of("Name of " + id),
                Optional.empty(), Optional.empty(), Optional.of("1 Main St"), Optional.of("Toronto"), Optional.of("Ontario"),
                Optional.of("M5V 1A1"), Optional.of("Canada"), Optional.empty(), payer)));
    }

    static void addSubscription(MemorySourceApplication rows, String id, String user) {
        rows.subscriptions().add(SourceRow.of(id, new SourceSubscription(id, user, Optional.of("deployment-" + id),
                Optional.of("Deployment"), "starter", "active", "monthly", Optional.of(at("2026-03-01")),
                Optional.of(at("2026-04-01")), Optional.of(at("2026-01-01")), Optional.of(at("2026-03-01")),
                Optional.of(at("2026-01-01")))));
    }

    /** @param amounts of the plan's price, then of usage */
    private static void addInvoice(MemorySourceApplication rows, String id, String subscription, String start, String end,
                                   String... amounts) {
        var items = new ArrayList<SourceItem>();
        for (int i = 0; i < amounts.length; i++) {
            items.add(new SourceItem(id + "-" + i, i == 0 ? "Starter" : "CPU overage", Optional.empty(), Optional.empty(),
                    new BigDecimal(amounts[i]), Optional.of(at(start)), Optional.of(at(end))));
        }
        BigDecimal sum = items.stream().map(SourceItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        rows.invoices().add(SourceRow.of(id, new SourceInvoice(id, "eve", Optional.of(subscription), Optional.of("in_" + id),
                Optional.of("N-" + id), "CAD", "paid", sum, BigDecimal.ZERO, Optional.of(at(end)), List.copyOf(items))));
    }

    private static Instant at(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The same rows, of which nothing is told before it may be. */
    static SourceApplication waiting(MemorySourceApplication rows, Runnable beforePlans) {
        return new Watched(rows, beforePlans, () -> { });
    }

    static SourceApplication closing(MemorySourceApplication rows, Runnable atClose) {
        return new Watched(rows, () -> { }, atClose);
    }

    private record Watched(MemorySourceApplication rows, Runnable beforePlans, Runnable atClose)
            implements SourceApplication, AutoCloseable {

        @Override
        public void close() {
            atClose.run();
        }

        @Override
        public Counts counts() {
            return rows.counts();
        }

        @Override
        public void plans(Consumer<List<SourceRow<SourcePlan>>> page) {
            beforePlans.run();
            rows.plans(page);
        }

        @Override
        public void users(Consumer<List<SourceRow<SourceUser>>> page) {
            rows.users(page);
        }

        @Override
        public void subscriptions(Consumer<List<SourceRow<SourceSubscription>>> page) {
            rows.subscriptions(page);
        }

        @Override
        public void usage(Consumer<List<SourceRow<SourceUsage>>> page) {
            rows.usage(page);
        }

        @Override
        public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
            rows.invoices(page);
        }
    }
}
