package com.nexasystems.billing.memory;

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
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceNumbers;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.invoicing.LineHolds;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.payment.InvoiceCollection;
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

/** The memory adapters of one engine: they share one memory, so that a unit of work spans them all. */
public final class MemoryPorts {

    private final Memory memory = new Memory();
    private final Ids ids = new SequentialIds();
    private final Entropy entropy = new MemoryEntropy();
    private final AuditTrail auditTrail = new MemoryAuditTrail(memory);
    private final MemoryMetrics metrics = new MemoryMetrics(memory);
    private final MemoryPlans plans = new MemoryPlans(memory);
    private final Services services = new MemoryServices(memory);
    private final MemoryCustomers customers = new MemoryCustomers(memory);
    private final TaxRates taxRates = new MemoryTaxRates(memory);
    private final ServiceTaxes serviceTaxes = new MemoryServiceTaxes(memory);
    private final MemoryEventLog eventLog = new MemoryEventLog(memory);
    private final MemorySubscriptions subscriptions = new MemorySubscriptions(memory);
    private final Coupons coupons = new MemoryCoupons(memory);
    private final Wallets wallets = new MemoryWallets(memory);
    private final MemoryUsageRecords usageRecords = new MemoryUsageRecords(memory, subscriptions);
    private final FreshUsage freshUsage = new MemoryFreshUsage(memory);
    private final BillingTerms billingTerms = new MemoryBillingTerms(memory);
    private final MemoryInvoices invoices = new MemoryInvoices(memory, billingTerms, this::hasFailed);
    private final InvoiceNumbers invoiceNumbers = new MemoryInvoiceNumbers(memory);
    private final MemoryCreditNotes creditNotes = new MemoryCreditNotes(memory);
    private final Directory directory = new MemoryDirectory(memory);
    private final ApiKeys apiKeys = new MemoryApiKeys(memory);
    private final AuthenticationLog authenticationLog = new MemoryAuthenticationLog(memory);
    private final KnownAnswers knownAnswers = new MemoryKnownAnswers(memory);
    private final Backlog backlog = new MemoryBacklog(memory, subscriptions, usageRecords, invoices);
    private final ShadowRecords shadowRecords = new MemoryShadowRecords(memory, metrics, plans, customers, subscriptions,
            usageRecords, freshUsage, new MemoryHoldings(services, subscriptions, invoices, coupons, wallets, creditNotes,
            billingTerms));
    private final Reconciliations reconciliations = new MemoryReconciliations(memory);
    private final CutOvers cutOvers = new MemoryCutOvers(memory);
    private final Payments payments = new MemoryPayments(memory, customers, invoices, creditNotes);
    private final MemoryEndpoints endpoints = new MemoryEndpoints(memory);
    private final Deliveries deliveries = new MemoryDeliveries(memory, eventLog, endpoints);
    private final ThresholdMarks thresholdMarks = new MemoryThresholdMarks(memory);
    private final Journal journal = new MemoryJournal(memory);
    private final Certificates certificates = new MemoryCertificates(memory);
    private final Jobs jobs = new MemoryJobs(memory, certificates);
    private final Approvals approvals = new MemoryApprovals(memory);
    private final LineHolds lineHolds = new MemoryLineHolds(memory);

    private boolean hasFailed(InvoiceId invoice) {
        return payments.collection(invoice).filter(found -> found.state() == InvoiceCollection.State.FAILED).isPresent();
    }

    public UnitOfWork unitOfWork() {
        return memory;
    }

    public Ids ids() {
        return ids;
    }

    public Entropy entropy() {
        return entropy;
    }

    public AuditTrail auditTrail() {
        return auditTrail;
    }

    public Metrics metrics() {
        return metrics;
    }

    public Plans plans() {
        return plans;
    }

    public Services services() {
        return services;
    }

    public Customers customers() {
        return customers;
    }

    public TaxRates taxRates() {
        return taxRates;
    }

    public ServiceTaxes serviceTaxes() {
        return serviceTaxes;
    }

    public EventLog eventLog() {
        return eventLog;
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    public Coupons coupons() {
        return coupons;
    }

    public Wallets wallets() {
        return wallets;
    }

    public UsageRecords usageRecords() {
        return usageRecords;
    }

    public FreshUsage freshUsage() {
        return freshUsage;
    }

    public Invoices invoices() {
        return invoices;
    }

    public InvoiceNumbers invoiceNumbers() {
        return invoiceNumbers;
    }

    public CreditNotes creditNotes() {
        return creditNotes;
    }

    public BillingTerms billingTerms() {
        return billingTerms;
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    public AuthenticationLog authenticationLog() {
        return authenticationLog;
    }

    public KnownAnswers knownAnswers() {
        return knownAnswers;
    }

    public Backlog backlog() {
        return backlog;
    }

    public Directory directory() {
        return directory;
    }

    public ShadowRecords shadowRecords() {
        return shadowRecords;
    }

    public Reconciliations reconciliations() {
        return reconciliations;
    }

    public CutOvers cutOvers() {
        return cutOvers;
    }

    public Payments payments() {
        return payments;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public ThresholdMarks thresholdMarks() {
        return thresholdMarks;
    }

    public Journal journal() {
        return journal;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Certificates certificates() {
        return certificates;
    }

    public Approvals approvals() {
        return approvals;
    }

    public LineHolds lineHolds() {
        return lineHolds;
    }
}
