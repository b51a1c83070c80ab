package com.nexasystems.billing.shadow;

import com.nexasystems.billing.boundary.DryRun;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.shadow.ImportReport.Problem;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.RecordUsage;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Brings an application's customers, plans, subscriptions, usage and invoices here, where nothing of it is billed.
 *
 * <p>Works page by page, each in a unit of work of its own, so that it can be killed at any moment and run again: what is in
 * is found again by the application's ids, and nothing is there twice. Each row stands for itself. Memory does not grow with
 * the rows, but with the plans.
 */
public final class ImportShadow {

    private final Plans plans;
    private final Metrics metrics;
    private final Customers customers;
    private final Subscriptions subscriptions;
    private final RecordUsage usage;
    private final ShadowRecords records;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public ImportShadow(Plans plans, Metrics metrics, Customers customers, Subscriptions subscriptions, RecordUsage usage,
                        ShadowRecords records, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.plans = plans;
        this.metrics = metrics;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.usage = usage;
        this.records = records;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param service  whose rows they are
     * @param progress told how many rows are done, page by page
     * @param problems told of every row that failed or was skipped
     * @throws PortFailure if a port failed; what is in stays, and the next import does the rest
     */
    public ImportReport run(Service service, SourceApplication source, ImportOptions options, LongConsumer progress,
                            Consumer<Problem> problems) {
        var intake = new Intake(service, options, progress, problems);
        if (options.dryRun()) {
            return DryRun.of(unitOfWork, () -> imported(source, intake));
        }
        Instant begun = clock.instant();
        ImportReport report = imported(source, intake);
        unitOfWork.run(() -> records.add(new ImportRun(ids.next(), service.id(), begun, clock.instant(), options.terms(),
                report)));
        return report;
    }

    private ImportReport imported(SourceApplication source, Intake intake) {
        var planImport = new PlanImport(plans, metrics, records, clock, intake);
        var users = new UserImport(customers, records, ids, intake);
        var subscribed = new SubscriptionImport(subscriptions, customers, records, ids, planImport, intake);
        var used = new UsageImport(usage, subscriptions, records, intake);
        var invoiced = new InvoiceImport(records, intake);
        unitOfWork.run(planImport::metric);
        source.plans(kept(planImport::page));
        source.users(kept(users::page));
        source.subscriptions(kept(subscribed::page));
        unitOfWork.run(subscribed::end);
        source.usage(kept(used::page));
        source.invoices(kept(invoiced::page));
        unitOfWork.run(invoiced::end);
        return intake.report();
    }

    private <T> Consumer<List<T>> kept(Consumer<List<T>> page) {
        return rows -> unitOfWork.run(() -> page.accept(rows));
    }
}
