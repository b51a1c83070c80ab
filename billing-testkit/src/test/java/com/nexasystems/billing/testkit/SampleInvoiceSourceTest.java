package com.nexasystems.billing.testkit;

/** What the wrong ones are made of is right. */
class SampleInvoiceSourceTest extends SampleInvoiceSourceContract {
}
