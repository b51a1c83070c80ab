package com.nexasystems.billing.simulator;

import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The company's tables as rows of the core. */
final class SourceTables {

    private final SimulatedCompany company;
    private final MemorySourceApplication application = new MemorySourceApplication();
    private final Map<String, Instant> firstBilled = new HashMap<>();
    private final Map<String, Instant> lastBilled = new HashMap<>();
    private final Map<String, Instant> firstUsed = new HashMap<>();

    SourceTables(SimulatedCompany company) {
        this.company = company;
    }

    MemorySourceApplication application() {
        company.plans().forEach(plan -> application.plans().add(SourceRow.of(plan.id(), plan.row())));
        company.customers().forEach(one -> application.users().add(SourceRow.of(one.id(), one.row())));
        company.invoices().all().forEach(this::add);
        for (Deployment deployment : company.deployments()) {
            company.usage(deployment, this::add);
            SourceSubscription row = subscription(deployment);
            application.subscriptions().add(SourceRow.of(row.id(), row));
        }
        CompanyState.last(company).badRows().ifPresent(this::add);
        return application;
    }

    private void add(Invoice invoice) {
        application.invoices().add(SourceRow.of(invoice.row().id(), invoice.row()));
        invoice.row().subscriptionId().ifPresent(id -> invoice.row().items().forEach(item -> billed(id, item)));
    }

    private void billed(String subscriptionId, SourceItem item) {
        item.start().ifPresent(start -> firstBilled.merge(subscriptionId, start, (a, b) -> a.isBefore(b) ? a : b));
        item.end().ifPresent(end -> lastBilled.merge(subscriptionId, end, (a, b) -> a.isAfter(b) ? a : b));
    }

    private void add(SourceUsage row) {
        firstUsed.putIfAbsent(row.subscriptionId(), row.start());
        application.usage().add(SourceRow.of(row.id(), row));
    }

    private void add(BadRows rows) {
        application.plans().add(SourceRow.unreadable(rows.plan().id(), "price_monthly is NaN"));
        rows.subscriptions().forEach(row -> application.subscriptions().add(SourceRow.of(row.id(), row)));
        application.usage().add(SourceRow.unreadable(rows.usage().id(), "cpu_hours is NaN"));
        application.usage().add(SourceRow.of(rows.orphan().id(), rows.orphan()));
    }

    private SourceSubscription subscription(Deployment deployment) {
        String id = deployment.subscriptionId();
        Invoices invoices = company.invoices();
        return new SourceSubscription(id, deployment.customer().id(), Optional.of(deployment.id()),
                Optional.of(deployment.name()), deployment.plan().id(), deployment.status(),
                deployment.byYear() ? "yearly" : "monthly", Optional.of(invoices.start(deployment.current())),
                Optional.of(invoices.end(deployment.current())), Optional.ofNullable(firstBilled.get(id)),
                Optional.ofNullable(lastBilled.get(id)), Optional.ofNullable(firstUsed.get(id)));
    }
}
