package com.nexasystems.billing;

import com.nexasystems.billing.approval.AskForApproval;
import com.nexasystems.billing.approval.DecideApproval;
import com.nexasystems.billing.catalog.OverridePlan;
import com.nexasystems.billing.catalog.PublishPlanVersion;
import com.nexasystems.billing.coupon.ApplyCoupon;
import com.nexasystems.billing.coupon.DefineCoupon;
import com.nexasystems.billing.coupon.EndCoupon;
import com.nexasystems.billing.coupon.RestoreCoupons;
import com.nexasystems.billing.cutover.CutOver;
import com.nexasystems.billing.cutover.CutOverGate;
import com.nexasystems.billing.cutover.PruneShadow;
import com.nexasystems.billing.cutover.Readiness;
import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.identity.IssueApiKey;
import com.nexasystems.billing.identity.RecordAttempts;
import com.nexasystems.billing.identity.ResolveCustomer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.AdjustDraft;
import com.nexasystems.billing.invoicing.ApplyPayment;
import com.nexasystems.billing.invoicing.BillInterim;
import com.nexasystems.billing.invoicing.BillNow;
import com.nexasystems.billing.invoicing.BillPurchases;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.BillingRun;
import com.nexasystems.billing.invoicing.Completeness;
import com.nexasystems.billing.invoicing.Corrections;
import com.nexasystems.billing.invoicing.DraftUpdate;
import com.nexasystems.billing.invoicing.Drafting;
import com.nexasystems.billing.invoicing.DueBilling;
import com.nexasystems.billing.invoicing.ExplainUsage;
import com.nexasystems.billing.invoicing.Finalise;
import com.nexasystems.billing.invoicing.HoldLine;
import com.nexasystems.billing.invoicing.IssueCreditNote;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.invoicing.LineTaxes;
import com.nexasystems.billing.invoicing.Numbering;
import com.nexasystems.billing.invoicing.Preview;
import com.nexasystems.billing.invoicing.RecordRefund;
import com.nexasystems.billing.invoicing.RefreshDrafts;
import com.nexasystems.billing.invoicing.Regroup;
import com.nexasystems.billing.invoicing.Settlement;
import com.nexasystems.billing.invoicing.UsageTaxes;
import com.nexasystems.billing.invoicing.VoidCreditNote;
import com.nexasystems.billing.invoicing.VoidInvoice;
import com.nexasystems.billing.ledger.BulkPosting;
import com.nexasystems.billing.ledger.Ingest;
import com.nexasystems.billing.ledger.LedgerReports;
import com.nexasystems.billing.ledger.LockPeriod;
import com.nexasystems.billing.ledger.OwnInvoices;
import com.nexasystems.billing.ledger.PostEntries;
import com.nexasystems.billing.ledger.PostingGate;
import com.nexasystems.billing.ledger.ReverseEntry;
import com.nexasystems.billing.ledger.ReviewDrafts;
import com.nexasystems.billing.ledger.VerifyJournal;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.payment.Collect;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.MakeRefunds;
import com.nexasystems.billing.payment.PaymentGateway;
import com.nexasystems.billing.payment.RecordPayment;
import com.nexasystems.billing.payment.ResumeSubscription;
import com.nexasystems.billing.payment.RetryPayment;
import com.nexasystems.billing.payment.SetUpPayment;
import com.nexasystems.billing.payment.Settle;
import com.nexasystems.billing.payment.TakeNotice;
import com.nexasystems.billing.payment.TakeOutcome;
import com.nexasystems.billing.payment.TakeRefund;
import com.nexasystems.billing.production.AmendCertificate;
import com.nexasystems.billing.production.Backfill;
import com.nexasystems.billing.production.CompleteJob;
import com.nexasystems.billing.production.IssueCertificate;
import com.nexasystems.billing.production.KeepJob;
import com.nexasystems.billing.production.LookAtJobs;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.CurrentUsage;
import com.nexasystems.billing.rating.EstimateUsage;
import com.nexasystems.billing.rating.PastUsage;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.rating.Simulate;
import com.nexasystems.billing.rating.WatchThresholds;
import com.nexasystems.billing.reconciliation.AdoptRules;
import com.nexasystems.billing.reconciliation.BilledSoFar;
import com.nexasystems.billing.reconciliation.CertifyParity;
import com.nexasystems.billing.reconciliation.InferRules;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.ResolveDelta;
import com.nexasystems.billing.shadow.ImportShadow;
import com.nexasystems.billing.subscription.ChangePlan;
import com.nexasystems.billing.subscription.DeploySubscription;
import com.nexasystems.billing.subscription.PauseSubscription;
import com.nexasystems.billing.subscription.StartSubscription;
import com.nexasystems.billing.subscription.TerminateSubscription;
import com.nexasystems.billing.usage.RecordUsage;
import com.nexasystems.billing.wallet.ApplyTopUpRules;
import com.nexasystems.billing.wallet.CreateWallet;
import com.nexasystems.billing.wallet.ExpireWallets;
import com.nexasystems.billing.wallet.RestoreWallets;
import com.nexasystems.billing.wallet.TerminateWallet;
import com.nexasystems.billing.wallet.TopUpWallet;
import com.nexasystems.billing.webhook.DefineEndpoint;
import com.nexasystems.billing.webhook.Deliver;
import com.nexasystems.billing.webhook.DeliverySchedule;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The engine, wired: every use case over one set of ports. An application with a container of its own wires the use
 * cases itself; their constructors carry {@code @Inject}.
 */
public final class Billing {

    private final Ports ports;
    private final Clock clock;
    private final PublishPlanVersion plans;
    private final OverridePlan overrides;
    private final ResolveCustomer customers;
    private final IssueApiKey apiKeys;
    private final RecordAttempts attempts;
    private final StartSubscription start;
    private final TerminateSubscription terminate;
    private final ChangePlan changes;
    private final DeploySubscription deploy;
    private final PauseSubscription pause;
    private final ResumeSubscription resume;
    private final RecordUsage usage;
    private final RatePeriod rating;
    private final CurrentUsage currentUsage;
    private final PastUsage pastUsage;
    private final EstimateUsage estimateUsage;
    private final Simulate simulate;
    private final BillingRun run;
    private final BillInterim interim;
    private final BillNow billNow;
    private final Finalise finalise;
    private final Settle settle;
    private final RecordPayment recordPayment;
    private final RetryPayment retryPayment;
    private final BillPurchases billPurchases;
    private final UsageTaxes usageTaxes;
    private final VoidInvoice voidInvoice;
    private final IssueCreditNote issueCreditNote;
    private final VoidCreditNote voidCreditNote;
    private final RecordRefund recordRefund;
    private final IssueOneOff oneOff;
    private final Preview preview;
    private final RefreshDrafts refreshDrafts;
    private final AdjustDraft adjustDraft;
    private final HoldLine holdLine;
    private final ExplainUsage explainUsage;
    private final DefineCoupon coupons;
    private final ApplyCoupon applyCoupon;
    private final EndCoupon endCoupon;
    private final RestoreCoupons restoreCoupons;
    private final CreateWallet wallets;
    private final TerminateWallet terminateWallet;
    private final TopUpWallet topUpWallet;
    private final ExpireWallets expireWallets;
    private final ApplyTopUpRules topUpRules;
    private final RestoreWallets restoreWallets;
    private final ImportShadow importShadow;
    private final Reconcile reconcile;
    private final InferRules inferRules;
    private final AdoptRules adoptRules;
    private final ResolveDelta resolveDelta;
    private final CertifyParity certifyParity;
    private final CutOver cutOver;
    private final PruneShadow pruneShadow;
    private final Ingest ingest;
    private final PostEntries postEntries;
    private final ReverseEntry reverseEntry;
    private final LockPeriod lockPeriod;
    private final VerifyJournal verifyJournal;
    private final ReviewDrafts reviewDrafts;
    private final LedgerReports ledgerReports;
    private final KeepJob keepJob;
    private final CompleteJob completeJob;
    private final LookAtJobs lookAtJobs;
    private final AmendCertificate amendCertificate;
    private final IssueCertificate issueCertificate;
    private final Backfill backfill;
    private final AskForApproval askForApproval;
    private final DecideApproval decideApproval;

    private Billing(Builder chosen) {
        var p = chosen.ports;
        Clock clock = chosen.clock;
        BillingPolicy policy = chosen.policy;
        this.ports = p;
        this.clock = clock;
        this.plans = new PublishPlanVersion(p.plans(), p.metrics(), clock, p.unitOfWork());
        this.overrides = new OverridePlan(p.plans(), p.metrics(), p.unitOfWork());
        this.customers = new ResolveCustomer(p.customers(), p.ids(), p.unitOfWork());
        this.apiKeys = new IssueApiKey(p.apiKeys(), p.services(), p.entropy(), p.ids(), clock, p.unitOfWork());
        this.attempts = new RecordAttempts(p.authenticationLog(), p.auditTrail(), clock, p.unitOfWork());
        this.start = new StartSubscription(p.subscriptions(), p.plans(), p.eventLog(), p.ids(), clock, p.unitOfWork());
        this.terminate = new TerminateSubscription(p.subscriptions(), p.eventLog(), p.ids(), clock, p.unitOfWork());
        this.changes = new ChangePlan(p.subscriptions(), p.plans(), clock, p.unitOfWork());
        this.deploy = new DeploySubscription(p.subscriptions(), p.unitOfWork());
        this.pause = new PauseSubscription(p.subscriptions(), clock, p.unitOfWork());
        this.resume = new ResumeSubscription(p.subscriptions(), p.payments(), p.eventLog(), p.ids(), clock, p.unitOfWork());
        this.usage = new RecordUsage(p.usageRecords(), p.freshUsage(), p.subscriptions(), p.metrics(), p.auditTrail(),
                p.unitOfWork(), clock, chosen.clockSkew);
        this.rating = new RatePeriod(p.usageRecords(), p.metrics());
        this.currentUsage = new CurrentUsage(rating, p.plans());
        this.pastUsage = new PastUsage(currentUsage);
        this.estimateUsage = new EstimateUsage(usage, currentUsage, p.subscriptions(), p.unitOfWork());
        this.simulate = new Simulate(p.subscriptions(), p.customers(), p.plans(), p.metrics(), rating,
                policy.proration(), policy.rounding());
        var lineTaxes = new LineTaxes(p.serviceTaxes(), p.taxRates(), p.customers(), p.plans(), policy);
        this.usageTaxes = new UsageTaxes(lineTaxes, policy);
        var drafting = new Drafting(rating, p.usageRecords(), p.plans(), p.customers(), p.invoices(), lineTaxes, policy);
        var due = new DueBilling(drafting, p.usageRecords(), p.freshUsage(), p.subscriptions(), p.invoices(), p.eventLog(),
                p.ids(), clock);
        this.run = new BillingRun(due, p.subscriptions(), p.unitOfWork());
        var thresholds = new WatchThresholds(rating, p.plans(), p.thresholdMarks(), p.eventLog(), p.ids());
        this.interim = new BillInterim(drafting, thresholds, p.freshUsage(), p.subscriptions(), p.invoices(), p.eventLog(), p.ids(),
                clock, p.unitOfWork());
        var corrections = new Corrections(lineTaxes);
        var draftUpdate = new DraftUpdate(drafting, lineTaxes, p.usageRecords(), p.subscriptions(), p.invoices(),
                corrections);
        this.adjustDraft = new AdjustDraft(draftUpdate, corrections, p.invoices(), p.auditTrail(), clock, p.unitOfWork());
        var numbering = new Numbering(p.services(), p.invoiceNumbers());
        this.restoreCoupons = new RestoreCoupons(p.coupons(), p.unitOfWork());
        this.restoreWallets = new RestoreWallets(p.wallets(), p.ids(), clock, p.unitOfWork());
        var settlement = new Settlement(p.coupons(), restoreCoupons, p.creditNotes(), p.wallets(), restoreWallets,
                p.invoices(), lineTaxes, p.plans(), p.ids(), clock);
        this.issueCreditNote = new IssueCreditNote(p.creditNotes(), p.invoices(), p.customers(), numbering, p.auditTrail(),
                clock, p.unitOfWork());
        this.voidCreditNote = new VoidCreditNote(p.creditNotes(), p.invoices(), p.auditTrail(), clock, p.unitOfWork());
        this.recordRefund = new RecordRefund(p.creditNotes(), p.auditTrail(), clock, p.unitOfWork());
        var completeness = new Completeness(p.services(), p.customers(), p.lineHolds(), policy);
        this.holdLine = new HoldLine(draftUpdate, p.invoices(), p.services(), p.lineHolds(), p.auditTrail(), clock,
                p.unitOfWork());
        var regroup = new Regroup(p.invoices(), lineTaxes, policy);
        this.finalise = new Finalise(draftUpdate, completeness, regroup, settlement, issueCreditNote, numbering,
                p.invoices(), policy, p.billingTerms(), p.eventLog(), p.ids(), clock, p.unitOfWork());
        this.billNow = new BillNow(due, interim, finalise, p.subscriptions(), clock, p.unitOfWork());
        this.voidInvoice = new VoidInvoice(p.invoices(), p.creditNotes(), settlement, issueCreditNote, p.auditTrail(), clock,
                p.unitOfWork());
        this.oneOff = new IssueOneOff(p.invoices(), finalise, lineTaxes, policy, p.eventLog(), p.ids(), clock,
                p.unitOfWork());
        this.preview = new Preview(drafting, settlement, p.subscriptions(), p.unitOfWork());
        this.refreshDrafts = new RefreshDrafts(draftUpdate, p.invoices(), p.unitOfWork());
        this.explainUsage = new ExplainUsage(p.usageRecords(), p.subscriptions(), p.plans(), p.invoices());
        this.coupons = new DefineCoupon(p.coupons(), p.plans(), p.metrics(), p.unitOfWork());
        this.applyCoupon = new ApplyCoupon(p.coupons(), p.ids(), clock, p.unitOfWork());
        this.endCoupon = new EndCoupon(p.coupons(), clock, p.unitOfWork());
        this.wallets = new CreateWallet(p.wallets(), p.metrics(), p.ids(), clock, p.unitOfWork());
        this.terminateWallet = new TerminateWallet(p.wallets(), p.ids(), clock, p.unitOfWork());
        this.topUpWallet = new TopUpWallet(p.wallets(), p.ids(), clock, p.unitOfWork());
        var applyPayment = new ApplyPayment(p.invoices(), p.creditNotes(), p.subscriptions(), p.wallets(), topUpWallet,
                p.eventLog(), p.ids(), clock);
        this.settle = new Settle(p.invoices(), p.subscriptions(), p.payments(), applyPayment, p.eventLog(), p.ids(), clock);
        this.recordPayment = new RecordPayment(p.payments(), settle, p.auditTrail(), p.ids(), clock, p.unitOfWork());
        this.retryPayment = new RetryPayment(p.payments(), settle, p.auditTrail(), clock, p.unitOfWork());
        this.billPurchases = new BillPurchases(p.wallets(), p.services(), p.customers(), p.invoices(), oneOff);
        this.expireWallets = new ExpireWallets(p.wallets(), p.ids(), p.unitOfWork());
        this.topUpRules = new ApplyTopUpRules(p.wallets(), p.ids(), p.unitOfWork());
        this.importShadow = new ImportShadow(p.plans(), p.metrics(), p.customers(), p.subscriptions(), usage,
                p.shadowRecords(), p.ids(), clock, p.unitOfWork());
        this.reconcile = new Reconcile(p.subscriptions(), p.customers(), p.shadowRecords(), rating, p.usageRecords(),
                p.plans(), p.taxRates(), p.reconciliations(), p.eventLog(), p.ids(), clock, p.unitOfWork());
        this.inferRules = new InferRules(p.subscriptions(), p.customers(), p.shadowRecords(), rating, p.usageRecords(),
                p.plans(), p.taxRates());
        this.adoptRules = new AdoptRules(p.reconciliations(), p.auditTrail(), clock, p.unitOfWork());
        this.resolveDelta = new ResolveDelta(p.reconciliations(), p.auditTrail(), clock, p.unitOfWork());
        this.certifyParity = new CertifyParity(reconcile, p.reconciliations(), p.auditTrail(), p.ids(), clock,
                p.unitOfWork());
        var billedSoFar = new BilledSoFar(p.subscriptions(), p.customers(), p.shadowRecords(), rating, p.plans(),
                p.taxRates());
        this.cutOver = new CutOver(p.shadowRecords(), p.subscriptions(), p.plans(), p.invoices(), p.customers(), p.services(),
                p.directory(), reconcile, p.reconciliations(), billedSoFar, p.cutOvers(), p.auditTrail(), p.ids(), clock,
                p.unitOfWork(), chosen.cutOverGate);
        this.pruneShadow = new PruneShadow(p.shadowRecords(), p.reconciliations(), p.cutOvers(), p.auditTrail(), clock,
                p.unitOfWork());
        this.ingest = new Ingest(p.journal(), p.taxRates(), p.serviceTaxes(), p.services(), clock, p.unitOfWork());
        this.postEntries = new PostEntries(p.journal(), p.auditTrail(), clock, p.unitOfWork(), chosen.bulkPostingGate);
        this.reverseEntry = new ReverseEntry(p.journal(), p.auditTrail(), clock, p.unitOfWork());
        this.lockPeriod = new LockPeriod(p.journal(), p.auditTrail(), clock, p.unitOfWork());
        this.verifyJournal = new VerifyJournal(p.journal());
        this.reviewDrafts = new ReviewDrafts(p.journal(), postEntries);
        this.ledgerReports = new LedgerReports(p.journal());
        this.keepJob = new KeepJob(p.jobs(), p.auditTrail(), p.ids(), clock, p.unitOfWork());
        this.completeJob = new CompleteJob(p.jobs(), p.certificates(), p.auditTrail(), p.ids(), clock, p.unitOfWork());
        this.lookAtJobs = new LookAtJobs(p.jobs(), p.certificates(), p.unitOfWork());
        this.amendCertificate = new AmendCertificate(p.jobs(), p.certificates(), p.auditTrail(), clock, p.unitOfWork());
        this.issueCertificate = new IssueCertificate(p.jobs(), p.certificates(), p.auditTrail(), clock, p.unitOfWork());
        this.backfill = new Backfill(p.jobs(), p.certificates(), p.auditTrail(), p.ids(), clock, p.unitOfWork());
        this.askForApproval = new AskForApproval(p.approvals(), p.entropy(), p.auditTrail(), p.ids(), clock, p.unitOfWork());
        this.decideApproval = new DecideApproval(p.approvals(), p.auditTrail(), clock, p.unitOfWork());
    }

    /** A complete engine in memory: for a first look, for tests, for simulations. */
    public static Billing inMemory(Clock clock) {
        return over(Ports.inMemory()).clock(clock).build();
    }

    public static Builder over(Ports ports) {
        return new Builder(ports);
    }

    /** What an application may choose. */
    public static final class Builder {

        private final Ports ports;
        private Clock clock = Clock.systemUTC();
        private BillingPolicy policy = BillingPolicy.DEFAULT;
        private Duration clockSkew = RecordUsage.DEFAULT_CLOCK_SKEW;
        private Gate<Readiness> cutOverGate = CutOverGate.GATE;
        private Gate<BulkPosting> bulkPostingGate = PostingGate.BULK;

        private Builder(Ports ports) {
            this.ports = ports;
        }

        public Builder clock(Clock chosen) {
            this.clock = chosen;
            return this;
        }

        public Builder policy(BillingPolicy chosen) {
            this.policy = chosen;
            return this;
        }

        /** How far in the future a usage record may start; one hour unless it is chosen. */
        public Builder clockSkew(Duration chosen) {
            this.clockSkew = chosen;
            return this;
        }

        /** One more condition of the cut-over, such as somebody's approval; after the others. */
        public Builder cutOverNeeds(Check<? super Readiness> more) {
            this.cutOverGate = cutOverGate.and(more);
            return this;
        }

        /** One more condition of posting all drafts of the ledger at once, such as somebody's approval; after the others. */
        public Builder bulkPostingNeeds(Check<? super BulkPosting> more) {
            this.bulkPostingGate = bulkPostingGate.and(more);
            return this;
        }

        public Billing build() {
            return new Billing(this);
        }
    }

    /** @throws InvalidValue if the code is taken */
    public Service register(String code, String name) {
        var service = Service.of(new ServiceId(ports.ids().next()), code, name);
        if (!ports.unitOfWork().call(() -> ports.services().add(service))) {
            throw new InvalidValue("code", "is taken: " + code);
        }
        return service;
    }

    /** @throws InvalidValue if the code is taken */
    public Metric define(Metric metric) {
        if (!ports.unitOfWork().call(() -> ports.metrics().add(metric))) {
            throw new InvalidValue("code", "is taken: " + metric.code());
        }
        return metric;
    }

    public Ports ports() {
        return ports;
    }

    /** The time by which it bills. */
    public Clock clock() {
        return clock;
    }

    public PublishPlanVersion plans() {
        return plans;
    }

    public OverridePlan overrides() {
        return overrides;
    }

    public ResolveCustomer customers() {
        return customers;
    }

    public IssueApiKey apiKeys() {
        return apiKeys;
    }

    public RecordAttempts attempts() {
        return attempts;
    }

    public StartSubscription subscriptions() {
        return start;
    }

    public TerminateSubscription terminations() {
        return terminate;
    }

    public ChangePlan changes() {
        return changes;
    }

    public DeploySubscription deployments() {
        return deploy;
    }

    public PauseSubscription pauses() {
        return pause;
    }

    public ResumeSubscription resumptions() {
        return resume;
    }

    public RecordUsage usage() {
        return usage;
    }

    public RatePeriod rating() {
        return rating;
    }

    public CurrentUsage currentUsage() {
        return currentUsage;
    }

    public PastUsage pastUsage() {
        return pastUsage;
    }

    public EstimateUsage estimateUsage() {
        return estimateUsage;
    }

    public Simulate simulate() {
        return simulate;
    }

    public BillingRun billingRun() {
        return run;
    }

    public BillInterim interim() {
        return interim;
    }

    public BillNow billNow() {
        return billNow;
    }

    public Finalise finalise() {
        return finalise;
    }

    public RecordPayment recordPayment() {
        return recordPayment;
    }

    public RetryPayment retryPayment() {
        return retryPayment;
    }

    /** What asks a payment provider. */
    public record Provided(Collect collect, MakeRefunds refunds, SetUpPayment setUp, TakeNotice notices) { }

    /** Collects through a provider. */
    public Provided with(PaymentGateway gateway, DunningPlan plan) {
        Ports p = ports;
        var outcomes = new TakeOutcome(p.payments(), settle, plan, p.ids(), clock, p.unitOfWork());
        var refunded = new TakeRefund(p.payments(), p.creditNotes(), recordRefund, settle, p.ids(), clock, p.unitOfWork());
        return new Provided(new Collect(p.payments(), p.customers(), gateway, plan, settle, outcomes, p.ids(), clock,
                p.unitOfWork()),
                new MakeRefunds(p.payments(), p.creditNotes(), gateway, settle, refunded, p.ids(), clock, p.unitOfWork()),
                new SetUpPayment(p.customers(), gateway, p.unitOfWork()),
                new TakeNotice(gateway, p.payments(), outcomes, refunded, settle, p.auditTrail(), clock, p.unitOfWork()));
    }

    /** Registers where services are told, if anything is ever sent there. */
    public DefineEndpoint endpoints(WebhookTransport transport) {
        return new DefineEndpoint(ports.endpoints(), transport, ports.entropy(), ports.auditTrail(), ports.ids(), clock,
                ports.unitOfWork());
    }

    /** Tells services what has happened. */
    public Deliver deliver(WebhookTransport transport, DeliverySchedule schedule) {
        return new Deliver(ports.deliveries(), ports.endpoints(), transport, schedule, ports.entropy(), ports.ids(), clock,
                ports.unitOfWork());
    }

    public UsageTaxes usageTaxes() {
        return usageTaxes;
    }

    public BillPurchases billPurchases() {
        return billPurchases;
    }

    public VoidInvoice voidInvoice() {
        return voidInvoice;
    }

    public IssueCreditNote creditNotes() {
        return issueCreditNote;
    }

    public VoidCreditNote voidCreditNote() {
        return voidCreditNote;
    }

    public RecordRefund refunds() {
        return recordRefund;
    }

    public IssueOneOff oneOff() {
        return oneOff;
    }

    public Preview preview() {
        return preview;
    }

    public AdjustDraft adjustDraft() {
        return adjustDraft;
    }

    public RefreshDrafts drafts() {
        return refreshDrafts;
    }

    public ExplainUsage explainUsage() {
        return explainUsage;
    }

    public DefineCoupon coupons() {
        return coupons;
    }

    public ApplyCoupon applyCoupon() {
        return applyCoupon;
    }

    public EndCoupon endCoupon() {
        return endCoupon;
    }

    public RestoreCoupons restoreCoupons() {
        return restoreCoupons;
    }

    public CreateWallet wallets() {
        return wallets;
    }

    public TerminateWallet terminateWallet() {
        return terminateWallet;
    }

    public TopUpWallet topUpWallet() {
        return topUpWallet;
    }

    public ExpireWallets expireWallets() {
        return expireWallets;
    }

    public ApplyTopUpRules topUpRules() {
        return topUpRules;
    }

    public RestoreWallets restoreWallets() {
        return restoreWallets;
    }

    public ImportShadow importShadow() {
        return importShadow;
    }

    public Reconcile reconcile() {
        return reconcile;
    }

    public InferRules inferRules() {
        return inferRules;
    }

    public AdoptRules adoptRules() {
        return adoptRules;
    }

    public ResolveDelta resolveDelta() {
        return resolveDelta;
    }

    public CertifyParity certifyParity() {
        return certifyParity;
    }

    public CutOver cutOver() {
        return cutOver;
    }

    public PruneShadow pruneShadow() {
        return pruneShadow;
    }

    /**
     * Its own invoices, as a source of the ledger.
     *
     * @param zone     of the books
     * @param provider whose clearing account it is on what its payment provider collects, such as {@code stripe}
     */
    public OwnInvoices ownInvoices(ZoneId zone, String provider) {
        return new OwnInvoices(ports.invoices(), ports.creditNotes(), ports.payments(), ports.wallets(), ports.customers(),
                ports.billingTerms(), ports.auditTrail(), clock, ports.unitOfWork(), zone, provider);
    }

    public Ingest ledgerIngest() {
        return ingest;
    }

    public PostEntries posting() {
        return postEntries;
    }

    public ReverseEntry reversals() {
        return reverseEntry;
    }

    public LockPeriod periodLocks() {
        return lockPeriod;
    }

    public VerifyJournal journalVerification() {
        return verifyJournal;
    }

    public ReviewDrafts ledgerReview() {
        return reviewDrafts;
    }

    public LedgerReports ledgerReports() {
        return ledgerReports;
    }

    public KeepJob jobs() {
        return keepJob;
    }

    public CompleteJob completions() {
        return completeJob;
    }

    public LookAtJobs jobViews() {
        return lookAtJobs;
    }

    public AmendCertificate certificateDrafts() {
        return amendCertificate;
    }

    public IssueCertificate certificates() {
        return issueCertificate;
    }

    public Backfill certificateBackfill() {
        return backfill;
    }

    public AskForApproval approvalRequests() {
        return askForApproval;
    }

    public DecideApproval approvalDecisions() {
        return decideApproval;
    }

    public HoldLine lineHolds() {
        return holdLine;
    }
}
