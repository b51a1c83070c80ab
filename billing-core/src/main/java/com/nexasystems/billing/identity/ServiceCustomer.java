package com.nexasystems.billing.identity;

/** A customer at one service: what they owe, save or prepay there has nothing to do with any other service. */
public record ServiceCustomer(ServiceId service, CustomerId customer) { }
