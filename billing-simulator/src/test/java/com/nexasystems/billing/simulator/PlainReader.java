package com.nexasystems.billing.simulator;

import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a reader who knows the rules makes of the tables alone: HALF_UP by line, prorated by day, exact quota, periods of a
 * zone in which the bounds of items are too, rows of the same subscription and start counted once.
 */
final class PlainReader {

    record Period(String subscriptionId, LocalDate start) { }

    private static final BigDecimal SECONDS_PER_HOUR = new BigDecimal(3600);

    private final Map<String, SourcePlan> plans = new HashMap<>();
    private final Map<String, SourceSubscription> subscriptions = new HashMap<>();
    private final Map<String, TreeMap<Instant, BigDecimal>> usage = new HashMap<>();
    private final List<SourceInvoice> invoices;

    private final ZoneId zone;
    private final Duration shift;

    PlainReader(MemorySourceApplication source, ZoneId zone, Duration shift) {
        this.zone = zone;
        this.shift = shift;
        source.plans().forEach(row -> row.value().ifPresent(plan -> plans.put(plan.id(), plan)));
        source.subscriptions().forEach(row -> row.value().ifPresent(one -> subscriptions.put(one.id(), one)));
        source.usage().forEach(row -> row.value().ifPresent(this::add));
        invoices = source.invoices().stream().flatMap(row -> row.value().stream())
                .filter(invoice -> invoice.subscriptionId().isPresent()).toList();
    }

    /** Those that have an invoice. */
    Set<Period> periods() {
        return invoices.stream().map(this::period).collect(Collectors.toSet());
    }

    BigDecimal actual(Period period) {
        return invoices.stream().filter(invoice -> !invoice.status().equals("void"))
                .filter(invoice -> period(invoice).equals(period)).map(SourceInvoice::subtotal)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Of a calendar month. */
    BigDecimal right(Period period) {
        LocalDate month = period.start().withDayOfMonth(1);
        BigDecimal days = BigDecimal.valueOf(month.lengthOfMonth());
        BigDecimal charged = days.subtract(BigDecimal.valueOf(period.start().getDayOfMonth() - 1L));
        BigDecimal price = plan(period).monthly().orElseThrow();
        return price.multiply(charged).divide(days, 2, RoundingMode.HALF_UP).add(overage(period, month.plusMonths(1)));
    }

    /** Of a month or a year that ends where the items say, at the whole price. */
    BigDecimal rightOfWhole(Period period) {
        SourcePlan plan = plan(period);
        boolean byYear = subscriptions.get(period.subscriptionId()).billingCycle().equals("yearly");
        LocalDate end = day(invoices.stream().filter(invoice -> period(invoice).equals(period))
                .flatMap(invoice -> invoice.items().stream()).flatMap(item -> item.end().stream()).max(Instant::compareTo));
        return (byYear ? plan.yearly() : plan.monthly()).orElseThrow().add(overage(period, end));
    }

    private BigDecimal overage(Period period, LocalDate end) {
        BigDecimal used = usage.getOrDefault(period.subscriptionId(), new TreeMap<>())
                .subMap(usageFrom(period.start()), usageFrom(end)).values().stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal beyond = used.subtract(plan(period).quota().orElseThrow().divide(SECONDS_PER_HOUR)).max(BigDecimal.ZERO);
        return beyond.multiply(new BigDecimal("0.0075")).setScale(2, RoundingMode.HALF_UP);
    }

    private SourcePlan plan(Period period) {
        return plans.get(subscriptions.get(period.subscriptionId()).planId());
    }

    private void add(SourceUsage row) {
        usage.computeIfAbsent(row.subscriptionId(), id -> new TreeMap<>()).put(row.start(), row.cpuHours());
    }

    private Period period(SourceInvoice invoice) {
        LocalDate start = day(invoice.items().stream().flatMap(item -> item.start().stream()).min(Instant::compareTo));
        return new Period(invoice.subscriptionId().orElseThrow(), start);
    }

    private LocalDate day(Optional<Instant> midnight) {
        return midnight.orElseThrow().atZone(zone).toLocalDate();
    }

    private Instant usageFrom(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().plus(shift);
    }
}
