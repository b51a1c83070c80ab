package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Ports;
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
import com.nexasystems.billing.testkit.MetricsContract;
import com.nexasystems.billing.testkit.PaymentsContract;
import com.nexasystems.billing.testkit.PlansContract;
import com.nexasystems.billing.testkit.ReconciliationsContract;
import com.nexasystems.billing.testkit.ServiceTaxesContract;
import com.nexasystems.billing.testkit.ServicesContract;
import com.nexasystems.billing.testkit.ShadowPruningContract;
import com.nexasystems.billing.testkit.ShadowRecordsContract;
import com.nexasystems.billing.testkit.SubscriptionsContract;
import com.nexasystems.billing.testkit.TaxRatesContract;
import com.nexasystems.billing.testkit.ThresholdMarksContract;
import com.nexasystems.billing.testkit.UnitOfWorkContract;
import com.nexasystems.billing.testkit.UsageRecordsContract;
import com.nexasystems.billing.testkit.WalletsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The PostgreSQL adapters keep every contract. */
@ExtendWith(TestDatabase.class)
class JpaContractsTest {

    @Nested
    class InPostgresUnitOfWork extends UnitOfWorkContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresIds extends IdsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresEntropy extends EntropyContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresAuditTrail extends AuditTrailContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresDirectory extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresBacklog extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresBillingTerms extends BillingTermsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresServiceTaxes extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresApiKeys extends ApiKeysContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresAuthenticationLog extends AuthenticationLogContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresKnownAnswers extends KnownAnswersContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresMetrics extends MetricsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresPlans extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresServices extends ServicesContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresCustomers extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresTaxRates extends TaxRatesContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresEventLog extends EventLogContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresSubscriptions extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresFreshUsage extends FreshUsageContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresUsageRecords extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresInvoices extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresCreditNotes extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresInvoiceNumbers extends InvoiceNumbersContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresCoupons extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresWallets extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresShadowRecords extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresShadowPruning extends ShadowPruningContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresReconciliations extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresCutOvers extends CutOversContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresJournal extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresEndpoints extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresDeliveries extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresThresholdMarks extends ThresholdMarksContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresPayments extends PaymentsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresJobs extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresCertificates extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresApprovals extends ApprovalsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }

    @Nested
    class InPostgresLineHolds extends LineHoldsContract {
        @Override
        protected Ports emptyPorts() {
            return TestDatabase.emptyPorts();
        }
    }
}
