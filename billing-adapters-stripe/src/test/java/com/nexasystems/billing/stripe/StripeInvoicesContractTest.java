package com.nexasystems.billing.stripe;

import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.nexasystems.billing.testkit.InvoiceSourceContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Stripe's invoices pass the contract, over HTTP. */
class StripeInvoicesContractTest extends InvoiceSourceContract {

    private final InvoiceWorld world = new InvoiceWorld();
    private int made;

    @AfterEach
    void close() {
        world.close();
    }

    @Override
    protected InvoiceSource source() {
        return world.source;
    }

    @Override
    protected String issue(Instant at, List<Money> lines) {
        StripeInvoice invoice = StripeInvoice.of("in_" + ++made, "cad", at);
        lines.forEach(amount -> invoice.line(Line.of("Hosting", StripeAmounts.toStripe(amount))));
        world.stripe.put(invoice);
        return invoice.id();
    }

    @Override
    protected String draft(Instant at) {
        StripeInvoice draft = StripeInvoice.of("in_" + ++made, "cad", at).line(Line.of("Hosting", 100)).draft();
        world.stripe.put(draft);
        return draft.id();
    }

    @Override
    protected String unknown() {
        return "in_none";
    }

    @Override
    protected void makeUnreachable() {
        world.stripe.faults().on("/v1", StripeFault.UNAVAILABLE);
    }
}
