package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
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
}
