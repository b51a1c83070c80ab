package com.nexasystems.billing.memory;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.testkit.BillingStory;

/** The year, told in memory. */
class MemoryBillingStoryTest extends BillingStory {

    @Override
    protected Ports emptyPorts() {
        return Ports.inMemory();
    }
}
