package com.nexasystems.billing.testkit;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Rows for {@link SourceApplicationContract}. What they refer to has the number 1, and is there too. */
final class SourceSample {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final Instant END = Instant.parse("2026-04-01T00:00:00Z");
    private static final BigDecimal PRICE = new BigDecimal("19.99");

    private final IntFunction<String> id;

    /** @param id of the row of a number */
    SourceSample(IntFunction<String> id) {
        this.id = id;
    }

    String id(int number) {
        return id.apply(number);
    }

    /** A plan, a user, and a number of subscriptions of that user to that plan. */
    SourceRows world(int subscriptions) {
        return new SourceRows(rows(1, this::plan, SourcePlan::id), rows(1, this::user, SourceUser::id),
                rows(subscriptions, this::subscription, SourceSubscription::id), List.of(), List.of());
    }

    <T> List<SourceRow<T>> rows(int count, IntFunction<T> row, Function<T, String> idOf) {
        return IntStream.rangeClosed(1, count).mapToObj(row).map(value -> SourceRow.of(idOf.apply(value), value)).toList();
    }

    SourcePlan plan(int number) {
        return new SourcePlan(id(number), "Plan " + number, Optional.of(PRICE), Optional.empty(), Optional.empty(), true);
    }

    SourceUser user(int number) {
        return user(number, Optional.of("User " + number));
    }

    /** All that a user can do without is the same text. */
    SourceUser user(int number, Optional<String> text) {
        return new SourceUser(id(number), text, text, text, text, text, text, text, text, text, text, text);
    }

    /** Without a deployment, a period, usage or an invoice. */
    SourceSubscription subscription(int number) {
        return new SourceSubscription(id(number), id(1), Optional.empty(), Optional.empty(), id(1), "active", "monthly",
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    SourceUsage usage(int number, int subscription, Instant start) {
        return usage(number, subscription, start, BigDecimal.ONE);
    }

    SourceUsage usage(int number, int subscription, Instant start, BigDecimal cpuHours) {
        return new SourceUsage(id(number), id(subscription), start, start.plusSeconds(3600), cpuHours);
    }

    /** One-off, with items that begin one second after the other. */
    SourceInvoice invoice(int number, int firstItem, int items) {
        return new SourceInvoice(id(number), id(1), Optional.empty(), Optional.empty(), Optional.empty(), "CAD", "paid",
                PRICE, BigDecimal.ZERO, Optional.of(END), IntStream.range(0, items).mapToObj(i -> new SourceItem(
                        id(firstItem + i), "Item " + i, Optional.of(BigDecimal.ONE), Optional.of(PRICE), PRICE,
                        Optional.of(START.plusSeconds(i)), Optional.of(END))).toList());
    }

    /** With one item, of the same number. */
    SourceInvoice invoice(int number) {
        return invoice(number, number, 1);
    }
}
