package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import java.util.List;
import java.util.stream.Stream;

/** Every operation of the API, in one list. */
final class ApiRoutes {

    private ApiRoutes() {
    }

    static List<Route> of(Billing billing, EventRoutes events, BackgroundWork background, LedgerWork ledgerWork,
                          ImportSources sources, Connections connections) {
        return Stream.<List<Route>>of(
                new MetricRoutes(billing).routes(),
                new PlanRoutes(billing).routes(),
                new CustomerRoutes(billing).routes(),
                new TaxRoutes(billing).routes(),
                new CouponRoutes(billing).routes(),
                new AppliedCouponRoutes(billing).routes(),
                new WalletRoutes(billing).routes(),
                new UsageOfCustomerRoutes(billing).routes(),
                new SubscriptionRoutes(billing).routes(),
                events.routes(),
                new UsageRoutes(billing).routes(),
                new ServiceRoutes(billing).routes(),
                new AddOnRoutes(billing).routes(),
                new NewInvoiceRoutes(billing).routes(),
                new InvoiceRoutes(billing).routes(),
                new LineHoldRoutes(billing).routes(),
                new FeeRoutes(billing).routes(),
                new PaymentRoutes(billing, connections.provider()).routes(),
                new ProviderNoticeRoutes(billing, connections.provider()).routes(),
                new CreditNoteRoutes(billing).routes(),
                new DocumentRoutes(billing).routes(),
                new PortalRoutes(billing).routes(),
                new SimulationRoutes(billing).routes(),
                new ShadowImportRoutes(billing, background, sources).routes(),
                new ReconciliationRoutes(billing, background).routes(),
                new BillerRulesRoutes(billing, background).routes(),
                new ParityCertificateRoutes(billing, background).routes(),
                new CutOverRoutes(billing, background).routes(),
                new LedgerIngestionRoutes(billing, ledgerWork, connections.ledger(), sources).routes(),
                new LedgerInvoiceRoutes(billing, connections.ledger()).routes(),
                new LedgerPostingRoutes(billing, ledgerWork, connections.ledger()).routes(),
                new LedgerLockRoutes(billing).routes(),
                new LedgerReportRoutes(billing, connections.ledger()).routes(),
                new WebhookEndpointRoutes(billing, connections.webhooks()).routes(),
                new WebhookDeliveryRoutes(billing).routes(),
                new JobRoutes(billing).routes(),
                new CertificateRoutes(billing).routes(),
                new ApprovalRoutes(billing).routes(),
                new TrailRoutes(billing).routes()
        ).flatMap(List::stream).toList();
    }
}
