package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;

/** The year, told in memory. */
class MemoryBillingStoryTest extends BillingStory {

    @Override
    protected Ports emptyPorts() {
        return Ports.inMemory();
    }
}
