package com.nexasystems.billing.memory;

import com.nexasystems.billing.testkit.MemoryNoticesContract;

/** The notices in memory keep the contract. */
class MemoryNoticesTest extends MemoryNoticesContract {
}
