package com.nexasystems.billing.shadow;

import com.nexasystems.billing.memory.MemorySourceApplication;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small application to import, made row by row. Days are those of UTC. */
public final class Platform {

    private final MemorySourceApplication source = new MemorySourceApplication();
    private int rows;

    public MemorySourceApplication source() {
        return source;
    }

    public Platform plan(String id, String monthly, long quota) {
        source.plans().add(SourceRow.of(id, new SourcePlan(id, id, Optional.of(new BigDecimal(monthly)), Optional.empty(),
                Optional.of(BigDecimal.valueOf(quota)), true)));
        return this;
    }

    public Platform user(String id, String email) {
        return user(id, email, Optional.of("cus_" + id));
    }

    public Platform user(String id, String email, Optional<String> stripe) {
        source.users().add(SourceRow.of(id, new SourceUser(id, Optional.of(email), Optional.of("Name of " + id),
                Optional.of("Company of " + id), Optional.empty(), Optional.of("1 Main St"), Optional.of("Toronto"),
                Optional.of("Ontario"), Optional.of("M5V 1A1"), Optional.of("Canada"), Optional.empty(), stripe)));
        return this;
    }

    /** Active, monthly, billed from the first day to before the current period. */
    public Platform subscription(String id, String user, String plan, String first, String current) {
        return subscription(id, user, plan, "active", first, current);
    }

    /** Another deployment runs on it. */
    public Platform deploy(String id, Optional<String> deployment) {
        SourceSubscription now = source.subscriptions().stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow()
                .value().orElseThrow();
        source.subscriptions().removeIf(row -> row.id().equals(id));
        source.subscriptions().add(SourceRow.of(id, new SourceSubscription(id, now.userId(), deployment, now.deployment(),
                now.planId(), now.status(), now.billingCycle(), now.currentStart(), now.currentEnd(), now.firstBilled(),
                now.lastBilled(), now.firstUsed())));
        return this;
    }

    public Platform subscription(String id, String user, String plan, String status, String first, String current) {
        Instant start = at(current);
        source.subscriptions().removeIf(row -> row.id().equals(id));
        source.subscriptions().add(SourceRow.of(id, new SourceSubscription(id, user, Optional.of("deployment-" + id),
                Optional.of("Deployment"), plan, status, "monthly", Optional.of(start),
                Optional.of(at(LocalDate.parse(current).plusMonths(1).toString())), Optional.of(at(first)), Optional.of(start),
                Optional.of(at(first)))));
        return this;
    }

    /** Hours from an instant on, each with as many CPU-hours. */
    public Platform usage(String subscription, String day, int hours, String cpuHours) {
        for (int hour = 0; hour < hours; hour++) {
            Instant start = at(day).plusSeconds(3600L * hour);
            usage(subscription, start, cpuHours);
        }
        return this;
    }

    public Platform usage(String subscription, Instant start, String cpuHours) {
        String id = String.format("u%07d", rows++);
        source.usage().add(SourceRow.of(id, new SourceUsage(id, subscription, start, start.plusSeconds(3600),
                new BigDecimal(cpuHours))));
        return this;
    }

    /** Of a plan's price and, if there is one, of usage: {@code 20.00} or {@code 20.00+1.50}. */
    public Platform invoice(String id, String subscription, String plan, String first, String end, String amounts) {
        var items = new ArrayList<SourceItem>();
        String[] parts = amounts.split("\\+");
        items.add(item(id + "-1", plan, parts[0], first, end));
        if (parts.length > 1) {
            items.add(new SourceItem(id + "-2", "CPU overage", Optional.empty(), Optional.empty(), new BigDecimal(parts[1]),
                    Optional.of(at(first)), Optional.of(at(end))));
        }
        return invoice(id, Optional.of(subscription), "CAD", "paid", items);
    }

    public Platform invoice(String id, Optional<String> subscription, String currency, String status, List<SourceItem> items) {
        BigDecimal subtotal = items.stream().map(SourceItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        source.invoices().removeIf(row -> row.id().equals(id));
        source.invoices().add(SourceRow.of(id, new SourceInvoice(id, "ada", subscription, Optional.of("in_" + id),
                Optional.of("N-" + id), currency, status, subtotal, BigDecimal.ZERO, Optional.of(at("2026-01-01")), items)));
        return this;
    }

    public static SourceItem item(String id, String description, String amount, String first, String end) {
        return new SourceItem(id, description, Optional.of(BigDecimal.ONE), Optional.of(new BigDecimal(amount)),
                new BigDecimal(amount), Optional.of(at(first)), Optional.of(at(end)));
    }

    public static Instant at(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
