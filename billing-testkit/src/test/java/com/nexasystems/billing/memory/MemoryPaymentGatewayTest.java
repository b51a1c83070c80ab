package com.nexasystems.billing.memory;

import com.nexasystems.billing.testkit.MemoryGatewayContract;

/** The provider in memory keeps the contract. */
class MemoryPaymentGatewayTest extends MemoryGatewayContract {
}
