package com.nexasystems.billing.memory;

import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** An application whose rows are lists. It puts them into the order that the port asks for. */
public final class MemorySourceApplication implements SourceApplication {

    private static final Comparator<SourceRow<SourceUsage>> BY_SUBSCRIPTION = Comparator
            .comparing((SourceRow<SourceUsage> row) -> row.value().map(SourceUsage::subscriptionId).orElse(""))
            .thenComparing(row -> row.value().map(SourceUsage::start).orElse(Instant.MAX)).thenComparing(SourceRow::id);

    private final List<SourceRow<SourcePlan>> plans = new ArrayList<>();
    private final List<SourceRow<SourceUser>> users = new ArrayList<>();
    private final List<SourceRow<SourceSubscription>> subscriptions = new ArrayList<>();
    private final List<SourceRow<SourceUsage>> usage = new ArrayList<>();
    private final List<SourceRow<SourceInvoice>> invoices = new ArrayList<>();

    public List<SourceRow<SourcePlan>> plans() {
        return plans;
    }

    public List<SourceRow<SourceUser>> users() {
        return users;
    }

    public List<SourceRow<SourceSubscription>> subscriptions() {
        return subscriptions;
    }

    public List<SourceRow<SourceUsage>> usage() {
        return usage;
    }

    public List<SourceRow<SourceInvoice>> invoices() {
        return invoices;
    }

    @Override
    public Counts counts() {
        return new Counts(plans.size(), users.size(), subscriptions.size(), usage.size(), invoices.size());
    }

    @Override
    public void plans(Consumer<List<SourceRow<SourcePlan>>> page) {
        tell(plans, byId(), page);
    }

    @Override
    public void users(Consumer<List<SourceRow<SourceUser>>> page) {
        tell(users, byId(), page);
    }

    @Override
    public void subscriptions(Consumer<List<SourceRow<SourceSubscription>>> page) {
        tell(subscriptions, byId(), page);
    }

    @Override
    public void usage(Consumer<List<SourceRow<SourceUsage>>> page) {
        tell(usage, BY_SUBSCRIPTION, page);
    }

    @Override
    public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
        tell(invoices, byId(), page);
    }

    private static <T> Comparator<SourceRow<T>> byId() {
        return Comparator.comparing((Function<SourceRow<T>, String>) SourceRow::id);
    }

    private static <T> void tell(List<SourceRow<T>> rows, Comparator<SourceRow<T>> order, Consumer<List<SourceRow<T>>> page) {
        List<SourceRow<T>> sorted = rows.stream().sorted(order).toList();
        for (int from = 0; from < sorted.size(); from += PAGE) {
            page.accept(sorted.subList(from, Math.min(from + PAGE, sorted.size())));
        }
    }
}
