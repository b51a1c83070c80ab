package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.simulator.lago.LagoFault;
import com.nexasystems.billing.simulator.lago.NewInvoice;
import com.nexasystems.billing.testkit.InvoiceSourceContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Lago's invoices pass the contract, over HTTP. */
class LagoInvoicesContractTest extends InvoiceSourceContract {

    private final LagoFixture fixture = LagoFixture.opened();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected InvoiceSource source() {
        return fixture.source;
    }

    @Override
    protected String issue(Instant at, List<Money> lines) {
        NewInvoice invoice = invoice(at);
        lines.forEach(amount -> invoice.fee("charge", "hosting", "Hosting", amount.minorUnits().longValueExact()));
        return "lago:" + fixture.lago.issue(invoice);
    }

    @Override
    protected String draft(Instant at) {
        return "lago:" + fixture.lago.issue(invoice(at).fee("charge", "hosting", "Hosting", 100).status("draft"));
    }

    private static NewInvoice invoice(Instant at) {
        return NewInvoice.of("acme", "CAD", at.atZone(LagoFixture.TORONTO).toLocalDate());
    }

    /** Lago knows days. */
    @Override
    protected Instant stated(Instant issued) {
        return issued.atZone(LagoFixture.TORONTO).toLocalDate().atStartOfDay(LagoFixture.TORONTO).toInstant();
    }

    @Override
    protected String unknown() {
        return LagoFixture.UNKNOWN;
    }

    @Override
    protected void makeUnreachable() {
        fixture.lago.faults().always("", LagoFault.LOST);
    }
}
