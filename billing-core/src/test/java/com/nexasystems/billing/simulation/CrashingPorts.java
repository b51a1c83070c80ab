package com.nexasystems.billing.simulation;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.approval.Approvals;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.KnownAnswers;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.cutover.CutOvers;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.invoicing.Backlog;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.InvoiceNumbers;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.invoicing.LineHolds;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.payment.Payments;
import com.nexasystems.billing.production.Certificates;
import com.nexasystems.billing.production.Jobs;
import com.nexasystems.billing.rating.ThresholdMarks;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxRates;
import com.nexasystems.billing.usage.FreshUsage;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.wallet.Wallets;
import com.nexasystems.billing.webhook.Deliveries;
import com.nexasystems.billing.webhook.Endpoints;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that fail once, when the fuse has burnt down. It burns before and after each call of a port, so the failure
 * comes before the work, in the middle of it, or after it is durable and before the caller knows.
 */
public final class CrashingPorts {

    private static final int NEVER = -1;

    private final AtomicInteger fuse = new AtomicInteger(NEVER);
    private final Runnable death;
    private final Ports ports;

    /** What they throw is what a port throws that fails. */
    public CrashingPorts(Ports real) {
        this(real, () -> {
            throw new PortFailure(PortFailure.Effect.UNKNOWN, "the process died here", null);
        });
    }

    /** @param death throws what nobody catches, if the whole process is to die */
    public CrashingPorts(Ports real, Runnable death) {
        this.death = death;
        ports = new Ports(crashing(UnitOfWork.class, real.unitOfWork()), real.ids(), real.entropy(),
                crashing(AuditTrail.class, real.auditTrail()), crashing(Metrics.class, real.metrics()),
                crashing(Plans.class, real.plans()), crashing(Services.class, real.services()),
                crashing(Customers.class, real.customers()), crashing(TaxRates.class, real.taxRates()),
                crashing(EventLog.class, real.eventLog()), crashing(Subscriptions.class, real.subscriptions()),
                crashing(UsageRecords.class, real.usageRecords()),
                crashing(FreshUsage.class, real.freshUsage()), crashing(Invoices.class, real.invoices()),
                crashing(InvoiceNumbers.class, real.invoiceNumbers()), crashing(Coupons.class, real.coupons()),
                crashing(Wallets.class, real.wallets()), crashing(CreditNotes.class, real.creditNotes()),
                crashing(Directory.class, real.directory()),
                crashing(BillingTerms.class, real.billingTerms()), real.apiKeys(), real.authenticationLog(),
                crashing(KnownAnswers.class, real.knownAnswers()), crashing(Backlog.class, real.backlog()),
                crashing(ServiceTaxes.class, real.serviceTaxes()),
                crashing(ShadowRecords.class, real.shadowRecords()),
                crashing(Reconciliations.class, real.reconciliations()), crashing(CutOvers.class, real.cutOvers()),
                crashing(Payments.class, real.payments()), crashing(Endpoints.class, real.endpoints()),
                crashing(Deliveries.class, real.deliveries()), crashing(ThresholdMarks.class, real.thresholdMarks()),
                crashing(Journal.class, real.journal()), crashing(Jobs.class, real.jobs()),
                crashing(Certificates.class, real.certificates()), crashing(Approvals.class, real.approvals()),
                crashing(LineHolds.class, real.lineHolds()));
    }

    public Ports ports() {
        return ports;
    }

    public void crashAfter(int calls) {
        fuse.set(calls);
    }

    public void disarm() {
        fuse.set(NEVER);
    }

    private void burn() {
        if (fuse.get() != NEVER && fuse.decrementAndGet() == 0) {
            disarm();
            death.run();
        }
    }

    <T> T crashing(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        burn();
        try {
            Object answer = method.invoke(real, arguments);
            burn();
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
