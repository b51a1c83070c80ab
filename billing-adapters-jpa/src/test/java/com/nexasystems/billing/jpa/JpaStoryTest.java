package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.testkit.BillingStory;
import org.junit.jupiter.api.AfterAll;

/** The story of a year, told by one PostgreSQL schema from beginning to end. */
class JpaStoryTest extends BillingStory {

    private JpaPorts ports;

    @Override
    protected Ports emptyPorts() {
        ports = JpaPorts.open(TestDatabase.freshSchema());
        return ports.ports();
    }

    @AfterAll
    void close() {
        ports.close();
    }
}
