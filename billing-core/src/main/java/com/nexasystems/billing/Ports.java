package com.nexasystems.billing;

import com.nexasystems.billing.approval.Approvals;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.KnownAnswers;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.cutover.CutOvers;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.identity.ApiKeys;
import com.nexasystems.billing.identity.AuthenticationLog;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.invoicing.Backlog;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.InvoiceNumbers;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.invoicing.LineHolds;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.memory.MemoryPorts;
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

/** Everything the engine asks of the outside world. An adapter hands over all of it, or an application mixes its own. */
public record Ports(UnitOfWork unitOfWork, Ids ids, Entropy entropy, AuditTrail auditTrail, Metrics metrics, Plans plans,
                    Services services, Customers customers, TaxRates taxRates, EventLog eventLog,
                    Subscriptions subscriptions, UsageRecords usageRecords, FreshUsage freshUsage, Invoices invoices,
                    InvoiceNumbers invoiceNumbers, Coupons coupons, Wallets wallets, CreditNotes creditNotes,
                    Directory directory, BillingTerms billingTerms, ApiKeys apiKeys,
                    AuthenticationLog authenticationLog, KnownAnswers knownAnswers, Backlog backlog,
                    ServiceTaxes serviceTaxes, ShadowRecords shadowRecords, Reconciliations reconciliations,
                    CutOvers cutOvers, Payments payments, Endpoints endpoints, Deliveries deliveries,
                    ThresholdMarks thresholdMarks, Journal journal, Jobs jobs, Certificates certificates,
                    Approvals approvals, LineHolds lineHolds) {

    /** A new set that keeps everything in memory. */
    public static Ports inMemory() {
        var memory = new MemoryPorts();
        return new Ports(memory.unitOfWork(), memory.ids(), memory.entropy(), memory.auditTrail(), memory.metrics(),
                memory.plans(), memory.services(), memory.customers(), memory.taxRates(), memory.eventLog(),
                memory.subscriptions(), memory.usageRecords(), memory.freshUsage(), memory.invoices(),
                memory.invoiceNumbers(), memory.coupons(), memory.wallets(), memory.creditNotes(), memory.directory(),
                memory.billingTerms(), memory.apiKeys(), memory.authenticationLog(), memory.knownAnswers(),
                memory.backlog(), memory.serviceTaxes(), memory.shadowRecords(), memory.reconciliations(),
                memory.cutOvers(), memory.payments(), memory.endpoints(), memory.deliveries(), memory.thresholdMarks(),
                memory.journal(), memory.jobs(), memory.certificates(), memory.approvals(),
                memory.lineHolds());
    }
}
