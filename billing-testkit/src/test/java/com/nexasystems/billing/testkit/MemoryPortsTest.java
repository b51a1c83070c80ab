package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.gate.Check;
import java.math.BigDecimal;
import org.junit.jupiter.api.Nested;

/** The memory adapters keep every contract. */
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
    class InMemoryInvoiceNumbers extends InvoiceNumbersContract {
        @Override
        protected Ports emptyPorts() {
            return Ports.inMemory();
        }
    }

    @Nested
    class ACheckOfNumbers extends NumberCheckContract {
        @Override
        protected Check<BigDecimal> check() {
            return new PositiveNumber();
        }
    }
}
