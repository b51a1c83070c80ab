package com.nexasystems.billing.testkit;

import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** The contract over the sample, or over what stands before it. */
abstract class SampleInvoiceSourceContract extends InvoiceSourceContract {

    final SampleInvoiceSource right = new SampleInvoiceSource();

    @Override
    protected InvoiceSource source() {
        return right;
    }

    @Override
    protected String issue(Instant at, List<Money> lines) {
        return right.put(at, false, lines);
    }

    @Override
    protected String draft(Instant at) {
        return right.put(at, true, List.of(Money.of(Currency.getInstance("CAD"), "1.00")));
    }

    @Override
    protected String unknown() {
        return "sample:none";
    }

    @Override
    protected void makeUnreachable() {
        right.makeUnreachable();
    }
}
