package com.nexasystems.billing.memory;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.testkit.ApiKeysContract;
import com.nexasystems.billing.testkit.ApprovalsContract;
import com.nexasystems.billing.testkit.AuditTrailContract;
import com.nexasystems.billing.testkit.AuthenticationLogContract;
import com.nexasystems.billing.testkit.BacklogContract;
import com.nexasystems.billing.testkit.BillingTermsContract;
import com.nexasystems.billing.testkit.CertificatesContract;
import com.nexasystems.billing.testkit.CouponsContract;
import com.nexasystems.billing.testkit.CreditNotesContract;
import com.nexasystems.billing.testkit.CustomersContract;
import com.nexasystems.billing.testkit.CutOversContract;
import com.nexasystems.billing.testkit.DeliveriesContract;
import com.nexasystems.billing.testkit.DirectoryContract;
import com.nexasystems.billing.testkit.EndpointsContract;
import com.nexasystems.billing.testkit.EntropyContract;
import com.nexasystems.billing.testkit.EventLogContract;
import com.nexasystems.billing.testkit.FreshUsageContract;
import com.nexasystems.billing.testkit.IdsContract;
import com.nexasystems.billing.testkit.InvoiceNumbersContract;
import com.nexasystems.billing.testkit.InvoicesContract;
import com.nexasystems.billing.testkit.JobsContract;
import com.nexasystems.billing.testkit.JournalContract;
import com.nexasystems.billing.testkit.KnownAnswersContract;
import com.nexasystems.billing.testkit.LineHoldsContract;
import com.nexasystems.billing.testkit.MemoryTransportContract;
import com.nexasystems.billing.testkit.MetricsContract;
import com.nexasystems.billing.testkit.PaymentsContract;
import com.nexasystems.billing.testkit.PlansContract;
import com.nexasystems.billing.testkit.ReconciliationsContract;
import com.nexasystems.billing.testkit.ServiceTaxesContract;
import com.nexasystems.billing.testkit.ServicesContract;
import com.nexasystems.billing.testkit.ShadowPruningContract;
import com.nexasystems.billing.testkit.ShadowRecordsContract;
import com.nexasystems.billing.testkit.SourceApplicationContract;
import com.nexasystems.billing.testkit.SourceRows;
import com.nexasystems.billing.testkit.SubscriptionsContract;
import com.nexasystems.billing.testkit.TaxRatesContract;
import com.nexasystems.billing.testkit.ThresholdMarksContract;
import com.nexasystems.billing.testkit.UnitOfWorkContract;
import com.nexasystems.billing.testkit.UsageRecordsContract;
import com.nexasystems.billing.testkit.WalletsContract;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The memory adapters keep every contract. In another package than the contracts, as every user's tests are. */
class MemoryPortsTest {

    @Nested
    class InMemoryUnitOfWork extends UnitOfWorkContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryCustomers extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemorySubscriptions extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryThresholdMarks extends ThresholdMarksContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryFreshUsage extends FreshUsageContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryUsageRecords extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryInvoices extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryIds extends IdsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryEntropy extends EntropyContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryAuditTrail extends AuditTrailContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryDirectory extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryBacklog extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryBillingTerms extends BillingTermsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryServiceTaxes extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryApiKeys extends ApiKeysContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryAuthenticationLog extends AuthenticationLogContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryKnownAnswers extends KnownAnswersContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryMetrics extends MetricsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryPlans extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryServices extends ServicesContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryTaxRates extends TaxRatesContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryEventLog extends EventLogContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryCreditNotes extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryInvoiceNumbers extends InvoiceNumbersContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryCoupons extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryWallets extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemorySourceApplication extends SourceApplicationContract {

        private final MemorySourceApplication application = new MemorySourceApplication();

        @Override
        protected SourceApplication holding(SourceRows rows) {
            application.plans().addAll(rows.plans());
            application.users().addAll(rows.users());
            application.subscriptions().addAll(rows.subscriptions());
            application.usage().addAll(rows.usage());
            application.invoices().addAll(rows.invoices());
            return application;
        }

        @Override
        protected Object stateOfSource() {
            return List.of(List.copyOf(application.plans()), List.copyOf(application.users()),
                    List.copyOf(application.subscriptions()), List.copyOf(application.usage()),
                    List.copyOf(application.invoices()));
        }
    }

    @Nested
    class InMemoryShadowRecords extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryShadowPruning extends ShadowPruningContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryReconciliations extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryCutOvers extends CutOversContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryPayments extends PaymentsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryEndpoints extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryDeliveries extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryJournal extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryWebhookTransport extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return memory;
        }
    }

    @Nested
    class InMemoryJobs extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryCertificates extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryApprovals extends ApprovalsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class InMemoryLineHolds extends LineHoldsContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }
}
